from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from concerted.directory.models import Position, TerritoryLink
from concerted.directory.rules import Facts


def held_positions(on: date) -> QuerySet[Position]:
    """The positions held on that day, of people who were not erased."""
    return Position.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on, person__erased_at=None)


def newest_posts(people: Iterable[int], on: date) -> dict[int, tuple[int, int]]:
    """Person -> agency and profession of the position she holds on that day, the newest first. One query."""
    rows = held_positions(on).filter(person__in=list(people)).order_by("since", "id")
    held = rows.values_list("person_id", "agency_id", "profession_id")
    return {person: (agency, profession) for person, agency, profession in held}


def position_facts(positions: Iterable[Position]) -> dict[int, Facts]:
    """What audience rules may ask, for each position by its id. Two queries for any number of positions."""
    ids = [position.pk for position in positions]
    rows = list(
        Position.objects.filter(pk__in=ids)
        .order_by()
        .values_list(
            "pk",
            "agency__sector__code",
            "profession__code",
            "territory_id",
            "agency_id",
            "stage",
            "person__language",
        )
    )
    above: dict[int, set[int]] = defaultdict(set)
    links = TerritoryLink.objects.filter(descendant__in={row[3] for row in rows}).order_by()
    for descendant, ancestor in links.values_list("descendant_id", "ancestor_id"):
        above[descendant].add(ancestor)
    frozen = {territory: frozenset(ids) for territory, ids in above.items()}
    return {
        pk: Facts(sector, profession, frozen.get(territory, frozenset()), agency, stage, language)
        for pk, sector, profession, territory, agency, stage, language in rows
    }
