"""Posts of several territories by sector, as a plan begins from them."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum

from concerted.directory.models import Agency, Establishment, Population, Position, Territory, TerritoryLink
from concerted.directory.queries.positions import held_positions


@dataclass(frozen=True)
class Staffed:
    """Posts that should exist, and how many of them are held."""

    meant: Decimal = Decimal(0)
    held: Decimal = Decimal(0)


def parts_of(whole: Territory) -> list[Territory]:
    """What lies right below a territory, by name; where nothing does, itself. One query."""
    return list(Territory.objects.filter(parent=whole).order_by("name", "id")) or [whole]


def _agencies(on: date, agency: int | None) -> QuerySet[Agency]:
    """Those open on a day; or one of them."""
    open_then = Agency.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by()
    return open_then if agency is None else open_then.filter(pk=agency)


def staffing_of_parts(
    parts: Collection[int], on: date, agency: int | None = None, *, whole: int | None = None
) -> dict[tuple[int, str], Staffed]:
    """(territory, whose posts) -> posts in that territory and below it, of all agencies or of one, on a day.

    Whose: the code of a sector, or "sector/profession" for one profession of it.

    With `whole`, posts that stand in that territory and in none of its parts are counted as its own. A post too many in
    one agency or profession does not make up for one that is missing elsewhere. Three queries.
    """
    links = TerritoryLink.objects.filter(ancestor__in=parts).order_by().values_list("descendant", "ancestor")
    part_of = dict(links)
    if whole is not None:
        part_of.setdefault(whole, whole)
    within = TerritoryLink.objects.filter(ancestor__in=parts).order_by().values("descendant")
    there = Q(territory__in=within) | Q(territory=whole), Q(agency__in=_agencies(on, agency).values("pk"))
    names = ("agency", "profession", "territory", "agency__sector__code", "profession__code")
    newest: dict[tuple[Any, ...], Decimal] = {}
    rows = Establishment.objects.filter(*there, as_of__lte=on).order_by("as_of", "id")
    for *key, posts in rows.values_list(*names, "posts"):
        newest[tuple(key)] = posts
    shares = held_positions(on).filter(*there).order_by().values_list(*names).annotate(share=Sum("share"))
    meant, held = _by_part(newest.items(), part_of), _by_part(((row[:5], row[5]) for row in shares), part_of)
    found: dict[tuple[int, str], Staffed] = defaultdict(Staffed)
    for key, posts in meant.items():
        part, sector, profession, _agency = key
        filled = min(posts, held.get(key, Decimal(0)))
        for whose in (sector, f"{sector}/{profession}"):
            before = found[part, whose]
            found[part, whose] = Staffed(before.meant + posts, before.held + filled)
    return dict(found)


def _by_part(rows: Any, part_of: dict[int, int]) -> dict[tuple[int, str, str, int], Decimal]:
    """Added up by part, sector, profession and agency."""
    found: dict[tuple[int, str, str, int], Decimal] = defaultdict(Decimal)
    for (agency, _profession, territory, sector, profession), number in rows:
        found[part_of[territory], sector, profession, agency] += number
    return found


def women_and_persons(territories: Collection[int], on: date) -> dict[tuple[int, str], Population]:
    """(territory, "women" or "persons") -> the newest count up to the year of a day. One query."""
    rows = Population.objects.filter(
        territory__in=territories, age_band="all", sex__in=("women", "persons"), year__lte=on.year
    )
    return {(row.territory_id, row.sex): row for row in rows.order_by("year")}


def joined_in_a_year(parts: Collection[int], on: date, agency: int | None = None) -> dict[str, float]:
    """Code of a sector -> of those who hold a post there on a day, the share that began in the year before.

    Whoever moves from one post to another in the same agency did not join. Two queries.
    """
    within = TerritoryLink.objects.filter(ancestor__in=parts).order_by().values("descendant")
    year_ago = on.replace(year=on.year - 1, day=min(on.day, 28))
    held = held_positions(on).filter(agency__in=_agencies(on, agency).values("pk"), territory__in=within)
    people = list(held.order_by().values_list("agency__sector__code", "person", "agency").distinct())
    # By the agencies, not by a query for the people: PostgreSQL takes minutes over that while a table is new.
    before = Position.objects.filter(since__lte=year_ago, agency__in={at for _sector, _person, at in people})
    known = set(before.order_by().values_list("person", "agency"))
    there, new = Counter[str](), Counter[str]()
    for sector, person, at in people:
        there[sector] += 1
        new[sector] += (person, at) not in known
    return {sector: new[sector] / number for sector, number in there.items()}
