"""Forecasts of counts with intervals as wide as past errors were."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from concerted.maths.arrays import Floats, Whole
from concerted.maths.demand.level import MEMORIES, Way, follow, learn
from concerted.maths.demand.negative_binomial import probability_up_to, quantile
from concerted.maths.demand.season import Season, season_of

#: The interval whose width is measured, and the most errors it is measured on.
SHARE, MEASURED_ON = 0.8, 20_000
#: Fewer past errors than this are not enough to measure a width; a tenth either way is then added to how counts vary.
FEWEST, UNMEASURED = 8, 0.1**2
_NARROWEST, _WIDEST = 1e-7, 4.0


class CountsRefused(ValueError):
    """The counts cannot be read; the message says where, and what to do."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Counts to come. `mean` and `dispersion` have the shape (places, steps ahead): a count is negative binomial with
    variance `mean + dispersion * mean**2`. `growth` is a year's, as a share.
    """

    mean: Floats
    dispersion: Floats
    growth: float

    @property
    def variance(self) -> Floats:
        """Of the counts to come: never less than Poisson's."""
        return self.mean + self.dispersion * self.mean**2

    def quantile(self, share: float) -> Whole:
        """The smallest whole count that is not passed with probability `share`."""
        return quantile(share, self.mean, self.dispersion)

    def interval(self, share: float = SHARE) -> tuple[Whole, Whole]:
        """Lowest and highest count of the middle `share`: as much is left below as above."""
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)


def forecast(counts: ArrayLike, *, ahead: int, cycle: int, per_year: int) -> Forecast:
    """The next `ahead` steps of counts of shape (places, steps), or of one place.

    `cycle`: steps after which the season comes again (12 for months, 7 for days, 1 where there is none); `per_year`:
    steps in a year. A step without data is nan, not zero. Level, season and growth as in `level` and `season`; the
    level is the geometric mean of the followed one and of a slower one, since a mean of two beats either. Intervals
    are negative binomial, widened until the middle 80 % holds 80 % of this history's own errors at each distance.

    >>> ahead = forecast(np.tile([8.0, 12.0], 20), ahead=2, cycle=2, per_year=2)
    >>> ahead.mean.round().tolist()
    [[8.0, 12.0]]
    """
    held = _checked(counts, ahead, cycle)
    steps = held.shape[1]
    season = season_of(held, cycle)
    factors = season.factors
    first = min(max(2, cycle if steps >= 3 * cycle else cycle // 2), steps - 1)
    way = learn(held, factors, per_year=per_year, first=first)
    slower = Way(float(MEMORIES[np.searchsorted(MEMORIES, (2 + way.memory) / 3)]), way.dispersion, way.growth)
    level = np.sqrt(follow(held, factors, way) * follow(held, factors, slower))
    distance = np.arange(1, ahead + 1)
    mean = level[:, -1:] * factors[:, (steps + distance - 1) % cycle] * np.exp(way.growth * distance)
    widths = _widths(held, season, level, way, first=first, ahead=ahead)
    return Forecast(mean, np.broadcast_to(widths, mean.shape), float(np.expm1(way.growth * per_year)))


def _checked(counts: ArrayLike, ahead: int, cycle: int) -> Floats:
    held = np.atleast_2d(np.asarray(counts, dtype=float))
    if ahead < 1 or cycle < 1:
        raise CountsRefused(f"Asked for {ahead} steps ahead with a cycle of {cycle}. Both are whole numbers from one.")
    wrong = np.argwhere(np.isinf(held) | (held < 0))
    if len(wrong):
        row, step = wrong[0].tolist()
        raise CountsRefused(f"Place {row + 1}, step {step + 1}: {held[row, step]} is no count. Give zero or more.")
    few = np.isfinite(held).sum(1) < 2
    if few.any():
        row = int(few.argmax())
        raise CountsRefused(f"Place {row + 1} has fewer than two counts. Leave it out, or forecast it with its region.")
    return held


def _widths(held: Floats, season: Season, level: Floats, way: Way, *, first: int, ahead: int) -> Floats:
    """Dispersion at each distance, from this history's own errors, on a line that does not fall with distance."""
    steps, cycle = held.shape[1], season.factors.shape[1]
    measured, weights = np.full(ahead, np.nan), np.zeros(ahead)
    for distance in range(1, ahead + 1):
        origin = np.arange(first - 1, steps - distance)
        target = origin + distance
        told = level[:, origin] * season.factors[:, target % cycle] * np.exp(way.growth * distance)
        known = np.isfinite(held[:, target])
        if known.sum() >= FEWEST:
            measured[distance - 1] = _dispersion(held[:, target][known], told[known])
            weights[distance - 1] = len(origin)
    found = np.isfinite(measured)
    if not found.any():
        return np.full(ahead, way.dispersion + UNMEASURED)
    return np.maximum(_line(measured, weights, found) * season.unseen, _NARROWEST)


def _line(measured: Floats, weights: Floats, found: NDArray[np.bool_]) -> Floats:
    distance = np.arange(1, len(measured) + 1)
    slope = 0.0
    if found.sum() > 1:
        slope = max(0.0, float(np.polyfit(distance[found], measured[found], 1, w=np.sqrt(np.sqrt(weights[found])))[0]))
    base = np.average(measured[found] - slope * distance[found], weights=weights[found])
    line: Floats = base + slope * distance
    return line


def _dispersion(counts: Floats, told: Floats) -> float:
    """The least dispersion with which the middle 80 % holds 80 % of these counts and of one more (as in split
    conformal prediction), where a count lies in it with the middle of its probability.
    """
    stride = -(-len(counts) // MEASURED_ON)
    counts, told = counts[::stride], np.maximum(told[::stride], 1e-9)

    def inside(dispersion: float) -> float:
        below, reached = (probability_up_to(counts - less, told, dispersion) for less in (1, 0))
        middle = (below + reached) / 2
        return float((np.abs(middle - 0.5) < SHARE / 2).mean())

    asked = min(1.0, SHARE * (1 + 1 / len(counts)))
    low, high = np.log(_NARROWEST), np.log(_WIDEST)
    if inside(_NARROWEST) >= asked:
        return _NARROWEST
    for _halving in range(12):
        between = (low + high) / 2
        low, high = (low, between) if inside(float(np.exp(between))) >= asked else (between, high)
    return float(np.exp(high))
