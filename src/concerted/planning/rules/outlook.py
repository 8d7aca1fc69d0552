"""What is to come by what was counted: months ahead with their range, and the line of what is filled.

Pure. The arrays are brought by whoever asks for months ahead: pages that only show what is over its line need none.
"""

from collections import defaultdict
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
    return all_months_ahead([counted], [first], ahead)[0]


def all_months_ahead(
    many: Sequence[Counted], firsts: Sequence[date], ahead: int = AHEAD
) -> tuple[tuple[Ahead, ...], ...]:
    """For each of many histories what `months_ahead` says of it, the same numbers many times faster."""
    found: list[tuple[Ahead, ...]] = [()] * len(many)
    alike: dict[int, list[int]] = defaultdict(list)
    for row, counted in enumerate(many):
        if sum(one is not None for one in counted) >= LEAST:
            alike[len(counted)].append(row)
    for length, rows in alike.items():
        ends = _ends([many[row] for row in rows], length, ahead)
        for row, told in zip(rows, ends, strict=True):
            months = (add_months(firsts[row], length + n) for n in range(ahead))
            found[row] = tuple(Ahead(month, *one) for month, one in zip(months, told, strict=True))
    return tuple(found)


def _ends(many: Sequence[Counted], length: int, ahead: int) -> list[list[tuple[float, float, float]]]:
    """Low, middle and high of each month ahead, for histories of one length."""
    from concerted.maths.demand import forecast

    # As many years as hold the longest history: a season needs two, and one is borrowed from nowhere.
    cycle = _CYCLE if length >= 2 * _CYCLE else 1
    told = forecast([_plain(counted) for counted in many], ahead=ahead, cycle=cycle, per_year=12, alone=True)
    low, high = told.interval()
    rows = zip(low.tolist(), told.mean.tolist(), high.tolist(), strict=True)
    return [[(float(a), b, float(c)) for a, b, c in zip(*row, strict=True)] for row in rows]


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


class Beside(StrEnum):
    """How what was counted stands to the range of a plan."""

    WITHIN = "within"
    ABOVE = "above"
    BELOW = "below"
    MISSING = "missing"


def beside(low: float, high: float, counted: float | None) -> Beside:
    """Where a count falls beside a plan's range.

    >>> beside(10, 20, 21).value
    'above'
    """
    if counted is None:
        return Beside.MISSING
    if counted > high:
        return Beside.ABOVE
    return Beside.BELOW if counted < low else Beside.WITHIN
