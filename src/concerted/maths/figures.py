"""Figures in and out of the planner's maths: numbers or arrays of them, checked once at the door."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: What a function gives back: a numpy number for numbers, an array for arrays.
Figures: TypeAlias = np.float64 | NDArray[np.float64]


class OutOfRange(ValueError):
    """A figure that cannot be meant; the message says which, where it stands and what would do."""


def at_least(name: str, value: ArrayLike, least: float = 0.0) -> NDArray[np.float64]:
    """`value` as floats, each finite and not below `least`.

    >>> at_least("load", [0.5, 2])
    array([0.5, 2. ])
    >>> at_least("load", [0.5, -2])
    Traceback (most recent call last):
    concerted.maths.figures.OutOfRange: load: -2 at place 2 is below 0. Give a number of 0 or more.
    """
    given = _numbers(name, value)
    _refuse(name, given, given < least, f"is below {least:g}. Give a number of {least:g} or more.")
    return given


def above(name: str, value: ArrayLike, bound: float = 0.0) -> NDArray[np.float64]:
    """`value` as floats, each finite and above `bound`."""
    given = _numbers(name, value)
    _refuse(name, given, given <= bound, f"is not above {bound:g}. Give a number above {bound:g}.")
    return given


def whole(name: str, value: ArrayLike, least: int = 0) -> NDArray[np.float64]:
    """`value` as floats that are whole numbers, each not below `least`."""
    given = at_least(name, value, least)
    _refuse(name, given, given != np.floor(given), "is not a whole number. Round it up first.")
    return given


def share(name: str, value: ArrayLike, *, may_be_one: bool = False) -> NDArray[np.float64]:
    """`value` as floats from 0 to below 1, or to 1 itself where that can be meant."""
    given = at_least(name, value)
    too_much = given > 1 if may_be_one else given >= 1
    most = "1 (100 %) or less" if may_be_one else "less than 1 (100 %)"
    _refuse(name, given, too_much, f"cannot be met. Give a share of {most}.")
    return given


def _numbers(name: str, value: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(value, dtype=np.float64)
    _refuse(name, given, ~np.isfinite(given), "is not a number to reckon with. Give a finite number.")
    return given


def _refuse(name: str, given: NDArray[np.float64], wrong: NDArray[np.bool_], why: str) -> None:
    if not np.any(wrong):
        return
    first = int(np.flatnonzero(wrong)[0])
    place = f" at place {first + 1}" if given.ndim else ""
    raise OutOfRange(f"{name}: {given.flat[first]:.12g}{place} {why}")
