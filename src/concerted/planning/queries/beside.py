"""A plan beside what came: territory by territory, with how many of the areas in it counted."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from concerted.directory.models import Territory, TerritoryLink
from concerted.planning.models import KeptPlan
from concerted.planning.queries.counts import Place, counts_by_part, shown_counts
from concerted.planning.queries.plan_money import places_of
from concerted.planning.rules import outlook
from concerted.planning.rules.counts import Counted, CountOf, Shown, total_of
from concerted.planning.rules.outlook import Beside

if TYPE_CHECKING:
    from concerted.planning.rules.projection import Projection

#: What a plan said of a month: its first day, low, middle and high.
Said = tuple[date, float, float, float]


@dataclass(frozen=True)
class BesideMonth:
    """What the plan said of a month, and what came; None where nobody counted.

    `areas`: of so many lowest areas below the territory, `counted` did. None where the territory counts as one.
    """

    month: date
    low: float
    mid: float
    high: float
    came: float | None
    counted: int = 0
    areas: int | None = None

    @property
    def partial(self) -> bool:
        """Whether an area did not count, so that more came than was added up."""
        return self.areas is not None and self.counted < self.areas


@dataclass(frozen=True)
class BesidePlan:
    """One territory beside a plan, month by month. `newest`: the last month that was counted."""

    territory: Territory
    unit: str
    months: tuple[BesideMonth, ...]

    @property
    def newest(self) -> BesideMonth | None:
        return next((one for one in reversed(self.months) if one.came is not None), None)

    @property
    def state(self) -> Beside:
        one = self.newest
        return outlook.beside(one.low, one.high, one.came, partial=one.partial) if one else Beside.MISSING


@dataclass(frozen=True)
class PlanBeside:
    """A kept plan beside what came: its services, each with its territories, the furthest above its range first.

    `without`: territories of the plan that are not known here by their name.
    """

    told: "Projection"
    services: Mapping[str, tuple[BesidePlan, ...]]
    without: int


def plan_beside(kept: KeptPlan, service: str | None = None, exact: Collection[int] = ()) -> PlanBeside:
    """A kept plan beside what came, of one service (the plan's first where it has none of that name), or with
    `service` None of all. Four queries, and up to two for the whole of it.
    """
    # Here, so that pages that do not plan load no arrays.
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.rules.projection import TOTAL, Measure, project

    told = project(plan_kept(kept))
    known = places_of(told.plan)
    whole = _whole(kept, list(known.values()) if len(known) == len(told.plan.territories) else [])
    places = known | ({TOTAL: whole} if whole is not None else {})
    every = list(told.plan.services)
    asked = every if service is None else [service if service in every else every[0]]
    days = [date(int(month[:4]), int(month[5:7]), 1) for month in told.months]
    said = {
        key: {unit: list(zip(days, *told.series(Measure.CONTACTS, unit, key).tolist(), strict=True)) for unit in places}
        for key in asked
    }
    return PlanBeside(told, counted_beside(places, said, exact), len(told.plan.territories) - len(known))


def _whole(kept: KeptPlan, places: Sequence[Territory]) -> Territory | None:
    """The territory of a plan as a whole: the one it is kept for, or was made from, or whose parts its places are,
    where all of them are known here. Up to two queries.
    """
    if kept.territory is not None:
        return kept.territory
    if kept.inputs:
        return Territory.objects.filter(pk=kept.inputs["whole"]).first()
    above = {place.parent_id or 0 for place in places}
    if len(above) != 1:
        return None
    if Territory.objects.filter(parent__in=above).count() != len(places):
        return None
    return Territory.objects.filter(pk__in=above).first()


def counted_beside(
    places: Mapping[str, Territory], said: Mapping[str, Mapping[str, Sequence[Said]]], exact: Collection[int] = ()
) -> dict[str, tuple[BesidePlan, ...]]:
    """What a plan said of services, unit by unit, beside what was counted in the territory of that unit and in all
    below it. Three queries.

    Furthest above its range first.
    """
    days = [month for units in said.values() for months in units.values() for month, *_band in months]
    within = _within(places)
    everywhere = {one for many in within.values() for one in many}
    shown = shown_counts(counts_by_part(everywhere, min(days), max(days)), exact) if days else {}
    above = _lowest(everywhere)
    areas = {
        unit: {area: above[area] & within[place.pk] - {place.pk} for area in within[place.pk] & above.keys()}
        for unit, place in places.items()
    }
    order = (Beside.ABOVE, Beside.BELOW, Beside.PARTIAL, Beside.WITHIN, Beside.MISSING)
    found = {}
    for service, units in said.items():
        lines = [
            BesidePlan(place, unit, _months(place.pk, within[place.pk], areas[unit], units[unit], shown, service))
            for unit, place in places.items()
        ]
        found[service] = tuple(sorted(lines, key=lambda line: (order.index(line.state), line.territory.name)))
    return found


def _within(places: Mapping[str, Territory]) -> dict[int, set[int]]:
    """Each of these territories with all that lies below it, itself included."""
    links = TerritoryLink.objects.filter(ancestor__in=[place.pk for place in places.values()]).order_by()
    within: dict[int, set[int]] = defaultdict(set)
    for above, below in links.values_list("ancestor_id", "descendant_id"):
        within[above].add(below)
    return within


def _lowest(territories: Collection[int]) -> dict[int, set[int]]:
    """The lowest of these territories, each with itself and all above it."""
    links = TerritoryLink.objects.filter(descendant__in=territories, descendant__children=None).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for above, below in links.values_list("ancestor_id", "descendant_id"):
        found[below].add(above)
    return found


def _months(
    place: int,
    within: Collection[int],
    areas: Mapping[int, Collection[int]],
    said: Sequence[Said],
    shown: Mapping[Place, Mapping[CountOf, Shown]],
    service: str,
) -> tuple[BesideMonth, ...]:
    """`areas`: the lowest areas, each with those below the territory in which a count holds for it."""
    of = CountOf(service, Counted.CONTACTS)
    counting = [{one for one in within if of in shown.get((one, said_of[0]), {})} for said_of in said]
    # Where only the territory itself ever counted, it does so as one: a line for the whole country, say.
    below = any(some - {place} for some in counting)
    rows = []
    for said_of, some in zip(said, counting, strict=True):
        came = float(total_of(shown[one, said_of[0]][of] for one in some).value) if some else None
        counted = sum(not some.isdisjoint(chain) for chain in areas.values())
        rows.append(BesideMonth(*said_of, came, counted, len(areas) if below else None))
    return tuple(rows)
