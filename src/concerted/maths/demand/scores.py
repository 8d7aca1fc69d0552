"""How good a forecast was, in measures that do not break where a count is zero."""

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats
from concerted.maths.demand.forecast import Forecast
from concerted.maths.demand.negative_binomial import probability_up_to


class MeasureRefused(ValueError):
    """This measure has no value for these counts; the message names one that has."""


def wape(actual: ArrayLike, told: ArrayLike) -> float:
    """Sum of absolute errors over the sum of counts.

    >>> wape([10, 0, 20], [12, 1, 17])
    0.2
    """
    counts, means = np.asarray(actual, dtype=float), np.asarray(told, dtype=float)
    total = float(np.nansum(counts))
    if total <= 0:
        raise MeasureRefused("All counts are zero, so no share of them can be wrong. Use the mean absolute error.")
    return float(np.nansum(np.abs(counts - means))) / total


def mase(actual: ArrayLike, told: ArrayLike, history: ArrayLike, *, cycle: int) -> float:
    """Mean absolute error over that of "the same as one cycle ago" within the history (Hyndman and Koehler 2006).

    >>> mase([11], [10], [8, 10, 8, 12], cycle=2)
    1.0
    """
    past = np.asarray(history, dtype=float)
    scale = float(np.nanmean(np.abs(past[..., cycle:] - past[..., :-cycle])))
    if not scale > 0:
        raise MeasureRefused("Every cycle of the history is the same, so there is nothing to compare with. Use WAPE.")
    errors = np.abs(np.asarray(actual, dtype=float) - np.asarray(told, dtype=float))
    return float(np.nanmean(errors)) / scale


def mape(actual: ArrayLike, told: ArrayLike) -> float:
    """Mean error as a share of each count. Refused where a count is zero, as many are: it would be infinite."""
    counts = np.asarray(actual, dtype=float)
    if (counts == 0).any():
        raise MeasureRefused("A count is zero, so its share of error is infinite. Use WAPE or MASE.")
    return float(np.nanmean(np.abs(counts - np.asarray(told, dtype=float)) / counts))


def owa(smape: float, mase: float, *, benchmark: tuple[float, float]) -> float:
    """Overall weighted average: mean of sMAPE and MASE, each over the benchmark's (Makridakis et al. 2018, the M4
    competition). Below one is better than the benchmark. Both measures, for one alone may flatter.

    >>> round(owa(12.0, 1.5, benchmark=(15.0, 2.0)), 3)
    0.775
    """
    over_smape, over_mase = benchmark
    if not over_smape > 0 or not over_mase > 0:
        raise MeasureRefused("The benchmark makes no error, so nothing can be measured against it. Use WAPE.")
    return (smape / over_smape + mase / over_mase) / 2


def coverage(actual: ArrayLike, ahead: Forecast, share: float = 0.8) -> Floats:
    """How much of each count lies in the middle `share` of its forecast: one, none, or, on an edge, the part of its
    probability that does. Its mean should be `share`; whole intervals of small counts hold more than they promise.
    """
    counts = np.asarray(actual, dtype=float)
    lower, upper = (probability_up_to(counts - less, ahead.mean, ahead.dispersion) for less in (1, 0))
    low, high = (1 - share) / 2, (1 + share) / 2
    held = (np.minimum(upper, high) - np.maximum(lower, low)) / np.maximum(upper - lower, 1e-12)
    return np.clip(held, 0, 1)
