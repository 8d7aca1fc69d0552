"""Territories and the nation told by different forecasts, brought to one sum."""

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, Whole, first_wrong
from concerted.maths.figures import OutOfRange
from concerted.maths.said import Figure, said


class SumRefused(OutOfRange):
    """The parts cannot be brought to this sum; the message says why, and what to do."""


def reconcile(places: ArrayLike, nation: ArrayLike, *, variance: ArrayLike, nation_variance: ArrayLike) -> Floats:
    """Forecasts of places, of shape (places, ...), moved so that they add up to one sum for the nation, their own.

    That sum lies between the sum of the places and the nation's own forecast, nearer to whichever is surer, and the
    difference is shared out by variance: whoever is least sure moves most (least squares with independent errors, as
    in Wickramasuriya, Athanasopoulos and Hyndman 2019). No place falls below zero.

    >>> moved = reconcile([10.0, 30.0], 50.0, variance=[1.0, 3.0], nation_variance=4.0)
    >>> moved.tolist(), float(moved.sum())
    ([11.25, 33.75], 45.0)
    """
    told, top = np.asarray(places, dtype=float), np.asarray(nation, dtype=float)
    spread = np.broadcast_to(np.asarray(variance, dtype=float), told.shape)
    top_spread = np.asarray(nation_variance, dtype=float)
    if any(first_wrong(values) for values in (told, spread, top, top_spread)):
        raise SumRefused(said("A forecast or a variance is missing or below zero. Give zero or more."))
    summed, whole = told.sum(axis=0), spread.sum(axis=0)
    known = whole + top_spread
    share = np.divide(spread, known, out=np.zeros_like(spread), where=known > 0)
    moved = told + share * (top - summed)
    if (moved >= 0).all():
        return moved
    target = np.maximum(moved.sum(axis=0), 0)
    kept = np.maximum(moved, 0)
    held = kept.sum(axis=0)
    scaled: Floats = kept * np.divide(target, held, out=np.zeros_like(held), where=held > 0)
    return scaled


def shared_out(total: int, weights: ArrayLike) -> Whole:
    """`total` in whole parts, as near to the weights as whole numbers can be (largest remainder): they add up to it.

    Equal remainders go to the earlier part, so the same question always has the same answer.

    >>> shared_out(10, [1, 1, 1]).tolist()
    [4, 3, 3]
    """
    parts = np.asarray(weights, dtype=float)
    if total < 0 or int(total) != total:
        raise SumRefused(
            said(
                "%(given)s cannot be shared out in whole parts. Give a whole number from zero.",
                given=Figure(total, "g"),
            )
        )
    if first_wrong(parts) or (total and not parts.sum() > 0):
        raise SumRefused(said("Weights are below zero, missing, or all zero. Give at least one above zero."))
    if not total:
        return np.zeros(len(parts), dtype=np.int64)
    exact = parts / parts.sum() * total
    whole = np.floor(exact).astype(np.int64)
    missing = int(total - whole.sum())
    for part in np.argsort(-(exact - whole), kind="stable")[:missing].tolist():
        whole[part] += 1
    return whole
