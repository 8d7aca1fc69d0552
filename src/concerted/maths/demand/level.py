"""The level of counts, followed step by step, and how well a way of following it told the next count.

The level of a place is a gamma variable that loses a share of what is known about it with every step (the
Poisson-gamma steady model of Harvey and Fernandes 1989), so the next count is negative binomial in closed form and
zeros are ordinary. Counts that vary beyond Poisson weigh less.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from concerted.maths.arrays import Floats
from concerted.maths.demand.negative_binomial import log_likelihood

#: What is kept of what is known, a step; how much a count varies beyond Poisson, as a share of its mean squared.
MEMORIES = np.array([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.96, 0.98, 0.99, 1.0])
DISPERSIONS = np.array([0, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.03, 0.06, 0.12, 0.25])
#: Growth a year that is looked for, on the log scale, and how far from none it is believed to be.
GROWTHS, GROWTH_SPREAD = np.linspace(-0.2, 0.2, 41), 0.03
#: Ways of following are compared on so many places at most, taken evenly.
LEARNED_ON = 200


@dataclass(frozen=True)
class Way:
    """A way of following the level: what is kept a step, the dispersion of counts, and growth a step (log scale)."""

    memory: float
    dispersion: float
    growth: float = 0.0


def follow(counts: Floats, season: Floats, way: Way) -> Floats:
    """The level after each step, without its season; shape (places, steps)."""
    ways = (np.array([value]) for value in (way.memory, way.dispersion, way.growth))
    levels = [level[0] for level, _told in _steps(counts, season, *ways)]
    return np.array(levels).T


def learn(counts: Floats, season: Floats, *, per_year: int, first: int) -> Way:
    """The way that made the counts after step `first` most likely, each told one step ahead; growth is then drawn to
    none by a normal prior of 3 in 100 a year. All places share it, because a small place alone cannot tell.
    """
    stride = -(-len(counts) // LEARNED_ON)
    counts, season = counts[::stride], season[::stride]
    memories, dispersions = (grid.ravel() for grid in np.meshgrid(MEMORIES, DISPERSIONS, indexing="ij"))

    def told(memory: Floats, dispersion: Floats, growth: Floats) -> Floats:
        steps = _steps(counts, season, memory, dispersion, growth)
        return np.sum([likelihood for step, (_level, likelihood) in enumerate(steps) if step >= first], axis=0)

    best = int(told(memories, dispersions, np.zeros(len(memories))).argmax())
    memory, dispersion = float(memories[best]), float(dispersions[best])
    same = np.ones(len(GROWTHS))
    likely = told(same * memory, same * dispersion, GROWTHS / per_year) - (GROWTHS / GROWTH_SPREAD) ** 2 / 2
    return Way(memory, dispersion, float(GROWTHS[likely.argmax()]) / per_year)


def _steps(
    counts: Floats, season: Floats, memory: Floats, dispersion: Floats, growth: Floats
) -> Iterator[tuple[Floats, Floats]]:
    """For each step, levels of shape (ways, places), and the log likelihood of its counts told the step before."""
    (places, steps), cycle, ways = counts.shape, season.shape[1], len(memory)
    kept, beyond, grown = memory[:, None], dispersion[:, None], np.exp(growth)[:, None]
    shape = np.ones((ways, places))
    rate = np.broadcast_to(1 / _start(counts, season), (ways, places))
    for step in range(steps):
        shape, rate = shape * kept, rate * kept / grown
        factor, count = season[:, step % cycle], counts[:, step]
        known = np.isfinite(count)
        count = np.where(known, count, 0)
        mean = factor * shape / rate
        variance = mean * (1 + beyond * mean) + mean**2 / shape
        told = np.where(known, log_likelihood(count, mean, variance), 0).sum(1)
        weight = np.where(known, 1 / (1 + beyond * mean), 0)
        shape, rate = np.maximum(shape + count * weight, 0.05), rate + factor * weight
        yield shape / rate, told


def _start(counts: Floats, season: Floats) -> Floats:
    """A first guess of the level: the mean of the first cycle, never quite zero."""
    steps = min(counts.shape[1], season.shape[1], 12)
    early = counts[:, :steps] / season[:, np.arange(steps) % season.shape[1]]
    known = np.isfinite(early)
    total, number = np.where(known, early, 0).sum(1), known.sum(1)
    overall = total.sum() / max(1, number.sum())
    return np.where(number > 0, total / np.maximum(number, 1), overall) + 0.05
