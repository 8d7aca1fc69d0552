"""What is to come by what was counted: who is over its line or will be, where waits rise, and one service in detail."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from concerted.directory.models import Territory, TerritoryLink
from concerted.planning.queries.counts import Place, counts_held, months_back, shown_counts
from concerted.planning.queries.lines import carried_by_posts
from concerted.planning.rules import outlook
from concerted.planning.rules.counts import STEP, Counted, CountOf, Shown, total_of
from concerted.planning.rules.outlook import Ahead, Beside, Crossing, Held, Line
from concerted.planning.rules.waits import Trend, Wait, wait_of

#: As far back as a season can be seen.
MONTHS = 36
#: Worst first.
_ORDER = (Crossing.OVER, Crossing.LIKELY, Crossing.MAY, Crossing.UNKNOWN, Crossing.UNDER)
Series = dict[CountOf, list[float | None]]


@dataclass(frozen=True)
class ServiceOutlook:
    """One service of one territory: what came, what is to come, what its filled posts carry, and how sure that is."""

    territory: Territory
    service: str
    first: date
    came: tuple[float | None, ...]
    line: Line | None
    ahead: tuple[Ahead, ...] = ()
    held: Held | None = None

    @property
    def newest(self) -> float | None:
        return self.came[-1]

    @cached_property
    def _crossing(self) -> tuple[Crossing, date | None]:
        return outlook.crossing(self.newest, self.ahead, self.line)

    @property
    def state(self) -> Crossing:
        return self._crossing[0]

    @property
    def from_month(self) -> date | None:
        return self._crossing[1]


@dataclass(frozen=True)
class WayOutlook:
    """One way from a service to another in a territory, and how waits went along it."""

    territory: Territory
    of: CountOf
    wait: Wait


@dataclass(frozen=True)
class Outlook:
    """Everything that was counted, worst first. `missing`: territories whose newest month was not counted."""

    services: tuple[ServiceOutlook, ...]
    rising: tuple[WayOutlook, ...]
    few: int
    missing: tuple[Territory, ...]

    @property
    def pressing(self) -> list[ServiceOutlook]:
        """Those over their line, or that will or may be."""
        return [one for one in self.services if one.state not in (Crossing.UNDER, Crossing.UNKNOWN)]

    @property
    def within(self) -> list[ServiceOutlook]:
        return [one for one in self.services if one.state == Crossing.UNDER]

    @property
    def unknown(self) -> list[ServiceOutlook]:
        return [one for one in self.services if one.state == Crossing.UNKNOWN]


def _as_number(one: Shown | None) -> float | None:
    """What is shown as a number to go on from: a few are taken for half of ten."""
    if one is None:
        return None
    return float(STEP) if one.few else float(one.value or 0)


def _series(shown: Mapping[Place, Mapping[CountOf, Shown]], months: list[date]) -> dict[int, Series]:
    """Territory -> what was counted there, month by month, from the first month in which it was."""
    found: dict[int, Series] = defaultdict(dict)
    for (territory, _month), counts in shown.items():
        for of in counts:
            if of not in found[territory]:
                found[territory][of] = [_as_number(shown.get((territory, month), {}).get(of)) for month in months]
    return found


def outlook_of(newest: date, exact: Collection[int] = ()) -> Outlook:
    """The outlook of every territory that counts, up to the month `newest`; `exact` as in `shown_counts`.

    Three queries.
    """
    months = months_back(newest, MONTHS)
    held = counts_held(Territory.objects.all(), months[0], newest)
    series = _series(shown_counts(held, exact), months)
    places = Territory.objects.in_bulk(list(series))
    carried = carried_by_posts()
    seen, ways = [], []
    for pk, counts in series.items():
        for of, came in counts.items():
            if of.counted == Counted.CONTACTS:
                seen.append(_service(places[pk], of.service, came, counts, months, carried))
            elif of.counted == Counted.WAIT_DAYS:
                ways.append(WayOutlook(places[pk], of, wait_of(came)))
    # All at once: one by one a country's services take many times longer.
    ahead = outlook.all_months_ahead([one.came for one in seen], [one.first for one in seen])
    services = [replace(one, ahead=told) for one, told in zip(seen, ahead, strict=True)]
    services.sort(key=lambda one: (_ORDER.index(one.state), one.territory.name, one.service))
    rising = sorted((way for way in ways if way.wait.trend == Trend.RISING), key=lambda way: -way.wait.a_month)
    behind = sorted((places[pk] for pk in series if (pk, newest) not in held), key=lambda place: place.name)
    few = sum(way.wait.trend == Trend.TOO_FEW for way in ways)
    return Outlook(tuple(services), tuple(rising), few, tuple(behind))


def _service(
    territory: Territory,
    service: str,
    came: list[float | None],
    counts: Series,
    months: list[date],
    carried: Mapping[str, tuple[float, str]],
) -> ServiceOutlook:
    """Without the months ahead."""
    begun = next(n for n, one in enumerate(came) if one is not None)
    posts = counts.get(CountOf(service, Counted.POSTS_FILLED), [None])[-1]
    line = Line(int(posts), *carried[service]) if posts is not None and service in carried else None
    return ServiceOutlook(territory, service, months[begun], tuple(came[begun:]), line)


def service_outlook(territory: Territory, service: str, newest: date, *, exact: bool) -> ServiceOutlook | None:
    """One service of one territory, with how often the range held; None where it was never counted. Two queries."""
    months = months_back(newest, MONTHS)
    held = counts_held([territory.pk], months[0], newest)
    counts = _series(shown_counts(held, [territory.pk] if exact else ()), months).get(territory.pk, {})
    came = counts.get(CountOf(service, Counted.CONTACTS))
    if came is None:
        return None
    seen = _service(territory, service, came, counts, months, carried_by_posts())
    ahead, held_so_far = outlook.months_ahead(seen.came, seen.first), outlook.held(seen.came, seen.first)
    return replace(seen, ahead=ahead, held=held_so_far)


@dataclass(frozen=True)
class BesidePlan:
    """One territory beside a plan: by month what the plan said and what was counted. `newest`: the last counted one."""

    territory: Territory
    unit: str
    months: tuple[tuple[date, float, float, float, float | None], ...]

    @property
    def newest(self) -> tuple[date, float, float, float, float | None] | None:
        return next((one for one in reversed(self.months) if one[4] is not None), None)

    @property
    def state(self) -> Beside:
        one = self.newest
        return outlook.beside(one[1], one[3], one[4]) if one else Beside.MISSING


def counted_beside(
    places: Mapping[str, Territory],
    said: Mapping[str, list[tuple[date, float, float, float]]],
    service: str,
    exact: Collection[int] = (),
) -> tuple[BesidePlan, ...]:
    """What a plan said of a service, unit by unit, beside what was counted in the territory of that unit and in all
    below it. Two queries.

    Furthest above its range first.
    """
    of = CountOf(service, Counted.CONTACTS)
    days = [month for months in said.values() for month, *_band in months]
    links = TerritoryLink.objects.filter(ancestor__in=[place.pk for place in places.values()]).order_by()
    within: dict[int, list[int]] = defaultdict(list)
    for above, below in links.values_list("ancestor_id", "descendant_id"):
        within[above].append(below)
    held = counts_held({one for many in within.values() for one in many}, min(days), max(days)) if days else {}
    shown = shown_counts(held, exact)
    lines = []
    for unit, place in places.items():
        rows = []
        for said_of in said[unit]:
            came = [shown.get((one, said_of[0]), {}).get(of) for one in within[place.pk]]
            counted = any(one is not None for one in came)
            rows.append((*said_of, float(total_of(came).value) if counted else None))
        lines.append(BesidePlan(place, unit, tuple(rows)))
    order = (Beside.ABOVE, Beside.BELOW, Beside.WITHIN, Beside.MISSING)
    return tuple(sorted(lines, key=lambda line: (order.index(line.state), line.territory.name)))
