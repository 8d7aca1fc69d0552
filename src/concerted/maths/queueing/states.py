"""A helpline with a bounded queue, told state by state."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ..figures import Figures, OutOfRange, above, whole
from ..said import said
from .density import Array


def stationary(births: Array, deaths: Array) -> Array:
    """Long-run shares of the states 0, 1, 2 ... along the last axis, one more than steps; by logarithms.

    `births[..., j]` leads from j to j + 1 and `deaths[..., j]` back. A birth rate of 0 closes the states above it.
    """
    with np.errstate(divide="ignore"):
        steps = np.log(births) - np.log(deaths)
    weights = np.concatenate([np.zeros((*steps.shape[:-1], 1)), np.cumsum(steps, axis=-1)], axis=-1)
    return np.asarray(special.softmax(weights, axis=-1))


class BoundedQueue:
    """A line with `places` in all, talking and waiting; whoever finds them taken is turned away (M/M/c/K).

    `in_system`, `queue_length` are means over time; `mean_wait` and `time_in_system` over those let in.

    >>> line = BoundedQueue(arrival_rate=40, handle_time=1 / 30, agents=3, places=7)
    >>> round(float(line.p_empty), 6), round(float(line.time_in_system), 6)
    (0.255037, 0.036517)
    """

    def __init__(self, arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike, places: ArrayLike) -> None:
        rate, time, n, room = np.broadcast_arrays(
            above("arrival_rate", arrival_rate),
            above("handle_time", handle_time),
            whole("agents", agents, 1),
            whole("places", places, 1),
        )
        if np.any(room < n):
            raise OutOfRange(said("places: fewer than agents. Count the agents' own lines among the places."))
        state = np.arange(int(room.max(initial=1)) + 1)
        births = np.where(state[1:] <= room[..., None], rate[..., None], 0)
        deaths = np.minimum(state[1:], n[..., None]) / time[..., None]
        shares = stationary(births, deaths)
        waiting = np.maximum(state - n[..., None], 0)
        one = np.float64(1)
        self.p_empty: Figures = one * shares[..., 0]
        #: Share of callers turned away.
        self.p_full: Figures = one * np.sum(shares * (state == room[..., None]), axis=-1)
        # What ends is what was let in; from the share that is not turned away it could not be told when that is tiny.
        busy = np.sum(shares * np.minimum(state, n[..., None]), axis=-1)
        let_in = busy / time
        self.in_system: Figures = one * np.sum(shares * state, axis=-1)
        self.queue_length: Figures = one * np.sum(shares * waiting, axis=-1)
        self.time_in_system: Figures = self.in_system / let_in
        self.mean_wait: Figures = self.queue_length / let_in
        self.occupancy: Figures = one * (busy / n)
