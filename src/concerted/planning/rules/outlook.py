"""What is to come by what was counted: months ahead with their range, the line of what is filled, and waits that rise.

Pure. The arrays are brought by whoever asks for months ahead: pages that only show what is over its line need none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from concerted.maths.months import add_months

#: Months told ahead.
AHEAD = 6
#: Fewer months counted than these tell nothing of those to come.
LEAST = 12
#: Months looked back on to see whether the range held.
LOOKED_BACK = 6
_CYCLE = 12
#: Months in which a wait has to rise.
WAITED = 6
_LEAST_WAITED = 5
#: A trend that chance alone would give more often than so is none.
CHANCE = 0.05

Counted = Sequence[float | None]


@dataclass(frozen=True)
class Ahead:
    """A month to come: its middle, and the ends between which it falls in eight of ten cases."""

    month: date
    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Held:
    """Of months that are over, how many fell inside the range that was told the month before."""

    within: int
    of: int


def months_ahead(counted: Counted, first: date, ahead: int = AHEAD) -> tuple[Ahead, ...]:
    """The months after `counted`, which begins with the month `first`; None in it is a month without data.

    Empty where fewer than twelve months were counted.
    """
    if sum(one is not None for one in counted) < LEAST:
        return ()
    from concerted.maths.demand import forecast

    # As many years as hold the longest history: a season needs two, and one is borrowed from nowhere.
    told = forecast([_plain(counted)], ahead=ahead, cycle=_CYCLE if len(counted) >= 2 * _CYCLE else 1, per_year=12)
    low, high = told.interval()
    months = [add_months(first, len(counted) + n) for n in range(ahead)]
    return tuple(
        Ahead(month, float(low[0, n]), float(told.mean[0, n]), float(high[0, n])) for n, month in enumerate(months)
    )


def _plain(counted: Counted) -> list[float]:
    return [float("nan") if one is None else float(one) for one in counted]


def held(counted: Counted, first: date) -> Held:
    """Whether the range holds what comes: each of the last months as it would have been told the month before."""
    within = of = 0
    for back in range(1, LOOKED_BACK + 1):
        until, seen = len(counted) - back, counted[len(counted) - back] if len(counted) >= back else None
        told = months_ahead(counted[:until], first, 1) if seen is not None and until > 0 else ()
        if told and seen is not None:
            of += 1
            within += told[0].low <= seen <= told[0].high
    return Held(within, of)


class Crossing(StrEnum):
    """How what comes stands to what the filled posts carry."""

    OVER = "over"
    LIKELY = "likely"
    MAY = "may"
    UNDER = "under"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """What filled posts carry in a month. `each`: for one post, by `source`."""

    posts: int
    each: float
    source: str

    @property
    def carries(self) -> float:
        return self.posts * self.each


def crossing(newest: float | None, ahead: Sequence[Ahead], line: Line | None) -> tuple[Crossing, date | None]:
    """Whether more came than the line carries, or will, and from which month.

    >>> line = Line(4, 10, "the plan")
    >>> crossing(41, (), line)[0].value, crossing(40, (), line)[0].value
    ('over', 'under')
    """
    if line is None or newest is None:
        return Crossing.UNKNOWN, None
    if newest > line.carries:
        return Crossing.OVER, None
    for state, end in ((Crossing.LIKELY, "mid"), (Crossing.MAY, "high")):
        month = next((one.month for one in ahead if getattr(one, end) > line.carries), None)
        if month is not None:
            return state, month
    return Crossing.UNDER, None


class Trend(StrEnum):
    """How waits went in the last months."""

    RISING = "rising"
    STEADY = "steady"
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Wait:
    """Waits along one way: the trend, the newest mean, and by how many days a month it rises or falls."""

    trend: Trend
    newest: float | None
    a_month: float


def wait_of(counted: Counted) -> Wait:
    """Whether waits rise: Mann-Kendall's test over the last six months, and Theil-Sen's slope.

    No shape is assumed, one odd month decides nothing, and five months at least must be counted. The test is exact for
    few months (Kendall 1938); equal waits count neither way.

    >>> wait_of([9, 11, 12, 15, 19, 24]).trend.value, wait_of([9, 12, 9, 11, 10, 9]).trend.value
    ('rising', 'steady')
    """
    last = list(counted[-WAITED:])
    seen = [(n, one) for n, one in enumerate(last) if one is not None]
    newest = last[-1] if last else None
    if len(seen) < _LEAST_WAITED:
        return Wait(Trend.TOO_FEW, newest, 0.0)
    pairs = [(later - earlier, two - one) for at, (earlier, one) in enumerate(seen) for later, two in seen[at + 1 :]]
    rises = sum((step > 0) - (step < 0) for _months, step in pairs)
    slopes = sorted(step / months for months, step in pairs)
    middle = (slopes[(len(slopes) - 1) // 2] + slopes[len(slopes) // 2]) / 2
    rising = rises > 0 and _as_often_by_chance(len(seen), rises) <= CHANCE
    return Wait(Trend.RISING if rising else Trend.STEADY, newest, round(middle, 1))


def _as_often_by_chance(number: int, rises: int) -> float:
    """How often an order by chance rises as much or more: Kendall's S over all orders, counted one by one."""
    ways = {0: 1}
    for size in range(2, number + 1):
        grown: dict[int, int] = {}
        for fallen, many in ways.items():
            for more in range(size):
                grown[fallen + more] = grown.get(fallen + more, 0) + many
        ways = grown
    most = number * (number - 1) // 2
    reached = sum(many for fallen, many in ways.items() if most - 2 * fallen >= rises)
    return reached / sum(ways.values())


class Beside(StrEnum):
    """How what was counted stands to the range of a plan."""

    WITHIN = "within"
    ABOVE = "above"
    BELOW = "below"
    #: Not above it, and not every area counted: more came than is known.
    PARTIAL = "partial"
    MISSING = "missing"


def beside(low: float, high: float, counted: float | None, *, partial: bool = False) -> Beside:
    """Where a count falls beside a plan's range; `partial`: it is the sum of some areas only.

    >>> beside(10, 20, 21).value, beside(10, 20, 9).value, beside(10, 20, 9, partial=True).value
    ('above', 'below', 'partial')
    """
    if counted is None:
        return Beside.MISSING
    if counted > high:
        return Beside.ABOVE
    if partial:
        return Beside.PARTIAL
    return Beside.BELOW if counted < low else Beside.WITHIN
