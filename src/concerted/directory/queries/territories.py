from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from concerted.directory.models import Agency, Population, Territory, TerritoryLink


@dataclass(frozen=True)
class Inhabitants:
    """How many persons a source counted in a territory, and when."""

    persons: int
    year: int
    source: str


@dataclass(frozen=True)
class TerritoryLine:
    """One territory as a list shows it, with what lies right below it."""

    id: int
    name: str
    level: str
    code: str
    parts: int
    agencies: int
    women: Inhabitants | None
    persons: Inhabitants | None


def descendants(territory_id: int) -> QuerySet[Territory]:
    """The territory and all below it, at any depth."""
    return Territory.objects.filter(above__ancestor=territory_id)


def ancestors_of(territory_id: int) -> list[Territory]:
    """The territories that contain this one, from the top down, itself last."""
    links = TerritoryLink.objects.filter(descendant=territory_id).select_related("ancestor").order_by("-depth")
    return [link.ancestor for link in links]


def above_in_words(territory_ids: Iterable[int]) -> dict[int, str]:
    """Where each territory stands, as "Kenya, Mombasa, Likoni": a name alone is unique under its parent only."""
    links = TerritoryLink.objects.filter(descendant__in=set(territory_ids)).order_by("descendant", "-depth")
    words: dict[int, list[str]] = {}
    for descendant, name in links.values_list("descendant_id", "ancestor__name"):
        words.setdefault(descendant, []).append(name)
    return {pk: ", ".join(names) for pk, names in words.items()}


def places_in_words(territories: QuerySet[Any]) -> dict[int, str]:
    """Each territory with all above it, nearest first: "Likoni, Mombasa, Kenya", as one looks for it in a list.

    `territories` is a queryset of territories or of their ids. One query for any number.
    """
    ids = territories.order_by()
    within: Any = ids.values("pk") if ids.model is Territory else ids
    links = TerritoryLink.objects.filter(descendant__in=within).order_by("descendant", "depth")
    words: dict[int, list[str]] = {}
    for descendant, name in links.values_list("descendant_id", "ancestor__name"):
        words.setdefault(descendant, []).append(name)
    return {pk: ", ".join(names) for pk, names in words.items()}


def _inhabitants(ids: list[int]) -> dict[tuple[int, str], Inhabitants]:
    rows = Population.objects.filter(territory__in=ids, age_band="all", sex__in=("women", "persons")).order_by("year")
    return {(row.territory_id, row.sex): Inhabitants(row.persons, row.year, row.source) for row in rows}


def territory_tree(parent: Territory | None, on: date) -> list[TerritoryLine]:
    """What stands right below `parent` (None: at the top), with latest population and agencies at any depth.

    Three queries for any number of territories.
    """
    rows = list(Territory.objects.filter(parent=parent).annotate(parts=Count("children")).order_by("name", "id"))
    ids = [row.pk for row in rows]
    return _lines(rows, _inhabitants(ids), _agencies_below(ids, on))


def _agencies_below(ids: list[int], on: date) -> dict[int, int]:
    below = TerritoryLink.objects.filter(ancestor__in=ids).order_by()
    open_ones = Q(descendant__agencies__closed_on=None) | Q(descendant__agencies__closed_on__gt=on)
    counts = below.values("ancestor").annotate(n=Count("descendant__agencies", filter=open_ones))
    return {row["ancestor"]: row["n"] for row in counts}


def _lines(
    rows: Sequence[Territory], inhabitants: dict[tuple[int, str], Inhabitants], agencies: dict[int, int]
) -> list[TerritoryLine]:
    return [
        TerritoryLine(
            row.pk,
            row.name,
            row.level,
            row.code,
            row.parts,  # type: ignore[attr-defined]
            agencies.get(row.pk, 0),
            inhabitants.get((row.pk, "women")),
            inhabitants.get((row.pk, "persons")),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class YearCount:
    """Who was counted in a territory in one year, and what its parts counted that year add up to."""

    year: int
    women: int | None
    men: int | None
    persons: int | None
    sources: tuple[str, ...]
    parts: int = 0
    parts_counted: int = 0
    parts_persons: int = 0
    parts_women: int = 0

    @property
    def checked(self) -> bool:
        """Whether every part was counted too, so that the sums can be compared."""
        return self.persons is not None and 0 < self.parts == self.parts_counted

    @property
    def apart(self) -> int:
        """By how many persons the whole and its parts differ."""
        return abs((self.persons or 0) - self.parts_persons)


def years_of(territory: Territory) -> list[YearCount]:
    """Every year known of a territory, the newest first, each with the sum of its parts. Three queries."""
    own: dict[int, list[Population]] = {}
    for row in Population.objects.filter(territory=territory, age_band="all").order_by("-year", "sex"):
        own.setdefault(row.year, []).append(row)
    parts = Territory.objects.filter(parent=territory).count()
    below = Population.objects.filter(territory__parent=territory, age_band="all", year__in=own).order_by()
    sums = {
        (row["year"], row["sex"]): (row["total"], row["counted"])
        for row in below.values("year", "sex").annotate(total=Sum("persons"), counted=Count("territory"))
    }
    return [_year(year, rows, parts, sums) for year, rows in own.items()]


def _year(year: int, rows: list[Population], parts: int, sums: dict[tuple[int, str], tuple[int, int]]) -> YearCount:
    counted = {row.sex: row.persons for row in rows}
    persons, how_many = sums.get((year, "persons"), (0, 0))
    return YearCount(
        year,
        counted.get("women"),
        counted.get("men"),
        counted.get("persons"),
        tuple(dict.fromkeys(row.source for row in rows)),
        parts,
        how_many,
        persons,
        sums.get((year, "women"), (0, 0))[0],
    )


def agencies_closed_within(territory: Territory, on: date) -> QuerySet[Agency]:
    """The agencies in the territory or below it that closed on that day or before, the latest first."""
    return (
        Agency.objects.filter(territory__above__ancestor=territory, closed_on__lte=on)
        .select_related("sector")
        .order_by("-closed_on", "id")
    )


def agencies_within(territory: Territory, on: date) -> QuerySet[Agency]:
    """The agencies open on that day in the territory or below it."""
    return (
        Agency.objects.filter(territory__above__ancestor=territory)
        .filter(Q(closed_on=None) | Q(closed_on__gt=on))
        .select_related("sector", "territory")
        .order_by("name", "id")
    )
