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
    """A way of following the level: what is kept a step, the dispersion of counts, and growth a step (log scale). Each
    is one number that all places share, or one a place.
    """

    memory: Floats | float
    dispersion: Floats | float
    growth: Floats | float = 0.0


def follow(counts: Floats, season: Floats, way: Way, *, alone: bool = False) -> Floats:
    """The level after each step, without its season; shape (places, steps). `alone` as in `learn`."""
    memory, dispersion, growth = (np.atleast_1d(one)[None, :] for one in (way.memory, way.dispersion, way.growth))
    start, steps = _start(counts, season, alone), counts.shape[1]
    levels = [level[0] for level, _told in _steps(counts, season, memory, dispersion, growth, start, steps)]
    return np.array(levels).T


def learn(counts: Floats, season: Floats, *, per_year: int, first: int, alone: bool = False) -> Way:
    """The way that made the counts after step `first` most likely, each told one step ahead; growth is then drawn to
    none by a normal prior of 3 in 100 a year. All places share it, because a small place alone cannot tell. With
    `alone` each place has its own, the one it would have if it were asked for by itself.
    """
    if not alone:
        stride = -(-len(counts) // LEARNED_ON)
        counts, season = counts[::stride], season[::stride]
    start = _start(counts, season, alone)
    memories, dispersions = (grid.ravel() for grid in np.meshgrid(MEMORIES, DISPERSIONS, indexing="ij"))

    def told(memory: Floats, dispersion: Floats, growth: Floats) -> Floats:
        steps = _steps(counts, season, memory, dispersion, growth, start, first)
        likely = np.zeros(())
        for _level, one in steps:
            if one is not None:
                likely = likely + (one if alone else one.sum(1, keepdims=True))
        return likely

    best = told(memories[:, None], dispersions[:, None], np.zeros((len(memories), 1))).argmax(0)
    memory, dispersion = memories[best], dispersions[best]
    likely = told(memory[None, :], dispersion[None, :], GROWTHS[:, None] / per_year)
    growth = GROWTHS[(likely - (GROWTHS[:, None] / GROWTH_SPREAD) ** 2 / 2).argmax(0)] / per_year
    return Way(memory, dispersion, growth) if alone else Way(float(memory[0]), float(dispersion[0]), float(growth[0]))


def _steps(
    counts: Floats, season: Floats, memory: Floats, dispersion: Floats, growth: Floats, start: Floats, first: int
) -> Iterator[tuple[Floats, Floats | None]]:
    """For each step, levels of shape (ways, places); from the step `first` on also the log likelihood of each count,
    told the step before. What is given of a way has the shape (ways, 1) or (ways, places).
    """
    steps, cycle = counts.shape[1], season.shape[1]
    grown = np.exp(growth)
    shape, rate = np.ones(()), 1 / start
    for step in range(steps):
        shape, rate = shape * memory, rate * memory / grown
        factor, count = season[:, step % cycle], counts[:, step]
        known = np.isfinite(count)
        count = np.where(known, count, 0)
        mean = factor * shape / rate
        told = None
        if step >= first:
            variance = mean * (1 + dispersion * mean) + mean**2 / shape
            told = np.where(known, log_likelihood(count, mean, variance), 0)
        weight = np.where(known, 1 / (1 + dispersion * mean), 0)
        shape, rate = np.maximum(shape + count * weight, 0.05), rate + factor * weight
        yield shape / rate, told


def _start(counts: Floats, season: Floats, alone: bool = False) -> Floats:
    """A first guess of the level: the mean of the first cycle, never quite zero. A place that has none in it takes the
    mean of all, or, `alone`, nothing.
    """
    steps = min(counts.shape[1], season.shape[1], 12)
    early = counts[:, :steps] / season[:, np.arange(steps) % season.shape[1]]
    known = np.isfinite(early)
    total, number = np.where(known, early, 0).sum(1), known.sum(1)
    overall = 0.0 if alone else total.sum() / max(1, number.sum())
    return np.where(number > 0, total / np.maximum(number, 1), overall) + 0.05
