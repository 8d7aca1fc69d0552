"""Monthly counts: as they are, as others see them, and which months still miss."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from concerted.directory.access import filter_territories
from concerted.directory.models import Territory
from concerted.kit.access import Reach
from concerted.maths.months import add_months
from concerted.planning.models import Count
from concerted.planning.rules.counts import Counted, CountOf, Shown, Total, total_of
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.rules.parts import Parts, together, together_for_others

#: (territory id, month)
Place = tuple[int, date]


def counts_by_part(
    territories: Collection[int] | QuerySet[Territory],
    first: date,
    last: date,
    *,
    known_at: datetime | None = None,
) -> dict[Place, Parts]:
    """What was counted in these territories from one month to another, both included, by who counted: each agency, or
    None for the whole territory. `known_at`: as known then. One query.
    """
    rows = Count.objects.filter(territory__in=territories, month__gte=first, month__lte=last)
    return _by_part(rows if known_at is None else rows.filter(at__lte=known_at))


def counts_of_agency(agency: int, first: date, last: date) -> dict[Place, Parts]:
    """The same of one agency by itself, wherever it counted. One query."""
    return _by_part(Count.objects.filter(agency=agency, month__gte=first, month__lte=last))


def _by_part(rows: QuerySet[Count]) -> dict[Place, Parts]:
    held: dict[Place, dict[int | None, dict[CountOf, int]]] = defaultdict(lambda: defaultdict(dict))
    columns = ("territory_id", "month", "agency_id", "service", "counted", "to", "value")
    for territory, month, agency, service, counted, to, value in rows.order_by("id").values_list(*columns):
        of = CountOf(service, counted, to)
        if value is None:
            held[territory, month][agency].pop(of, None)
        else:
            held[territory, month][agency][of] = value
    return {place: parts for place, parts in held.items() if any(parts.values())}


def counts_held(
    territories: Collection[int] | QuerySet[Territory],
    first: date,
    last: date,
    *,
    known_at: datetime | None = None,
) -> dict[Place, dict[CountOf, int]]:
    """The same of each territory as a whole. One query."""
    held = counts_by_part(territories, first, last, known_at=known_at)
    return {place: together(parts) for place, parts in held.items()}


def series(
    territory: int, of: CountOf, first: date, last: date, *, known_at: datetime | None = None
) -> dict[date, int]:
    """One count of one territory, month by month, as it is; months without it are not there. One query."""
    held = counts_held([territory], first, last, known_at=known_at)
    return {month: counts[of] for (_territory, month), counts in sorted(held.items()) if of in counts}


def shown_counts(held: Mapping[Place, Parts], exact: Collection[int]) -> dict[Place, dict[CountOf, Shown]]:
    """What was counted as it is shown: as it is in the territories `exact`, elsewhere with small numbers withheld."""
    return {
        place: {of: Shown(value) for of, value in together(parts).items()}
        if place[0] in exact
        else together_for_others(parts)
        for place, parts in held.items()
    }


def months_back(last: date, number: int) -> list[date]:
    """The `number` months up to `last`, oldest first."""
    return [add_months(last, -back) for back in reversed(range(number))]


def last_whole_month(on: date) -> date:
    """The first day of the month that ended last."""
    return add_months(on.replace(day=1), -1)


@dataclass(frozen=True)
class CountLine:
    """A territory in the overview: one number a month, None where nothing was counted. `mine`: she may count there."""

    territory: Territory
    of: tuple[date, ...]
    months: tuple[Shown | None, ...]
    mine: bool

    @property
    def by_month(self) -> list[tuple[date, Shown | None]]:
        return list(zip(self.of, self.months, strict=True))

    @property
    def missing(self) -> int:
        return sum(shown is None for shown in self.months)

    @property
    def behind(self) -> bool:
        """Whether the newest month misses, where this is counted or where she should begin."""
        return self.months[-1] is None


@dataclass(frozen=True)
class CountsOverview:
    """One count in all territories that counted it, or should begin; those behind first, and each month's sum."""

    of: CountOf
    months: tuple[date, ...]
    lines: tuple[CountLine, ...]
    totals: tuple[Total, ...]

    @property
    def sums(self) -> list[tuple[date, Total]]:
        return list(zip(self.months, self.totals, strict=True))


def counts_overview(asked: CountOf | None, months: list[date], mine: Reach) -> CountsOverview:
    """One count of all territories that counted it in these months, and of those where she counts and nobody did.

    Without `asked`, who turned to the service that most territories count. Three queries.
    """
    held = counts_by_part(Territory.objects.all(), months[0], months[-1])
    # The overview is one and the same for everybody: whoever counts somewhere sees exact numbers on the page of it.
    shown = shown_counts(held, ())
    own = set(counting_places(mine).order_by().values_list("pk", flat=True))
    of = asked or _most_counted(shown)
    counted = {territory for (territory, _month), counts in shown.items() if of in counts}
    silent = own - {territory for territory, _month in held}
    places = Territory.objects.filter(pk__in=counted | silent).order_by("name", "id")
    lines = []
    for place in places:
        row = tuple(shown.get((place.pk, month), {}).get(of) for month in months)
        lines.append(CountLine(place, tuple(months), row, place.pk in own))
    lines.sort(key=lambda line: (not line.behind, -line.missing))
    totals = tuple(total_of(line.months[n] for line in lines) for n in range(len(months)))
    return CountsOverview(of, tuple(months), tuple(lines), totals)


def _most_counted(held: Mapping[Place, Mapping[CountOf, Shown]]) -> CountOf:
    seen = Counter(of.service for counts in held.values() for of in counts if of.counted == Counted.CONTACTS)
    return CountOf(seen.most_common(1)[0][0] if seen else ServiceKind.HELPLINE.value, Counted.CONTACTS.value)


def counting_places(mine: Reach) -> QuerySet[Territory]:
    """Where somebody is expected to count: the lowest territories within her reach, and for the nation its top."""
    lowest = Q(pk__in=filter_territories(mine, Territory.objects.filter(children=None)).order_by().values("pk"))
    return Territory.objects.filter(lowest | Q(parent=None) if mine.unled else lowest)
