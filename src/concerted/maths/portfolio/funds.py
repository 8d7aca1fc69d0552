"""Whether promised funds cover what is needed, authority by authority, and the least that has to move."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, first_wrong
from concerted.maths.figures import OutOfRange
from concerted.maths.said import Figure, said


class FundsRefused(OutOfRange):
    """Funds and needs cannot be compared; the message says why."""


@dataclass(frozen=True, eq=False)
class Cover:
    """`chance`: in what share of the draws funds suffice, by authority. `needed`: what suffices in the share asked for.
    `short`, `spare`: what is missing to it, or left over.
    """

    chance: Floats
    needed: Floats
    short: Floats
    spare: Floats

    @property
    def first_short(self) -> int | None:
        """The authority whose funds suffice least often, of equals whoever lacks most; None where none lacks."""
        if not self.short.any():
            return None
        return int(np.lexsort((-self.short, self.chance))[0])

    @property
    def added(self) -> float:
        """The least money from outside with which every authority is covered, once others give what they can spare."""
        return max(0.0, float(self.short.sum() - self.spare.sum()))

    @property
    def moves(self) -> Floats:
        """The smallest transfer that covers everybody: what each receives, below zero what it gives. Whoever can spare
        gives in proportion to what she can; sums to `added`.
        """
        wanted, held = float(self.short.sum()), float(self.spare.sum())
        given: Floats = self.short - self.spare * (min(wanted, held) / held if held else 0.0)
        return given


def cover(needs: ArrayLike, funds: ArrayLike, *, share: float = 0.8) -> Cover:
    """Compare needs of shape (authorities, draws) with the funds of each authority, in one currency and year.

    An authority is covered when funds suffice in `share` of the draws. Asked of each by itself: that all are at once in
    the same draw is rarer.

    >>> found = cover([[4, 5, 6, 7, 8], [1, 1, 1, 2, 9]], [6, 9])
    >>> found.chance.tolist(), found.short.tolist(), found.moves.tolist()
    ([0.6, 1.0], [1.0, 0.0], [1.0, -1.0])
    """
    asked, held = np.asarray(needs, dtype=float), np.asarray(funds, dtype=float)
    if not 0 < share <= 1:
        raise FundsRefused(
            said("A share of %(share)s: give one above none, up to all of the draws.", share=Figure(share, "g"))
        )
    if asked.ndim != 2 or asked.shape[1] < 1 or held.shape != asked.shape[:1]:
        raise FundsRefused(
            said(
                "Needs have the shape %(needs)s, funds %(funds)s. Give one sum for each authority.",
                needs=str(asked.shape),
                funds=str(held.shape),
            )
        )
    for name, values in (("needs", asked), ("funds", held)):
        if wrong := first_wrong(values):
            raise FundsRefused(
                said(
                    "Authority %(number)s: %(name)s has a value missing or below zero. Correct it.",
                    number=Figure(wrong[0] + 1),
                    name=name,
                )
            )
    enough = np.quantile(asked, share, axis=1, method="inverted_cdf")
    return Cover(
        (asked <= held[:, None]).mean(axis=1), enough, np.maximum(enough - held, 0), np.maximum(held - enough, 0)
    )
