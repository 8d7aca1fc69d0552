"""Whole hundredths, in which every planned figure is kept: whatever is added up adds up to the last one."""

from collections.abc import Callable
from typing import Any

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.maths.figures import OutOfRange
from concerted.maths.said import Figure, Said, said

STEP = 100
#: What may turn out lower, or higher, in one of ten draws.
LOW, HIGH = 0.1, 0.9


class TooMuch(OutOfRange):
    """More than there can be of anything planned here; the message says of what."""


def refuse_too_much(values: Floats | float, most: float, told: Callable[..., Said], service: str) -> None:
    """A slip of the finger must not fill the memory: refuses what is above `most`, in the words of `told`."""
    highest = float(np.max(values, initial=0.0))
    if not highest <= most:
        raise TooMuch(told(service=service, given=Figure(highest, ".3g"), most=Figure(most, ",.0f")))


def too_many_open(**values: Any) -> Said:
    """Of cases that are open at once."""
    return said(
        "%(service)s, open cases: %(given)s is more than %(most)s. Correct the value that makes it so large.",
        **values,
    )


def too_many_contacts(**values: Any) -> Said:
    """Of contacts that are answered at once."""
    return said(
        "%(service)s, contacts a month: %(given)s is more than %(most)s. Correct the value that makes it so large.",
        **values,
    )


def too_many_posts(**values: Any) -> Said:
    """Of people who work in one team."""
    return said(
        "%(service)s, posts: %(given)s is more than %(most)s. Correct the value that makes it so large.",
        **values,
    )


def too_much_money(**values: Any) -> Said:
    """Of what one cost comes to in a month."""
    return said(
        "%(service)s, costs: %(given)s in a month is more than the %(most)s that can be added up. Correct the value "
        "that makes it so large, or write all money in thousands.",
        **values,
    )


def too_many_referred(**values: Any) -> Said:
    """Of all that reaches a service."""
    return said(
        "%(service)s, contacts and referrals a month: %(given)s is more than %(most)s. "
        "Correct the value that makes it so large.",
        **values,
    )


def hundredths(values: Floats) -> Whole:
    """Rounded to whole hundredths, kept as integers: sums of them do not depend on their order.

    >>> hundredths(np.array([0.125, 2.0])).tolist()
    [12, 200]
    """
    scaled = np.asarray(values * STEP)
    whole: Whole = np.rint(scaled, out=scaled).astype(np.int64)
    return whole


def low_and_high(drawn: Whole) -> Whole:
    """What nine, and one, of ten draws pass, of draws along the last axis; of shape (2, ...). Always one of the draws.

    >>> low_and_high(np.arange(1, 11)).tolist()
    [1, 9]
    """
    return of_ten(in_order(drawn))


def in_order(drawn: Whole) -> np.ndarray:
    """Draws along the last axis in ascending order: side by side, in half the width where they fit, which is as exact
    and takes a fraction of the time.
    """
    narrow = max(abs(int(drawn.min(initial=0))), int(drawn.max(initial=0))) <= np.iinfo(np.int32).max
    made = np.array(drawn, dtype=np.int32 if narrow else np.int64, order="C")
    made.sort(axis=-1)
    return made


def of_ten(ordered: np.ndarray) -> Whole:
    """The same of draws in ascending order."""
    count = ordered.shape[-1]
    places = [max(0, int(np.ceil(share * count - 1e-9)) - 1) for share in (LOW, HIGH)]
    return np.stack([ordered[..., place].astype(np.int64) for place in places])
