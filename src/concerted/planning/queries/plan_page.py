"""What the page of a plan shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language

from concerted.kit.charts import Chart
from concerted.planning.charts import hours_chart, money_chart, posts_chart
from concerted.planning.queries.answers import answer
from concerted.planning.queries.timeline import Timeline, timeline
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import (
    MONEY,
    NATIONAL,
    TOTAL,
    Estimate,
    Headlines,
    Measure,
    Projection,
    headlines,
)
from concerted.planning.wording import formula_words, measure_name, service_name, unit_name

#: What is told of a service, in this order.
TOLD = (
    Measure.CONTACTS,
    Measure.EXTRA_CONTACTS,
    Measure.OPEN_CASES,
    Measure.POSTS,
    Measure.EXTRA_POSTS,
    Measure.TRAINING_HOURS,
    Measure.SLACK_HOURS,
    Measure.COVER_POSTS,
    Measure.SUPERVISION_HOURS,
)


@dataclass(frozen=True)
class Figure:
    """One number that opens to why it is so."""

    what: str
    estimate: Estimate
    formula: str
    sum_of_highs: float | None


@dataclass(frozen=True)
class ServiceRow:
    """A service in the last month, for all or for one territory; `all_together`: posts it needs everywhere.

    Figures and pictures are those of the services that are looked at; the others are one click away.
    """

    key: str
    name: str
    figures: tuple[Figure, ...]
    posts: float
    filled: float
    to_hire: int
    short_from: str | None
    all_together: float


@dataclass(frozen=True)
class UnitRow:
    """A territory, or what is run as one: people to hire, money a month, and whether funds suffice."""

    key: str
    name: str
    named_by_us: bool
    extra: Estimate | None
    posts: float
    filled: float
    to_hire: int
    chance: float | None


@dataclass(frozen=True)
class OptionColumn:
    """The headlines of one way to do it."""

    name: str
    named_by_us: bool
    told: Headlines


@dataclass(frozen=True)
class PlanPage:
    """A plan, its answer, and the part of it that is looked at."""

    plan: Plan
    told: Projection
    unit: str
    unit_name: str
    services: tuple[ServiceRow, ...]
    money: tuple[Figure, ...]
    options: tuple[OptionColumn, ...]
    charts: tuple[Chart, ...]
    #: Territory -> in which share of draws a promise that was recorded for a kept plan suffices there.
    promised: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def found(self) -> Headlines:
        """The headlines of all together."""
        return headlines(self.told)

    @cached_property
    def units(self) -> tuple[UnitRow, ...]:
        """Every territory, and what is run as one."""
        return tuple(_units(self.told, self.promised))

    @cached_property
    def timeline(self) -> Timeline | None:
        """When initiatives act; worked out where it is shown, which is not where one territory is looked at."""
        return timeline(self.plan)

    @property
    def looked_at(self) -> tuple[ServiceRow, ...]:
        """Services whose every number is shown."""
        return tuple(row for row in self.services if row.figures)

    @property
    def others(self) -> tuple[ServiceRow, ...]:
        """Services of which only the posts are shown."""
        return tuple(row for row in self.services if not row.figures)

    @property
    def one_territory(self) -> bool:
        """Whether one territory is looked at rather than all."""
        return self.unit in self.plan.territories

    @property
    def unfunded_from(self) -> str | None:
        """The first month that costs more than is promised for it."""
        month = self.told.unfunded_from
        return None if month is None else self.told.months[month]


def plan_page(
    plan: Plan, unit: str = TOTAL, options: tuple[tuple[str, Plan], ...] = (), service: str | None = None
) -> PlanPage:
    """The page of a plan, looking at all together, or at one territory and there at one service: the one that is named,
    else the one that is short first.
    """
    told = answer(plan)
    shown = [key for key in plan.services if told.series(Measure.POSTS, unit, key).any() or unit == TOTAL]
    looked_at = shown if unit == TOTAL else [service] if service in shown else _short_first(told, unit, shown)
    return PlanPage(
        plan,
        told,
        unit,
        unit_name(plan, unit),
        tuple(_service(told, unit, key, key in looked_at) for key in shown),
        tuple(_figure(told, measure, unit, None) for measure in MONEY),
        tuple(OptionColumn(name, False, headlines(answer(other))) for name, other in options),
        tuple(_charts(told, unit, looked_at)),
    )


def _short_first(told: Projection, unit: str, services: list[str]) -> list[str]:
    """The service that is short first, of equals the one that lacks most."""
    never = len(told.months)

    def order(key: str) -> tuple[int, float]:
        first = told.first_short(unit, key)
        return (never if first is None else first, -told.gap(unit, key))

    return sorted(services, key=order)[:1]


def _figure(told: Projection, measure: Measure, unit: str, service: str | None) -> Figure:
    estimate = told.estimate(measure, unit, -1, service)
    beside = told.sum_of_highs(measure, service, -1) if unit == TOTAL and estimate.high > estimate.low else None
    language = get_language()
    return Figure(measure_name(measure, language), estimate, formula_words(estimate.reason.formula, language), beside)


def _service(told: Projection, unit: str, key: str, looked_at: bool) -> ServiceRow:
    first = told.first_short(unit, key)
    own = [one for one in told.units if told.series(Measure.POSTS, one, key).any()] if unit == TOTAL else [unit]
    measures = [
        measure
        for measure in (TOLD if looked_at else ())
        if measure in (Measure.CONTACTS, Measure.POSTS) or told.series(measure, unit, key).any()
    ]
    return ServiceRow(
        key,
        service_name(told.plan, key),
        tuple(_figure(told, measure, unit, key) for measure in measures),
        told.planned(Measure.POSTS, unit, -1, key),
        told.filled(unit, key),
        sum(told.to_hire(one, key) for one in own),
        None if first is None else told.months[first],
        told.planned(Measure.POSTS, TOTAL, -1, key),
    )


def _units(told: Projection, promised: Mapping[str, float]) -> Iterator[UnitRow]:
    asks = [bool(row.any()) for row in told.money]
    for row, unit in enumerate(told.units):
        filled = sum(told.filled(unit, key) for key in told.plan.services)
        posts = sum(told.planned(Measure.POSTS, unit, -1, key) for key in told.plan.services)
        if unit == NATIONAL and not posts and not asks[row]:
            continue
        extra = None if unit == NATIONAL else _most_extra(told, unit)
        hire = sum(told.to_hire(unit, key) for key in told.plan.services)
        chance = float(told.cover.chance[row]) if told.funds.any() and asks[row] else promised.get(unit)
        yield UnitRow(unit, unit_name(told.plan, unit), unit == NATIONAL, extra, posts, filled, hire, chance)


def _most_extra(told: Projection, unit: str) -> Estimate:
    """Of the service that initiatives bring most to."""
    most = max(told.plan.services, key=lambda key: told.planned(Measure.EXTRA_CONTACTS, unit, -1, key))
    return told.estimate(Measure.EXTRA_CONTACTS, unit, -1, most)


def _charts(told: Projection, unit: str, services: list[str]) -> Iterator[Chart]:
    for service, place in told.lines:
        if service not in services:
            continue
        if place == unit or (unit == TOTAL and (place == NATIONAL or len(told.lines) == 1)):
            yield hours_chart(told, service, place)
    for key in services:
        if told.series(Measure.POSTS, unit, key).any():
            yield posts_chart(told, unit, key)
    money = money_chart(told, unit)
    if money is not None:
        yield money
