from concerted.capacity.queries.board import AgencyBoard, OverdueLine, agency_board
from concerted.capacity.queries.facts import facts_in, facts_of
from concerted.capacity.queries.groups import GroupStanding, group_standing
from concerted.capacity.queries.picture import Cell, Picture, PictureRow, cell_detail, count_of, picture
from concerted.capacity.queries.records import evidence_of, exemptions_from, exemptions_shown, taking_back_asked
from concerted.capacity.queries.standing import StandingShown, reason, standing_by_agency, standings_of
from concerted.capacity.queries.training_needs import TrainingNeed, training_needs
from concerted.capacity.queries.wording import mandates_in_force, open_recounts

__all__ = [
    "AgencyBoard",
    "Cell",
    "GroupStanding",
    "OverdueLine",
    "Picture",
    "PictureRow",
    "StandingShown",
    "TrainingNeed",
    "agency_board",
    "cell_detail",
    "count_of",
    "evidence_of",
    "exemptions_from",
    "exemptions_shown",
    "facts_in",
    "facts_of",
    "group_standing",
    "mandates_in_force",
    "open_recounts",
    "picture",
    "reason",
    "standing_by_agency",
    "standings_of",
    "taking_back_asked",
    "training_needs",
]
