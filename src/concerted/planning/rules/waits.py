"""Whether waits along a way from one service to another rise. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Months in which a wait has to rise.
WAITED = 6
_LEAST_WAITED = 5
#: A trend that chance alone would give more often than so is none.
CHANCE = 0.05


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


def wait_of(counted: Sequence[float | None]) -> Wait:
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
