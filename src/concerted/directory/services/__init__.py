from concerted.directory.services.audiences import save_audience
from concerted.directory.services.people import add_person, end_position, hold_position
from concerted.directory.services.places import add_agency, add_territory, close_agency, move_territory
from concerted.directory.services.roles import confirm_role, end_role, grant_role

__all__ = [
    "add_agency",
    "add_person",
    "add_territory",
    "close_agency",
    "confirm_role",
    "end_position",
    "end_role",
    "grant_role",
    "hold_position",
    "move_territory",
    "save_audience",
]
