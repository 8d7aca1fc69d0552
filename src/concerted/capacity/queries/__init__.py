from concerted.capacity.queries.board import AgencyBoard, OverdueLine, agency_board
from concerted.capacity.queries.picture import Cell, Picture, PictureRow, cell_detail, picture
from concerted.capacity.queries.standing import StandingShown, reason, standing_by_agency, standings_of
from concerted.capacity.queries.wording import mandates_in_force, open_recounts

__all__ = [
    "AgencyBoard",
    "Cell",
    "OverdueLine",
    "Picture",
    "PictureRow",
    "StandingShown",
    "agency_board",
    "cell_detail",
    "mandates_in_force",
    "open_recounts",
    "picture",
    "reason",
    "standing_by_agency",
    "standings_of",
]
