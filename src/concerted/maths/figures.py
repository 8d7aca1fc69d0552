"""Figures in and out of the planner's maths: numbers or arrays of them, checked once at the door."""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .said import Figure, Said, said

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
    if (wrong := given < least).any():
        raise OutOfRange(
            said(
                "%(name)s: %(given)s is below %(bound)s. Give a number of %(bound)s or more.",
                name=name,
                given=_first(given, wrong),
                bound=Figure(least, "g"),
            )
        )
    return given


def above(name: str, value: ArrayLike, bound: float = 0.0) -> NDArray[np.float64]:
    """`value` as floats, each finite and above `bound`."""
    given = _numbers(name, value)
    if (wrong := given <= bound).any():
        raise OutOfRange(
            said(
                "%(name)s: %(given)s is not above %(bound)s. Give a number above %(bound)s.",
                name=name,
                given=_first(given, wrong),
                bound=Figure(bound, "g"),
            )
        )
    return given


def whole(name: str, value: ArrayLike, least: int = 0) -> NDArray[np.float64]:
    """`value` as floats that are whole numbers, each not below `least`."""
    given = at_least(name, value, least)
    if (wrong := given != np.floor(given)).any():
        raise OutOfRange(
            said(
                "%(name)s: %(given)s is not a whole number. Round it up first.",
                name=name,
                given=_first(given, wrong),
            )
        )
    return given


def share(name: str, value: ArrayLike, *, may_be_one: bool = False) -> NDArray[np.float64]:
    """`value` as floats from 0 to below 1, or to 1 itself where that can be meant."""
    given = at_least(name, value)
    if (wrong := given > 1 if may_be_one else given >= 1).any():
        raise OutOfRange(_above_all(name, _first(given, wrong), may_be_one))
    return given


def _above_all(name: str, given: Figure | Said, may_be_one: bool) -> Said:
    if may_be_one:
        return said(
            "%(name)s: %(given)s cannot be met. Give a share of 1 (100 %%) or less.",
            name=name,
            given=given,
        )
    return said(
        "%(name)s: %(given)s cannot be met. Give a share of less than 1 (100 %%).",
        name=name,
        given=given,
    )


def _numbers(name: str, value: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(value, dtype=np.float64)
    if (wrong := ~np.isfinite(given)).any():
        raise OutOfRange(
            said(
                "%(name)s: %(given)s is not a number to reckon with. Give a finite number.",
                name=name,
                given=_first(given, wrong),
            )
        )
    return given


def _first(given: NDArray[np.float64], wrong: NDArray[np.bool_]) -> Figure | Said:
    """The first that is wrong, and where it stands among others."""
    first = int(np.flatnonzero(wrong)[0])
    figure = Figure(float(given.flat[first]), ".12g")
    return said("%(given)s at place %(number)s", given=figure, number=Figure(first + 1)) if given.ndim else figure
