"""The fewest agents that meet a set of targets, for one load or an array of them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..figures import Figures, OutOfRange, above, at_least, share, whole
from ..said import said
from .again import rate_with_redials
from .density import Array
from .erlang import ErlangA, ErlangC
from .search import Truths, smallest
from .waiting import Definition, check_definition


@dataclass(frozen=True)
class Targets:
    """What a service promises; what is `None` is not promised. Every part is monotone in agents and in load."""

    service_level: Array | None
    threshold: Array | None
    max_abandon: Array | None
    max_occupancy: Array | None
    definition: Definition

    def met_by(self, queue: ErlangA | ErlangC) -> Truths:
        """Where all of them are kept."""
        kept = np.ones(np.shape(queue.p_wait), dtype=np.bool_)
        if self.service_level is not None and self.threshold is not None:
            kept = kept & (queue.service_level(self.threshold, self.definition) >= self.service_level)
        if self.max_abandon is not None:
            kept = kept & (queue.p_abandon <= self.max_abandon)
        if self.max_occupancy is not None:
            kept = kept & (queue.occupancy <= self.max_occupancy)
        return np.asarray(kept, dtype=np.bool_)


def targets(
    *,
    patience: ArrayLike | None,
    service_level: ArrayLike | None,
    threshold: ArrayLike | None,
    max_abandon: ArrayLike | None,
    max_occupancy: ArrayLike | None,
    definition: Definition,
) -> Targets:
    """Targets that can be met together, or a refusal that says what is missing."""
    check_definition(definition)
    if (service_level is None) != (threshold is None):
        raise OutOfRange(
            said("service_level and threshold go together: say which share is answered within which time.")
        )
    if max_abandon is not None and patience is None:
        raise OutOfRange(said("max_abandon needs patience: without it nobody hangs up."))
    if service_level is None and max_abandon is None and max_occupancy is None:
        raise OutOfRange(said("No target is given. Give service_level and threshold, max_abandon or max_occupancy."))
    return Targets(
        service_level=None if service_level is None else share("service_level", service_level),
        threshold=None if threshold is None else at_least("threshold", threshold),
        max_abandon=None if max_abandon is None else above("max_abandon", share("max_abandon", max_abandon)),
        max_occupancy=None
        if max_occupancy is None
        else above("max_occupancy", share("max_occupancy", max_occupancy, may_be_one=True)),
        definition=definition,
    )


def agents_needed(
    arrival_rate: ArrayLike,
    handle_time: ArrayLike,
    *,
    patience: ArrayLike | None = None,
    service_level: ArrayLike | None = None,
    threshold: ArrayLike | None = None,
    max_abandon: ArrayLike | None = None,
    max_occupancy: ArrayLike | None = None,
    at_least: ArrayLike = 0,
    definition: Definition = "offered",
    redial: ArrayLike = 0.0,
) -> Figures:
    """The smallest number of agents that keeps every target given, and not below `at_least`.

    With `patience` callers hang up (Erlang A); without, they do not (Erlang C), and the load is always carried. Where
    nobody calls, the answer is `at_least`. The number below the answer misses a target or the floor. With `redial`, the
    share of those who hang up that tries again, `arrival_rate` counts first tries and the targets hold for every try.

    >>> int(agents_needed(100 / 30, 3, service_level=0.8, threshold=20 / 60, max_occupancy=0.85))
    14
    >>> int(agents_needed(100 / 30, 3, patience=5, service_level=0.8, threshold=20 / 60, max_abandon=0.05))
    13
    """
    promised = targets(
        patience=patience,
        service_level=service_level,
        threshold=threshold,
        max_abandon=max_abandon,
        max_occupancy=max_occupancy,
        definition=definition,
    )
    rate, time, floor = _parts(arrival_rate, handle_time, at_least)
    patient = np.float64(1) if patience is None else above("patience", patience)
    again = share("redial", redial)
    if patience is None and np.any(again > 0):
        raise OutOfRange(said("redial needs patience: without it nobody hangs up."))
    parts = (promised.service_level, promised.threshold, promised.max_abandon, promised.max_occupancy, patient, again)
    shape = np.broadcast_shapes(rate.shape, *(part.shape for part in parts if part is not None))
    rate, time, floor = (np.broadcast_to(part, shape) for part in (rate, time, floor))
    quiet = rate == 0
    if patience is None:
        floor = np.maximum(floor, np.where(quiet, 0, np.floor(rate * time) + 1))
        return smallest(floor, lambda n: quiet | promised.met_by(ErlangC(rate, time, n)))

    def tries(agents: Array) -> Figures:
        return rate_with_redials(rate, time, patient, agents, again) if np.any(again > 0) else rate

    return smallest(floor, lambda n: quiet | promised.met_by(ErlangA(tries(n), time, patient, n)))


def _parts(arrival_rate: ArrayLike, handle_time: ArrayLike, floor: ArrayLike) -> tuple[Array, ...]:
    return np.broadcast_arrays(
        at_least("arrival_rate", arrival_rate), above("handle_time", handle_time), whole("at_least", floor)
    )
