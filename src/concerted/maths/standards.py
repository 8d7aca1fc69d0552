"""Published service standards per population, each with its source: anchors to check a plan against, not targets."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .figures import Figures, above, at_least


@dataclass(frozen=True)
class Standard:
    """`amount` of `what` for every `per` of `of`."""

    what: str
    amount: float
    per: float
    of: str
    source: str

    def needed(self, count: ArrayLike) -> Figures:
        """How much of it `count` calls for; a place without its population is refused, not taken for none.

        >>> float(STANDARDS["marac_cases"].needed(150_000))
        600.0
        """
        return np.float64(1) * (self.amount * above(self.of, count) / self.per)


_SAFELIVES = "SafeLives, Reviewing your Marac data"
_COUNCIL = "Council of Europe, Combating violence against women: minimum standards for support services, 2008"

STANDARDS: dict[str, Standard] = {
    "marac_cases": Standard("cases a year", 40, 10_000, "adult women", _SAFELIVES),
    "advocates": Standard("posts of advocates", 1, 100, "referrals a year", _SAFELIVES),
    "administrators": Standard("posts of administrators", 1, 400, "cases a year", _SAFELIVES),
    "shelter_places": Standard("family places in shelters", 1, 10_000, "people", _COUNCIL),
    "rape_crisis_centres": Standard("rape crisis centres", 1, 200_000, "women", _COUNCIL),
    "assault_centres": Standard("sexual assault centres", 1, 400_000, "women", _COUNCIL),
}


def cost_of_each(cost: ArrayLike, count: ArrayLike) -> Figures:
    """Money for one answered contact, case or place: `cost` over `count`, in the money of `cost`.

    >>> float(cost_of_each(300_000, 1200))
    250.0
    """
    return np.float64(1) * (at_least("cost", cost) / above("count", count))
