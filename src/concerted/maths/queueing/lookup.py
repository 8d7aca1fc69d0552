"""Staffing as a lookup: for one class of calls, the fewest agents for a load is a step function of the load."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..figures import OutOfRange, above, at_least, whole
from ..said import Figure, said
from .density import Array
from .erlang import ErlangA, ErlangC
from .search import Truths, largest
from .staffing import targets
from .waiting import Definition

#: No more cells than fit a processor's cache; loads worked on at once for the same reason.
_CELLS, _BLOCK = 1 << 16, 1 << 14


class StaffingTable:
    """For one handle time, patience and set of targets: how many agents each load needs.

    `capacity[n]` is the largest load, in erlangs, that n agents carry within the targets, to the last bit. Cells of
    equal width, each with one step of the staircase at most, lead to the step; one comparison settles the rest, so
    that the answer is exact whatever the rounding: a load and a step fall into cells by the same sum.
    """

    def __init__(self, capacity: Array, floor: int) -> None:
        self.capacity, self.floor = capacity, floor
        self._steps = np.append(capacity, np.inf)
        self._per_load = _cells_per_load(capacity)
        cells = (capacity * self._per_load).astype(np.int32)
        self._first = np.searchsorted(cells, np.arange(int(cells[-1]) + 1)).astype(np.int32)

    def agents(self, load: ArrayLike) -> NDArray[np.int64]:
        """The fewest agents for each load in erlangs, as `agents_needed` gives them; the floor where nobody calls."""
        asked = np.asarray(load, dtype=np.float64)
        if asked.size:
            self._refuse(asked)
        flat = np.ravel(asked)
        found = np.empty(flat.shape, dtype=np.int64)
        for start in range(0, len(flat), _BLOCK):
            part = flat[start : start + _BLOCK]
            found[start : start + _BLOCK] = self._in_cells(part) if self._per_load else self._by_halving(part)
        return np.maximum(found, self.floor, out=found).reshape(asked.shape)

    def _in_cells(self, load: Array) -> NDArray[np.int32]:
        below = self._first.take((load * self._per_load).astype(np.int32))
        below += load > self._steps.take(below)
        return below

    def _by_halving(self, load: Array) -> NDArray[np.int64]:
        return np.searchsorted(self.capacity, load)

    def _refuse(self, asked: Array) -> None:
        lowest, highest, most = float(asked.min()), float(asked.max()), float(self.capacity[-1])
        if not lowest >= 0:  # true for what is not a number as well
            at_least("load", asked)
        if highest > most:
            raise OutOfRange(
                said(
                    "load: %(given)s is above the %(bound)s that this table was built for.",
                    given=Figure(highest, ".6g"),
                    bound=Figure(most, ".6g"),
                )
            )


def _cells_per_load(capacity: Array) -> float:
    """So many that no cell holds two steps; 0 where that would take too many cells."""
    apart = np.diff(capacity)
    if not apart.size or apart.min() <= 0:
        return 0.0
    per_load = 1.01 / float(apart.min())
    return per_load if per_load * capacity[-1] < _CELLS else 0.0


def staffing_table(
    most: float,
    handle_time: float,
    *,
    patience: float | None = None,
    service_level: float | None = None,
    threshold: float | None = None,
    max_abandon: float | None = None,
    max_occupancy: float | None = None,
    at_least: int = 0,
    definition: Definition = "offered",
) -> StaffingTable:
    """The lookup for loads up to `most` erlangs; the rest as for `agents_needed`, one number each.

    >>> table = staffing_table(60, 20, service_level=0.8, threshold=1)
    >>> [int(n) for n in table.agents([0, 0.5, 50])]
    [0, 2, 57]
    """
    promised = targets(
        patience=patience,
        service_level=service_level,
        threshold=threshold,
        max_abandon=max_abandon,
        max_occupancy=max_occupancy,
        definition=definition,
    )
    time, highest = above("handle_time", handle_time), float(above("most", most))
    patient = None if patience is None else above("patience", patience)

    def meets(agents: Array, load: Array) -> Truths:
        queue = ErlangC(load / time, time, agents) if patient is None else ErlangA(load / time, time, patient, agents)
        return promised.met_by(queue) | (load == 0)

    return StaffingTable(_capacities(highest, meets, steadfast=patient is None), int(whole("at_least", at_least)))


def _capacities(most: float, meets: Callable[[Array, Array], Truths], *, steadfast: bool) -> Array:
    """Loads carried by 0, 1, 2 ... agents, in blocks until `most` is carried."""
    every, block = np.zeros(1), max(16, int(most * 1.1))
    while every[-1] < most:
        agents = np.arange(len(every), len(every) + block, dtype=np.float64)
        # Without hanging up a load must stay below the agents; with it, a millionfold load is beyond any target.
        bound = np.nextafter(agents, 0) if steadfast else 1e6 * agents
        every = np.append(every, largest(np.zeros(block), bound, partial(meets, agents)))
        block = max(16, block // 4)
    return np.asarray(every[: int(np.searchsorted(every, most)) + 1])
