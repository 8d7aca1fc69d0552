"""Counts that vary more than Poisson: the negative binomial with a mean and a dispersion.

Its variance is `mean + dispersion * mean**2`. Written on special functions alone: the statistics module of SciPy
takes longer to load than a plan takes to work out.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, gammaln

from concerted.maths.arrays import Floats, Whole

_LEAST = 1e-9


def probability_up_to(count: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """The probability of at most `count`; none below zero. A dispersion near zero is Poisson.

    >>> probability_up_to([-1, 0, 4], 2.0, 1e-8).round(4).tolist()
    [0.0, 0.1353, 0.9473]
    """
    size = 1 / np.asarray(dispersion, dtype=float)
    upper = np.asarray(count, dtype=float) + 1
    below = betainc(size, np.maximum(upper, 1), size / (size + np.asarray(mean, dtype=float)))
    return np.where(upper > 0, below, 0.0)


def quantile(share: float, mean: Floats, dispersion: Floats) -> Whole:
    """The smallest count that is not passed with probability `share`, found by halving.

    >>> quantile(0.9, np.array([2.0, 2.0]), np.array([1e-8, 0.5])).tolist()
    [4, 5]
    """
    if not 0 < share < 1:
        raise ValueError(f"A share of {share}: give one between none and all.")
    low = np.full(mean.shape, -1, dtype=np.int64)
    high = np.ceil(mean + 4 * np.sqrt(mean + dispersion * mean**2) + 4).astype(np.int64)
    while (short := probability_up_to(high, mean, dispersion) < share).any():
        high = np.where(short, 2 * high, high)
    while (high - low > 1).any():
        middle = (low + high) // 2
        reached = probability_up_to(middle, mean, dispersion) >= share
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return high


def log_likelihood(count: Floats, mean: Floats, variance: Floats) -> Floats:
    """The logarithm of the probability of `count`; a variance at or below the mean is Poisson."""
    size = mean**2 / np.maximum(variance - mean, _LEAST)
    ways = gammaln(count + size) - gammaln(size) - gammaln(count + 1)
    told: Floats = ways + size * np.log(size / (size + mean)) + count * np.log(mean / (size + mean))
    return told
