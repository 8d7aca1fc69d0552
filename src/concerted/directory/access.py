"""Where people and places stand, and the directory's rows of the access table."""

from typing import Any

from django.db.models import Q, QuerySet

from concerted.directory.models import Agency, Person, Position, Territory, TerritoryLink
from concerted.kit.access import Reach, Where, row


def _above(territory_ids: Any) -> frozenset[int]:
    links = TerritoryLink.objects.filter(descendant__in=territory_ids)
    return frozenset(links.values_list("ancestor_id", flat=True))


def where_territory(territory: Territory) -> Where:
    """A territory stands in itself and in all above it."""
    return Where(territories=_above([territory.pk]))


def where_agency(agency: Agency) -> Where:
    """An agency is its own, and stands where its territory stands."""
    return Where(agencies=frozenset({agency.pk}), territories=_above([agency.territory_id]))


def where_person(person: Person) -> Where:
    """A person stands in every agency she holds a position in today or will hold, and in its territories."""
    rows = list(Position.objects.filter(person=person, until=None).values_list("agency_id", "territory_id"))
    if not rows:
        rows = list(Position.objects.filter(person=person).order_by("-since").values_list("agency_id", "territory_id")[:1])
    return Where(person.pk, frozenset(agency for agency, _ in rows), _above([territory for _, territory in rows]))


def filter_agencies(reach: Reach, agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Those of `agencies` that a reach covers."""
    if reach.everywhere:
        return agencies
    inside = TerritoryLink.objects.filter(ancestor__in=reach.territories).values("descendant")
    return agencies.filter(Q(pk__in=reach.agencies) | Q(territory__in=inside))
