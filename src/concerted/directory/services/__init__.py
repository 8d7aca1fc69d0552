from concerted.directory.services.agencies import add_agency, close_agency, reopen_agency, set_establishment
from concerted.directory.services.alone import announce_alone
from concerted.directory.services.audiences import AudienceRefused, ReachesNobody, audience_of, save_audience, scopes_of
from concerted.directory.services.entered import EntryAnswered, answer_entry, ask_about_entries
from concerted.directory.services.groups import (
    GroupRefused,
    add_member,
    close_group,
    end_membership,
    make_group,
    rename_group,
    reopen_group,
)
from concerted.directory.services.joining import JoiningRefused, join_entries, refusal_of
from concerted.directory.services.people import (
    PersonRefused,
    add_person,
    change_person,
    keep_reading_language,
    save_profile,
)
from concerted.directory.services.places import (
    PlaceRefused,
    confirm_place,
    enter_agency,
    enter_territory,
    withdraw_place,
)
from concerted.directory.services.positions import PositionRefused, end_position, hold_position
from concerted.directory.services.roles import RoleRefused, confirm_role, end_role, grant_role, roles_to_give
from concerted.directory.services.territories import (
    TerritoryRefused,
    add_territory,
    move_territory,
    set_population,
    set_populations,
)

__all__ = [
    "AudienceRefused",
    "EntryAnswered",
    "GroupRefused",
    "JoiningRefused",
    "PersonRefused",
    "PlaceRefused",
    "PositionRefused",
    "ReachesNobody",
    "RoleRefused",
    "TerritoryRefused",
    "add_agency",
    "add_member",
    "add_person",
    "add_territory",
    "announce_alone",
    "answer_entry",
    "ask_about_entries",
    "audience_of",
    "change_person",
    "close_agency",
    "close_group",
    "confirm_place",
    "confirm_role",
    "end_membership",
    "end_position",
    "end_role",
    "enter_agency",
    "enter_territory",
    "grant_role",
    "hold_position",
    "join_entries",
    "keep_reading_language",
    "make_group",
    "move_territory",
    "refusal_of",
    "rename_group",
    "reopen_agency",
    "reopen_group",
    "roles_to_give",
    "save_audience",
    "save_profile",
    "scopes_of",
    "set_establishment",
    "set_population",
    "set_populations",
    "withdraw_place",
]
