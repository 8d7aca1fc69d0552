"""What an initiative does to demand: how much, how surely, from when, and for how long."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from concerted.maths.arrays import Floats
from concerted.maths.figures import OutOfRange
from concerted.maths.said import said

#: Half the width of a 95 % interval, in standard deviations.
_WIDE = float(ndtri(0.975))


class EffectRefused(OutOfRange):
    """An effect that cannot be planned with; the message says what is missing."""


@dataclass(frozen=True)
class Effect:
    """By how much demand is multiplied, with its 95 % interval; a lognormal, so that half and double are as far."""

    ratio: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.ratio <= self.high:
            raise EffectRefused(
                said(
                    "A ratio of %(ratio)s between %(low)s and %(high)s: give three numbers above zero, in order.",
                    ratio=self.ratio,
                    low=self.low,
                    high=self.high,
                )
            )

    @property
    def spread(self) -> float:
        """Standard deviation of the logarithm."""
        return float(np.log(self.high / self.low)) / (2 * _WIDE)

    def quantile(self, share: ArrayLike) -> Floats:
        """The ratio that is not passed with probability `share`; shares drawn evenly from 0 to 1 give draws.

        >>> Effect(2.0, 1.0, 4.0).quantile([0.025, 0.5, 0.975]).round(6).tolist()
        [1.0, 2.0, 4.0]
        """
        quantiles: Floats = self.ratio * np.exp(self.spread * ndtri(np.asarray(share, dtype=float)))
        return quantiles

    def updated(self, seen: "Effect") -> "Effect":
        """What is believed once our own weeks have spoken: both on the log scale, each by how sure it is.

        >>> sure, unsure = Effect(2.0, 1.9, 2.1), Effect(8.0, 1.0, 64.0)
        >>> 1.9 < unsure.updated(sure).ratio < 2.1
        True
        """
        if not self.spread or not seen.spread:
            return self if not self.spread else seen
        weights = np.array([self.spread, seen.spread]) ** -2.0
        middle = float(np.average(np.log([self.ratio, seen.ratio]), weights=weights))
        reach = _WIDE * float(weights.sum()) ** -0.5
        return Effect(float(np.exp(middle)), float(np.exp(middle - reach)), float(np.exp(middle + reach)))


@dataclass(frozen=True)
class Course:
    """When an effect acts. Times are in one unit, such as weeks from the start of the plan.

    It begins at `start` and grows as `ramp` says over `ramp_length`: at once (`step`), evenly (`linear`), or towards
    the whole, 63 in 100 of it after `ramp_length` (`approach`). When support ends at `support_ends`, half of what is
    there is lost in every `half_life`; `None` where it stays.
    """

    start: float
    ramp: Literal["step", "linear", "approach"] = "step"
    ramp_length: float = 0.0
    support_ends: float | None = None
    half_life: float | None = None

    def __post_init__(self) -> None:
        if self.ramp != "step" and not self.ramp_length > 0:
            raise EffectRefused(said("A %(ramp)s ramp takes time. Give its length, or make it a step.", ramp=self.ramp))
        if self.half_life is not None and not self.half_life > 0:
            raise EffectRefused(
                said("A half-life of %(given)s is no time. Give one above zero, or none.", given=self.half_life)
            )
        if self.support_ends is not None and self.support_ends < self.start:
            raise EffectRefused(said("Support ends before the initiative starts. Correct one of the dates."))

    def share(self, times: ArrayLike) -> Floats:
        """How much of the effect is there at each time, from none to one.

        >>> Course(2, "linear", 4, support_ends=10, half_life=3).share([1, 2, 4, 6, 10, 13, 16]).tolist()
        [0.0, 0.0, 0.5, 1.0, 1.0, 0.5, 0.25]
        """
        asked = np.asarray(times, dtype=float)
        ends = np.inf if self.support_ends is None else self.support_ends
        grown = self._grown(np.minimum(asked, ends) - self.start)
        if self.half_life is None:
            return grown
        lost: Floats = grown * 0.5 ** (np.maximum(asked - ends, 0) / self.half_life)
        return lost

    def _grown(self, since: Floats) -> Floats:
        if self.ramp == "step":
            return np.where(since >= 0, 1.0, 0.0)
        passed = np.maximum(since, 0) / self.ramp_length
        return np.minimum(passed, 1) if self.ramp == "linear" else -np.expm1(-passed)


def multiplied(ratio: ArrayLike, share: ArrayLike) -> Floats:
    """What demand is multiplied by when `share` of an effect is there: the ratio acts on the log scale.

    Shapes broadcast: ratios of shape (draws, 1) and shares of shape (weeks,) give (draws, weeks).

    >>> multiplied([[4.0]], [0.0, 0.5, 1.0]).tolist()
    [[1.0, 2.0, 4.0]]
    """
    powered: Floats = np.asarray(ratio, dtype=float) ** np.asarray(share, dtype=float)
    return powered
