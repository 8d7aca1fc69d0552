"""What a plan comes to: every figure an estimate that opens to its inputs, formula and source."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.maths.portfolio import Cover, cover
from concerted.maths.workload import hired
from concerted.planning.rules.plan.part import month_named, month_number
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.lines import Line, line_of
from concerted.planning.rules.projection.measures import MONEY, Later, Measure, Told
from concerted.planning.rules.projection.reasons import Reason, reason
from concerted.planning.rules.projection.scale import STEP, low_and_high
from concerted.planning.rules.projection.team import Team

#: The unit of services that are run as one, and that of everything together.
NATIONAL, TOTAL = "national", "total"
#: Grows when the engine's answer changes: kept plans made by another version say so.
VERSION = 2


@dataclass(frozen=True)
class Estimate:
    """A planned figure: the plan itself, and what nine (`low`) and one (`high`) in ten draws pass."""

    low: float
    mid: float
    high: float
    unit: str
    _why: Callable[[], Reason] = field(repr=False, compare=False)

    @cached_property
    def reason(self) -> Reason:
        """Why it is so: found when somebody looks, since most figures of a page are only read."""
        return self._why()


@dataclass(frozen=True)
class Band:
    """The plan itself, and what nine (`low`) and one (`high`) in ten draws pass."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True, eq=False)
class Projection:
    """What a plan comes to. Units are its territories, and last what is run as one for the nation."""

    plan: Plan
    #: A measure is worked out when it is asked for.
    told: Later[Told]
    total: Later[Told]
    #: All the money of the plan in hundredths, of shape (units, 1 + draws), and what is promised, (units, months).
    money: Whole
    funds: Floats

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Territories in the order of the plan, and NATIONAL."""
        return (*self.plan.territories, NATIONAL)

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months of the plan, as 2027-04."""
        first = month_number(self.plan.start)
        return tuple(month_named(first + number) for number in range(self.plan.months))

    @property
    def fingerprint(self) -> str:
        """Equal exactly where every number is; kept with a plan, so that another answer is noticed."""
        held = hashlib.sha256(self.money.astype("<i8").tobytes())
        for told in (held[measure] for held in (self.told, self.total) for measure in Measure):
            for values in (told.planned, told.low, told.high):
                held.update(values.astype("<i8").tobytes())
        return held.hexdigest()

    def column(self, measure: Measure, service: str | None) -> int:
        """Where a service stands in a measure's last axis."""
        return 0 if measure in MONEY or service is None else list(self.plan.services).index(service)

    def series(self, measure: Measure, unit: str, service: str | None = None) -> Floats:
        """Low, plan and high of every month, of shape (3, months)."""
        asked = (measure, unit, service)
        if asked not in self._series:
            told, row = (self.total[measure], 0) if unit == TOTAL else (self.told[measure], self._rows[unit])
            column = self.column(measure, service)
            held = [one[row, :, column] for one in (told.low, told.planned, told.high)]
            self._series[asked] = np.array(held) / STEP
            self._series[asked].flags.writeable = False
        return self._series[asked]

    @cached_property
    def _series(self) -> dict[tuple[Measure, str, str | None], Floats]:
        return {}

    def planned(self, measure: Measure, unit: str, month: int, service: str | None = None) -> float:
        """The plan's own figure of one month (-1 is the last)."""
        told, row = (self.total[measure], 0) if unit == TOTAL else (self.told[measure], self._rows[unit])
        return float(told.planned[row, month, self.column(measure, service)] / STEP)

    def estimate(self, measure: Measure, unit: str, month: int, service: str | None = None) -> Estimate:
        """One figure of one month (-1 is the last)."""
        low, mid, high = (float(value) for value in self.series(measure, unit, service)[:, month])
        why = partial(reason, self.plan, measure, unit, service)
        return Estimate(low, mid, high, unit_of(self.plan, measure), why)

    def sum_of_highs(self, measure: Measure, service: str | None, month: int) -> float:
        """The high figures of all units added up: not the nation's high, since not all are unlucky at once."""
        return float(self.told[measure].high[:, month, self.column(measure, service)].sum() / STEP)

    def filled(self, unit: str, service: str) -> float:
        """Posts of today that somebody holds."""
        held = self._filled[service]
        if unit == TOTAL:
            return float(held.sum())
        if (unit == NATIONAL) != (self.plan.services[service].answered_by == "nation"):
            return 0.0
        return float(held[0] if unit == NATIONAL else held[self._rows[unit]])

    @cached_property
    def _filled(self) -> dict[str, Floats]:
        places, found = tuple(self.plan.territories), {}
        for key, service in self.plan.services.items():
            team = Team(service.answered_by, places)
            found[key] = team.staff(self.plan, key) - team.staff(self.plan, key, "vacant")
        return found

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {unit: row for row, unit in enumerate(self.units)}

    def gap(self, unit: str, service: str, month: int = -1) -> float:
        """Posts needed less posts filled: above zero is short."""
        return self.planned(Measure.POSTS, unit, month, service) - self.filled(unit, service)

    def to_hire(self, unit: str, service: str, month: int = -1) -> int:
        """Whole people to hire: rounded up once, here."""
        return int(hired(max(0.0, self.gap(unit, service, month))))

    def first_short(self, unit: str, service: str) -> int | None:
        """The first month whose planned posts are more than are filled; None where there is none."""
        over = self.series(Measure.POSTS, unit, service)[1] > self.filled(unit, service) + 1e-9
        return int(over.argmax()) if over.any() else None

    def spent(self, unit: str | None = None) -> Band:
        """Money of the whole plan, of one unit or of all."""
        every = self.money.sum(axis=0) if unit is None else self.money[self._rows[unit]]
        drawn = every[1:] if len(every) > 1 else every
        low, high = low_and_high(drawn) / STEP
        return Band(float(low), float(every[0] / STEP), float(high))

    @cached_property
    def cover(self) -> Cover:
        """Whether the money promised covers what each unit needs, in the draws (the plan where there are none)."""
        drawn = self.money[:, 1:] if self.money.shape[1] > 1 else self.money
        return cover(drawn / STEP, self.funds.sum(axis=1))

    @cached_property
    def unfunded_from(self) -> int | None:
        """The first month in which all promised money is less than what that month recurs."""
        again = self.series(Measure.RECURRENT, TOTAL)[1]
        short = again > self.funds.sum(axis=0) + 0.005
        return int(short.argmax()) if short.any() and self.funds.any() else None

    def line(self, service: str, unit: str, month: int = -1) -> Line:
        """The week of a service that answers at once: seats, and women who do not get through, by hour."""
        contacts = self.series(Measure.CONTACTS, TOTAL if unit == NATIONAL else unit, service)[:, month]
        return line_of(self.plan, service, contacts, self.filled(unit, service))

    @cached_property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Services that answer at once, each with its units."""
        found = []
        for key, service in self.plan.services.items():
            if service.queue is not None:
                places = (NATIONAL,) if service.answered_by == "nation" else tuple(self.plan.territories)
                found += [(key, place) for place in places]
        return tuple(found)


def unit_of(plan: Plan, measure: Measure) -> str:
    """What a measure is counted in."""
    if measure in MONEY:
        return f"{plan.money.currency} of {plan.money.year}"
    if measure in (Measure.CONTACTS, Measure.EXTRA_CONTACTS):
        return "contacts a month"
    if measure in (Measure.OPEN_CASES, Measure.EXTRA_CASES):
        return "open cases"
    return "full posts" if measure.endswith("posts") else "hours a month"
