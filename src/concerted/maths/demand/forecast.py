"""Forecasts of counts with intervals as wide as past errors were."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from concerted.maths.arrays import Floats, Whole
from concerted.maths.demand.level import MEMORIES, Way, follow, learn
from concerted.maths.demand.negative_binomial import log_likelihood, probability_up_to, quantile
from concerted.maths.demand.season import Season, season_of
from concerted.maths.figures import OutOfRange
from concerted.maths.said import Figure, said

#: The interval whose width is measured, and the most errors it is measured on.
SHARE, MEASURED_ON = 0.8, 20_000
#: Fewer past errors than this are not enough to measure a width; a tenth either way is then added to how counts vary.
FEWEST, UNMEASURED = 8, 0.1**2
_NARROWEST, _WIDEST = 1e-7, 4.0
#: Divides nothing by nothing.
_SOME = 1e-12


class CountsRefused(OutOfRange):
    """The counts cannot be read; the message says where, and what to do."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Counts to come. `mean` and `dispersion` have the shape (places, steps ahead): a count is negative binomial with
    variance `mean + dispersion * mean**2`. `growth` is a year's, as a share; one a place where each stands alone.
    """

    mean: Floats
    dispersion: Floats
    growth: Floats | float

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


def forecast(counts: ArrayLike, *, ahead: int, cycle: int, per_year: int, alone: bool = False) -> Forecast:
    """The next `ahead` steps of counts of shape (places, steps), or of one place.

    `cycle`: steps after which the season comes again (12 for months, 7 for days, 1 where there is none); `per_year`:
    steps in a year. A step without data is nan, not zero. Level, season and growth as in `level` and `season`; the
    level is the geometric mean of the followed one and of a slower one, since a mean of two beats either. Intervals
    are negative binomial, widened until the middle 80 % holds 80 % of this history's own errors at each distance.

    Places of one kind learn from each other. With `alone` each row is a history by itself, and its numbers are those
    of a call with that row only; many rows in one call are many times faster than a call for each.

    >>> ahead = forecast(np.tile([8.0, 12.0], 20), ahead=2, cycle=2, per_year=2)
    >>> ahead.mean.round().tolist()
    [[8.0, 12.0]]
    """
    held = _checked(counts, ahead, cycle)
    steps = held.shape[1]
    season = season_of(held, cycle, alone=alone)
    factors = season.factors
    first = min(max(2, cycle if steps >= 3 * cycle else cycle // 2), steps - 1)
    way = learn(held, factors, per_year=per_year, first=first, alone=alone)
    slower = Way(MEMORIES[np.searchsorted(MEMORIES, (2 + np.asarray(way.memory)) / 3)], way.dispersion, way.growth)
    level = np.sqrt(follow(held, factors, way, alone=alone) * follow(held, factors, slower, alone=alone))
    distance = np.arange(1, ahead + 1)
    grown = np.exp(np.atleast_1d(way.growth)[:, None] * distance)
    mean = level[:, -1:] * factors[:, (steps + distance - 1) % cycle] * grown
    widths = _widths(held, season, level, way, first=first, grown=grown, alone=alone)
    growth = np.expm1(np.asarray(way.growth) * per_year)
    return Forecast(mean, np.broadcast_to(widths, mean.shape), growth if alone else float(growth))


def _checked(counts: ArrayLike, ahead: int, cycle: int) -> Floats:
    held = np.atleast_2d(np.asarray(counts, dtype=float))
    if ahead < 1 or cycle < 1:
        raise CountsRefused(
            said(
                "Asked for %(ahead)s steps ahead with a cycle of %(cycle)s. Both are whole numbers from one.",
                ahead=Figure(ahead),
                cycle=Figure(cycle),
            )
        )
    wrong = np.argwhere(np.isinf(held) | (held < 0))
    if len(wrong):
        row, step = wrong[0].tolist()
        raise CountsRefused(
            said(
                "Place %(place)s, step %(step)s: %(given)s is no count. Give zero or more.",
                place=Figure(row + 1),
                step=Figure(step + 1),
                given=Figure(float(held[row, step])),
            )
        )
    few = np.isfinite(held).sum(1) < 2
    if few.any():
        row = int(few.argmax())
        raise CountsRefused(
            said(
                "Place %(place)s has fewer than two counts. Leave it out, or forecast it with its region.",
                place=Figure(row + 1),
            )
        )
    return held


def _widths(held: Floats, season: Season, level: Floats, way: Way, *, first: int, grown: Floats, alone: bool) -> Floats:
    """Dispersion at each distance, from this history's own errors, on a line that does not fall with distance; shape
    (1, ahead), or (places, ahead) where each place is a history by itself.
    """
    steps, cycle, ahead = held.shape[1], season.factors.shape[1], grown.shape[1]
    measured, weights = np.full((len(held) if alone else 1, ahead), np.nan), np.zeros(ahead)
    for distance in range(1, ahead + 1):
        origin = np.arange(first - 1, steps - distance)
        target = origin + distance
        told = level[:, origin] * season.factors[:, target % cycle] * grown[:, distance - 1 : distance]
        weights[distance - 1] = len(origin)
        come = held[:, target]
        known = np.isfinite(come)
        if not alone:
            come, told, known = come[known][None], told[known][None], np.ones((1, int(known.sum())), dtype=bool)
        many = known.sum(1) >= FEWEST
        measured[many, distance - 1] = _dispersions(come[many], told[many], known[many])
    unmeasured = np.atleast_1d(way.dispersion + UNMEASURED)[:, None]
    lines = np.maximum(_lines(measured, weights) * np.reshape(season.unseen, (-1, 1)), _NARROWEST)
    return np.where(np.isfinite(measured).any(axis=1, keepdims=True), lines, unmeasured)


def _lines(measured: Floats, weights: Floats) -> Floats:
    """A line by distance through what was measured, row by row, by least squares."""
    found = np.isfinite(measured)
    values = np.where(found, measured, 0)
    distance = np.arange(1.0, measured.shape[1] + 1)
    trusted = np.where(found, np.sqrt(weights), 0)
    whole = np.maximum(trusted.sum(axis=1, keepdims=True), _SOME)
    centred = distance - (trusted * distance).sum(axis=1, keepdims=True) / whole
    reach = (trusted * centred**2).sum(axis=1, keepdims=True)
    risen = (trusted * centred * values).sum(axis=1, keepdims=True)
    slope = np.where(reach > 0, np.maximum(0.0, risen / np.where(reach > 0, reach, 1)), 0.0)
    weight = np.where(found, weights, 0)
    base = (weight * (values - slope * distance)).sum(axis=1, keepdims=True)
    line: Floats = base / np.maximum(weight.sum(axis=1, keepdims=True), _SOME) + slope * distance
    return line


def _dispersions(counts: Floats, told: Floats, known: NDArray[np.bool_]) -> Floats:
    """For each row, the least dispersion with which the middle 80 % holds 80 % of its known counts and of one more (as
    in split conformal prediction), where a count lies in it with the middle of its probability.
    """
    stride = max(1, -(-counts.shape[1] // MEASURED_ON))
    known = known[:, ::stride]
    counts, told = np.where(known, counts[:, ::stride], 0), np.where(known, np.maximum(told[:, ::stride], 1e-9), 1.0)
    number = known.sum(axis=1)
    asked = np.minimum(1.0, SHARE * (1 + 1 / number))
    low, high = np.full(len(counts), np.log(_NARROWEST)), np.full(len(counts), np.log(_WIDEST))
    narrow = _inside(counts, told, known, np.full(len(counts), _NARROWEST)) / number >= asked
    wide = ~narrow
    for _halving in range(12 if wide.any() else 0):
        between = (low + high)[wide] / 2
        enough = _inside(counts[wide], told[wide], known[wide], np.exp(between)) / number[wide] >= asked[wide]
        low[wide], high[wide] = np.where(enough, low[wide], between), np.where(enough, between, high[wide])
    return np.where(narrow, _NARROWEST, np.exp(high))


def _inside(counts: Floats, told: Floats, known: NDArray[np.bool_], dispersion: Floats) -> Whole:
    """How many counts of each row lie in the middle of their probability."""
    at = np.exp(log_likelihood(counts, told, told + dispersion[:, None] * told**2))
    middle = probability_up_to(counts, told, dispersion[:, None]) - at / 2
    found: Whole = ((np.abs(middle - 0.5) < SHARE / 2) & known).sum(axis=1)
    return found
