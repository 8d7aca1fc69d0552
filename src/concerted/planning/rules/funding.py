"""Whether promised funds cover what an authority needs, told three likely sums of need. numpy comes with a call.

Pure: no Django, no clock, no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

#: In how many of a hundred likely cases funds have to suffice.
ENOUGH = 0.8
#: Likely cases that are looked at: evenly spaced, not drawn, so that the same sums give the same answer.
CASES = 1000
#: Which shares of all cases the low, middle and high sum stand for.
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Need:
    """What an authority is promised and needs, in one currency and year."""

    funds: float
    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Funding:
    """One authority: in how many of a hundred cases funds suffice, which sum suffices in ENOUGH of them, what is
    missing to it or left over, and what it receives (above 0) or gives (below) in the smallest transfer.
    """

    chance: float
    needed: float
    short: float
    spare: float
    receives: float


@dataclass(frozen=True)
class Funded:
    """All authorities. `first_short`: the one whose funds suffice least often. `added`: money that has to come from
    outside, once all that can be spared is moved.
    """

    lines: tuple[Funding, ...]
    first_short: int | None
    added: float


def likely(need: Need) -> list[float]:
    """CASES likely sums of need, rising: lognormal below and above the middle, through the three sums that were told.

    >>> sums = likely(Need(0, 60, 100, 150))
    >>> round(sums[99]), round(sums[499]), round(sums[899])
    (60, 100, 150)
    """
    normal, high = NormalDist(), NormalDist().inv_cdf(HIGH)
    below, above = log(need.mid / need.low) / high, log(need.high / need.mid) / high
    steps = (normal.inv_cdf((case + 0.5) / CASES) for case in range(CASES))
    return [need.mid * exp(step * (above if step > 0 else below)) for step in steps]


def funded(needs: Sequence[Need]) -> Funded:
    """Compare funds with need, authority by authority.

    >>> found = funded([Need(130, 60, 100, 150), Need(80, 60, 100, 150)])
    >>> [round(line.chance) for line in found.lines], found.first_short
    ([80, 29], 1)
    """
    from concerted.maths.portfolio import cover

    found = cover([likely(need) for need in needs], [need.funds for need in needs], share=ENOUGH)
    columns = zip(found.chance * 100, found.needed, found.short, found.spare, found.moves, strict=True)
    lines = tuple(Funding(*map(float, one)) for one in columns)
    return Funded(lines, found.first_short, found.added)
