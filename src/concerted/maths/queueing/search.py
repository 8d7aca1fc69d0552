"""Where a yes turns into a no, for whole arrays at once; exact because every target here is monotone."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..figures import Figures, OutOfRange
from ..said import said
from .density import Array

Truths: TypeAlias = NDArray[np.bool_]
Meets: TypeAlias = Callable[[Array], Truths]

#: Nobody staffs a service with more; a target that asks for it is a mistake of units.
MOST = 2.0**40


def smallest(least: Array, meets: Meets) -> Figures:
    """The smallest whole number from `least` up that `meets`: true for it and not for the one below.

    Doubles the step until the answer is passed, then halves: about 2 log2(answer - least) looks for a whole array.

    >>> int(smallest(np.array(3.0), lambda n: n * n >= 50))
    8
    """
    low, step = np.asarray(least, dtype=np.float64) - 1, np.ones(np.shape(least))
    high = low + step
    missed = ~meets(high)
    while missed.any():
        if step.max() > MOST:
            raise OutOfRange(said("No number of agents meets these targets. Ease a target, or check the unit of time."))
        low = np.where(missed, high, low)
        step = np.where(missed, 2 * step, step)
        high = np.where(missed, low + step, high)
        missed &= ~meets(high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        # Where high is low + 1 the middle is low, known to miss; asking about high instead changes nothing.
        middle = np.where(middle > low, middle, high)
        enough = meets(middle)
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.float64(1) * high


def largest(low: Array, high: Array, meets: Meets) -> Figures:
    """The largest number between `low` and `high` that `meets`, to the last bit; `low` is taken to meet it.

    >>> round(float(largest(np.array(0.0), np.array(10.0), lambda a: a * a <= 2)), 9)
    1.414213562
    """
    low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    while True:
        middle = low + (high - low) / 2
        if not ((middle > low) & (middle < high)).any():
            return np.float64(1) * low
        under = meets(middle)
        low, high = np.where(under, middle, low), np.where(under, high, middle)
