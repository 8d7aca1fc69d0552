from dataclasses import replace
from typing import Any

from concerted.directory.access import where_agency, where_territory
from concerted.directory.models import Agency
from concerted.directory.nearer import nobody_nearer
from concerted.kit.access import Where, row

#: What was rated of a territory, what the system knows of it, and what that means for a duty.
READINESS = row(
    "readiness of a territory",
    where=where_territory,
    local_coordinator="R r",
    national_coordinator="R",
    auditor="R",
)
SELF_RATING = row("self-rating of a territory", where=where_territory, local_coordinator="C r")
MODERATION = row("moderated rating of a territory", where=where_territory, national_coordinator="C")


def _where_rating(rating: Any) -> Where:
    """What is still being written belongs to who writes it; handed in, all may read it who may read the readiness."""
    return Where(person_id=rating.by_id)


RATING = row("rating being written", where=_where_rating, local_coordinator="U o", national_coordinator="U o")
#: Funds and needs of all authorities beside each other.
DELEGATION = row("delegation of a duty", national_coordinator="RC", auditor="R")


def _where_statement(statement: Any) -> Where:
    return where_territory(statement.share.territory)


STATEMENT = row(
    "statement of a delegation",
    where=_where_statement,
    local_coordinator="RU r",
    national_coordinator="RU",
    auditor="R",
)
#: For which level somebody signs.
AUTHORITY_SIGNS = row("signature of an authority", where=where_territory, local_coordinator="C r")
NATION_SIGNS = row("signature of the national level", where=where_territory, national_coordinator="C")


def _where_plan(plan: Any) -> Where:
    """A kept plan stands in the agency or the territory it was kept for; without one it is the nation's."""
    if plan.agency is not None:
        return where_agency(plan.agency)
    return where_territory(plan.territory) if plan.territory is not None else Where()


PLAN = row(
    "staffing and resource plan",
    where=_where_plan,
    supervisor="R",
    manager="CRU a",
    local_coordinator="CRU r",
    national_coordinator="CRU",
    auditor="R",
)

#: What is counted in a territory, as all who plan see it; in her own territory she counts, and sees each number.
COUNTS = row(
    "monthly counts, small numbers withheld",
    manager="R",
    local_coordinator="R",
    national_coordinator="R",
    auditor="R",
)


def _where_counting(place: Any) -> Where:
    """A territory, or an agency that counts its own service.

    Where nobody nearer coordinates, the national coordinator counts: the line of the whole country, for one.
    """
    found = where_agency(place) if isinstance(place, Agency) else where_territory(place)
    return replace(found, unled=nobody_nearer(found.territories))


COUNTING = row(
    "monthly counts of a territory or an agency, as they are",
    where=_where_counting,
    manager="RC a",
    local_coordinator="RC r",
    national_coordinator="RC n",
)
