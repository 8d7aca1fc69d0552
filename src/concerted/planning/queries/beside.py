"""A plan beside what came: territory by territory, with how many of the areas in it counted."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from concerted.directory.models import Agency, Territory, TerritoryLink
from concerted.planning.models import KeptPlan
from concerted.planning.queries.counts import Place, counts_by_part, counts_of_agency, shown_counts
from concerted.planning.queries.plan_money import places_of
from concerted.planning.rules import outlook
from concerted.planning.rules.counts import Counted, CountOf, Shown, total_of
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.outlook import Beside

if TYPE_CHECKING:
    from concerted.planning.rules.plan import Plan
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
    """One territory beside a plan, month by month. `newest`: the last month that was counted.

    `agency`: whose own counts these are, beside all of the plan that was made for it; None where they are the
    territory's.
    """

    territory: Territory
    unit: str
    months: tuple[BesideMonth, ...]
    agency: Agency | None = None

    @property
    def name(self) -> str:
        """Who or where counted."""
        return self.territory.name if self.agency is None else self.agency.name

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

    `without`: territories of the plan that are not known here by their name. `agency`: the one that the plan was made
    for; what it counted itself stands beside the plan, and only of services of which it counted nothing the counts of
    whole territories.
    """

    told: "Projection"
    services: Mapping[str, tuple[BesidePlan, ...]]
    without: int
    agency: Agency | None = None

    def by_agency(self, service: str) -> bool:
        """Whether the counts of this service are the agency's own."""
        return any(line.agency is not None for line in self.services[service])


def plan_beside(kept: KeptPlan, service: str | None = None, exact: Collection[int] = ()) -> PlanBeside:
    """A kept plan beside what came, of one service (the plan's first where it has none of that name), or with
    `service` None of all. Four queries, up to two for the whole of it, and one for an agency's own counts.
    """
    # Here, so that pages that do not plan load no arrays.
    from concerted.planning.queries.answers import answer
    from concerted.planning.queries.own_plans import plan_kept
    from concerted.planning.rules.projection import TOTAL, Measure

    told = answer(plan_kept(kept))
    known = places_of(told.plan)
    whole = _whole(kept, list(known.values()) if len(known) == len(told.plan.territories) else [])
    places = known | ({TOTAL: whole} if whole is not None else {})
    every = list(told.plan.services)
    asked = every if service is None else [service if service in every else every[0]]
    days = [date(int(month[:4]), int(month[5:7]), 1) for month in told.months]

    def said(key: str, unit: str) -> list[Said]:
        return list(zip(days, *told.series(Measure.CONTACTS, unit, key).tolist(), strict=True))

    kinds = counted_as(told.plan)
    whole_plan = {key: said(key, TOTAL) for key in asked}
    own = {} if kept.agency is None else agency_beside(kept.agency, whole_plan, TOTAL, kinds)
    others = {key: {unit: said(key, unit) for unit in places} for key in asked if key not in own}
    counted = own | (counted_beside(places, others, exact, kinds) if others else {})
    lines = {key: counted[key] for key in asked}
    return PlanBeside(told, lines, len(told.plan.territories) - len(known), kept.agency)


def counted_as(plan: "Plan") -> dict[str, str]:
    """What each service of a plan is counted as: its kind, whatever the plan calls it. Empty where several are of one
    kind: nobody counts them apart.
    """
    kinds = {key: (service.kind or ServiceKind(key)).value for key, service in plan.services.items()}
    several = Counter(kinds.values())
    return {key: kind if several[kind] == 1 else "" for key, kind in kinds.items()}


def agency_beside(
    agency: Agency, said: Mapping[str, Sequence[Said]], unit: str, kinds: Mapping[str, str]
) -> dict[str, tuple[BesidePlan, ...]]:
    """What the whole of a plan said of services, beside what one agency counted of its own, as others see it; services
    of which it counted nothing are left out. One query.
    """
    days = [month for months in said.values() for month, *_band in months]
    if not days:
        return {}
    shown = shown_counts(counts_of_agency(agency.pk, min(days), max(days)), ())
    found: dict[str, tuple[BesidePlan, ...]] = {}
    for service, months in said.items():
        of, rows = CountOf(kinds[service], Counted.CONTACTS), []
        for month, low, mid, high in months:
            seen = [counts[of] for (_place, when), counts in shown.items() if when == month and of in counts]
            rows.append(BesideMonth(month, low, mid, high, float(total_of(seen).value) if seen else None))
        line = BesidePlan(agency.territory, unit, tuple(rows), agency)
        if line.newest is not None:
            found[service] = (line,)
    return found


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
    places: Mapping[str, Territory],
    said: Mapping[str, Mapping[str, Sequence[Said]]],
    exact: Collection[int],
    kinds: Mapping[str, str],
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
        kind = kinds[service]
        lines = [
            BesidePlan(place, unit, _months(place.pk, within[place.pk], areas[unit], units[unit], shown, kind))
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
    """`areas`: the lowest areas, each with those below the territory in which a count holds for it. `service`: as it is
    counted.
    """
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
