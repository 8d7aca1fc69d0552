"""What happens to those who wait, once it is known how often all agents are busy."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ..figures import Figures, OutOfRange, at_least
from ..said import Listed, said
from .density import Array, renewal

#: Four service levels are in use and differ. Of all who call in a unit of time,
#: - offered: those answered within the threshold, over all who call;
#: - answered: the same, over those who are answered at all;
#: - virtual: those who would be answered within the threshold if they never hung up, over all who call;
#: - net: those answered within the threshold, over all but those who hang up before it.
Definition = Literal["offered", "answered", "virtual", "net"]
DEFINITIONS: tuple[Definition, ...] = ("offered", "answered", "virtual", "net")


def check_definition(definition: str) -> None:
    """Raise `OutOfRange` for what is none of `DEFINITIONS`."""
    if definition not in DEFINITIONS:
        raise OutOfRange(
            said(
                "definition: %(given)s is not a service level. Use one of %(words)s.",
                given=repr(definition),
                words=Listed(DEFINITIONS),
            )
        )


class Steadfast:
    """A queue in which nobody hangs up; it needs more capacity than load. All figures are of the long run.

    `blocked` is how often all agents would be busy if there were no queue, `full_rate` how many calls all agents
    together end in a unit of time.
    """

    def __init__(self, arrival_rate: Array, full_rate: Array, blocked: Array) -> None:
        self._spare = full_rate - arrival_rate
        used = arrival_rate / np.where(full_rate > 0, full_rate, 1)
        #: Share of callers who wait at all (Erlang C).
        self.p_wait: Figures = np.float64(1) * (blocked / (1 - used * (1 - blocked)))
        with np.errstate(divide="ignore"):
            #: Mean wait over all callers; without end where there are no agents.
            self.mean_wait: Figures = self.p_wait / self._spare
        #: Share of callers who hang up: nobody.
        self.p_abandon: Figures = np.float64(0) * self.p_wait

    def service_level(self, threshold: ArrayLike, definition: Definition = "offered") -> Figures:
        """The share answered within `threshold`; the four definitions agree, since nobody hangs up."""
        check_definition(definition)
        return 1 - self.p_wait * np.exp(-self._spare * at_least("threshold", threshold))


class Impatient:
    """A queue whose callers hang up after an exponential time of mean `patience`; it answers at any load.

    The wait an endlessly patient caller would see has the density K exp(y (1 - e^-s) - x s), with s in units of
    patience, x = full_rate x patience and y = arrival_rate x patience: every tail is an incomplete gamma function.
    Source: Palm 1957; Mandelbaum and Zeltyn 2007.
    """

    def __init__(self, arrival_rate: Array, full_rate: Array, blocked: Array, patience: Array) -> None:
        self._patience = patience
        self._x, self._y = np.broadcast_arrays(full_rate * patience, arrival_rate * patience)
        self._inverse, self._leaves = renewal(self._x, self._y)
        #: Share of callers who wait at all, those who later hang up included.
        self.p_wait: Figures = np.float64(1) * (blocked / (blocked + (1 - blocked) * self._inverse))
        #: Share of callers who hang up before they are answered.
        self.p_abandon: Figures = self.p_wait * self._leaves
        #: Mean time in the queue over all callers, until the answer or until hanging up.
        self.mean_wait: Figures = self.p_abandon * patience

    def service_level(self, threshold: ArrayLike, definition: Definition = "offered") -> Figures:
        """The share answered within `threshold`, by one of four definitions that differ (`DEFINITIONS`)."""
        check_definition(definition)
        with np.errstate(over="ignore"):
            past = at_least("threshold", threshold) / self._patience
        over, leaves_later = self._longer_than(past)
        if definition == "virtual":
            return 1 - over
        # Who waits past the threshold starts afresh there, with the load that is left: answered late, or not at all.
        stays = over * np.exp(-past)
        in_time = np.maximum(1 - self.p_abandon - stays * (1 - leaves_later), 0)
        if definition == "answered":
            answered = 1 - self.p_abandon
            return np.minimum(np.where(answered > 0, in_time / np.where(answered > 0, answered, 1), 0), 1)
        if definition == "net":
            counted = in_time + stays
            return np.float64(1) * np.where(counted > 0, in_time / np.where(counted > 0, counted, 1), 1)
        return in_time

    def _longer_than(self, past: Array) -> tuple[Array, Array]:
        """The share that would wait longer than `past`, and which share of them hangs up after it."""
        x, y, past = np.broadcast_arrays(self._x, self._y, past)
        left = y * np.exp(-past)
        inverse, leaves = renewal(x, left)
        with np.errstate(all="ignore"):
            by_gamma = special.gammainc(x, left) / special.gammainc(x, y)
            by_ratio = np.exp(-y * np.expm1(-past) - x * past) * (self._inverse / inverse)
        tail = np.where(y >= x, by_gamma, by_ratio)
        return np.asarray(self.p_wait * np.where(x > 0, tail, 1)), leaves
