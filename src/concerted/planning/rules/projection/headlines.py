"""What somebody asks first: who does not get through, who is short and from when, and what it costs in all."""

from dataclasses import dataclass

import numpy as np

from concerted.planning.rules.projection.answer import TOTAL, Band, Projection
from concerted.planning.rules.projection.measures import Measure


@dataclass(frozen=True)
class ServiceShort:
    """Posts of one service in the last month, everywhere together; `short_from` is the first month that lacks some."""

    service: str
    posts: Band
    filled: float
    to_hire: int
    short_from: str | None
    short_places: int


@dataclass(frozen=True)
class Headlines:
    """Of the last month, but for `money`, which is that of the whole plan."""

    lost: Band
    lost_as_planned: Band
    services: tuple[ServiceShort, ...]
    money: Band
    promised: float
    #: The least chance of any unit that its funds suffice, and the unit; None where nothing is promised.
    least_covered: tuple[str, float] | None

    @property
    def to_hire(self) -> int:
        """People to hire, all in all."""
        return sum(one.to_hire for one in self.services)


def headlines(told: Projection) -> Headlines:
    """The headlines of a projection."""
    weeks = [told.line(service, unit) for service, unit in told.lines]
    lost, planned = (
        Band(*(float(sum(getattr(week, name)[place] for week in weeks)) for place in range(3)))
        for name in ("lost_a_month", "planned_a_month")
    )
    return Headlines(
        lost,
        planned,
        tuple(_short(told, service) for service in told.plan.services),
        told.spent(),
        float(told.funds.sum()),
        _least_covered(told),
    )


def _short(told: Projection, service: str) -> ServiceShort:
    posts = told.estimate(Measure.POSTS, TOTAL, -1, service)
    own = [unit for unit in told.units if told.series(Measure.POSTS, unit, service).any()]
    first = [month for unit in own if (month := told.first_short(unit, service)) is not None]
    return ServiceShort(
        service,
        Band(posts.low, posts.mid, posts.high),
        told.filled(TOTAL, service),
        sum(told.to_hire(unit, service) for unit in own),
        told.months[min(first)] if first else None,
        sum(told.gap(unit, service) > 0 for unit in own),
    )


def _least_covered(told: Projection) -> tuple[str, float] | None:
    asks = told.money.any(axis=1)
    if not told.funds.any() or not asks.any():
        return None
    chance = np.where(asks, told.cover.chance, np.inf)
    return told.units[int(chance.argmin())], float(chance.min())
