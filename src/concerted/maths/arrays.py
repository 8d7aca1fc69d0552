"""What the arrays of the maths have in common: their types, and the check that their numbers can be meant."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]


def first_wrong(values: Floats | Whole, *, above: bool = False) -> tuple[int, ...] | None:
    """Where the first value stands that is missing, endless or below zero; with `above`, zero is wrong as well.

    >>> first_wrong(np.array([[1.0, 0.0], [np.nan, -1.0]]))
    (1, 0)
    >>> first_wrong(np.array([1, 0]), above=True)
    (1,)
    >>> first_wrong(np.array([1, 0])) is None
    True
    """
    held = np.atleast_1d(values)
    fine = np.isfinite(held) & ((held > 0) if above else (held >= 0))
    if fine.all():
        return None
    return tuple(np.argwhere(~fine)[0].tolist())
