"""Who may do what in this room. Signing in and signing up stand open; see foreign_views.py for the borrowed pages."""

from dataclasses import replace
from typing import Any

from concerted.directory.access import where_agency, where_person
from concerted.directory.nearer import nobody_nearer
from concerted.kit import access
from concerted.kit.access import Where


def _where_door(thing: Any) -> Where:
    """A code or an invitation, or the agency itself: where the agency stands."""
    return where_agency(getattr(thing, "agency", thing))


def _where_request(request: Any) -> Where:
    place = where_agency(request.agency)
    return replace(place, person_id=request.person_id, unled=nobody_nearer(place.territories, request.person_id))


OWN_ACCOUNT = access.row("own account", where=where_person, practitioner="RU o")
JOIN_REQUEST = access.row(
    "request to join an agency",
    where=_where_request,
    practitioner="RC o",
    manager="RU a",
    local_coordinator="RU r",
    national_coordinator="RU n",
)
JOIN_DOOR = access.row(
    "code and invitation of an agency",
    where=_where_door,
    manager="RCD a",
    local_coordinator="RCD r",
    national_coordinator="RCD",
)
#: Whoever may see or enter counts may have a program do it for her; whoever may not has nothing that a key could open.
PROGRAM_KEY = access.row(
    "own key for a program",
    where=lambda key: Where(person_id=key.person_id),
    manager="CD o",
    local_coordinator="CD o",
    national_coordinator="CD o",
    auditor="CD o",
)
