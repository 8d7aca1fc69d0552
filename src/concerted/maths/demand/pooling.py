"""Rates of small places, drawn to those like them: no case recorded in a village is not a village without violence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from concerted.maths.arrays import Floats, first_wrong
from concerted.maths.demand.negative_binomial import log_likelihood


class ExposureRefused(ValueError):
    """A population cannot be divided by; the message says which, and what to do."""


@dataclass(frozen=True, eq=False)
class Pooled:
    """Rates of places as gamma variables, in the unit of counts over exposure.

    `shape` and `scale` by place; `common` is the rate of a place nothing is known of, `weight` the exposure at which a
    place's own count weighs as much as everybody's.
    """

    shape: Floats
    scale: Floats
    common: float
    weight: float

    @property
    def rate(self) -> Floats:
        mean: Floats = self.shape * self.scale
        return mean

    def interval(self, share: float = 0.8) -> tuple[Floats, Floats]:
        """Where the rate itself lies with probability `share`; counts to come vary more (`forecast`)."""
        return self.scale * gammaincinv(self.shape, (1 - share) / 2), self.scale * gammaincinv(
            self.shape, (1 + share) / 2
        )


def pooled_rates(counts: ArrayLike, exposure: ArrayLike) -> Pooled:
    """Rates by place from counts and exposure (people, or people times years): empirical Bayes, gamma and Poisson.

    Counts are negative binomial around the common rate; how much places differ is what makes them most likely
    (Clayton and Kaldor 1987). Where places differ by chance alone, all have the common rate.

    >>> pooled_rates([0, 30, 300], [1000, 30_000, 300_000]).rate.round(5).tolist()
    [0.001, 0.001, 0.001]
    """
    seen, people = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(exposure, dtype=float))
    _refuse(seen, people)
    common = float(seen.sum() / people.sum())
    if common == 0:
        return Pooled(np.full(seen.shape, 0.5), 1 / (people + people.sum()), 0.0, float(people.sum()))
    expected = common * people

    shape = _likeliest_shape(seen, expected)
    weight = shape / common
    return Pooled(seen + shape, 1 / (people + weight), common, weight)


def _likeliest_shape(seen: Floats, expected: Floats) -> float:
    """The shape of the gamma variable around the expected counts, by a grid that narrows around its best."""
    low, high = np.log(1e-2), np.log(1e8)
    for _narrowing in range(4):
        grid = np.linspace(low, high, 41)
        shape = np.exp(grid)[:, None]
        told = log_likelihood(seen.ravel(), expected.ravel(), expected.ravel() + expected.ravel() ** 2 / shape).sum(1)
        best = int(told.argmax())
        low, high = grid[max(0, best - 1)], grid[min(len(grid) - 1, best + 1)]
    return float(np.exp(grid[best]))


def _refuse(seen: Floats, people: Floats) -> None:
    for name, held, above in (("a population", people, True), ("a count", seen, False)):
        if wrong := first_wrong(held, above=above):
            place = " ".join(str(part + 1) for part in wrong)
            raise ExposureRefused(f"Place {place} has {name} of {held[wrong]:g}. Correct it, or leave it out.")
