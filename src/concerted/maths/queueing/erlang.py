"""Erlang C and Erlang A: agents who answer calls that wait for them, without and with hanging up."""

import numpy as np
from numpy.typing import ArrayLike

from ..figures import Figures, OutOfRange, above, at_least, whole
from ..said import Figure, said
from .density import Array, blocking
from .waiting import Impatient, Steadfast


class Overloaded(OutOfRange):
    """More load than agents, and nobody hangs up: the queue grows without end and has no figures."""

    def __init__(self, agents: float, load: float, each: float = 1.0) -> None:
        """`each` is the load that one agent carries at most: more than 1 with several chats at once."""
        self.agents, self.load = agents, load
        super().__init__(
            said(
                "%(agents)s agents cannot carry a load of %(load)s erlangs: without hanging up the queue grows without "
                "end. Plan at least %(least)s agents, or say how long callers are patient (Erlang A).",
                agents=Figure(agents, "g"),
                load=Figure(load, ".6g"),
                least=Figure(np.floor(load / each) + 1, "g"),
            )
        )


def _refuse_overload(agents: Array, load: Array) -> None:
    over = np.asarray((load >= agents) & (load > 0))
    if over.any():
        first = int(np.flatnonzero(over)[0])
        raise Overloaded(float(agents.flat[first]), float(load.flat[first]))


class ErlangC(Steadfast):
    """`agents` who answer `arrival_rate` calls of mean length `handle_time`; nobody hangs up (M/M/n, Erlang 1917).

    >>> queue = ErlangC(arrival_rate=100 / 30, handle_time=3, agents=14)
    >>> round(float(queue.p_wait), 7), round(float(queue.service_level(20 / 60)), 5)
    (0.1741319, 0.88835)
    """

    def __init__(self, arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike) -> None:
        rate, time, n = np.broadcast_arrays(
            at_least("arrival_rate", arrival_rate), above("handle_time", handle_time), whole("agents", agents)
        )
        _refuse_overload(n, rate * time)
        super().__init__(rate, n / time, blocking(n, rate * time))
        #: Share of their time that agents are busy; 0 where there are none.
        self.occupancy: Figures = np.float64(1) * (rate * time / np.maximum(n, 1))


class ErlangA(Impatient):
    """As `ErlangC`, with callers who hang up after an exponential time of mean `patience` (M/M/n+M, Palm 1957).

    >>> queue = ErlangA(arrival_rate=6 / 60, handle_time=20, patience=5, agents=3)
    >>> [round(float(queue.service_level(1, by)), 3) for by in ("offered", "answered", "virtual", "net")]
    [0.762, 0.91, 0.765, 0.798]
    """

    def __init__(self, arrival_rate: ArrayLike, handle_time: ArrayLike, patience: ArrayLike, agents: ArrayLike) -> None:
        rate, time, patient, n = np.broadcast_arrays(
            at_least("arrival_rate", arrival_rate),
            above("handle_time", handle_time),
            above("patience", patience),
            whole("agents", agents),
        )
        super().__init__(rate, n / time, blocking(n, rate * time), patient)
        #: Share of their time that agents are busy; 0 where there are none.
        self.occupancy: Figures = np.minimum(rate * time * (1 - self.p_abandon) / np.maximum(n, 1), 1)


def erlang_c(agents: ArrayLike, load: ArrayLike) -> Figures:
    """The share of callers who wait, when `agents` carry `load` erlangs and nobody hangs up.

    >>> round(float(erlang_c(2, 0.5)), 12)
    0.1
    """
    return ErlangC(load, 1, agents).p_wait
