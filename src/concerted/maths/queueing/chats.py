"""Chats, of which an agent holds several at once: each runs slower, by measured speeds, and none is a multiplier."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from ..figures import Figures, OutOfRange, above, at_least, whole
from ..said import Figure, said
from .density import Array
from .erlang import Overloaded
from .states import stationary
from .waiting import Impatient, Steadfast

#: What a published table says an agent gets done with 1 to 5 chats at once, as a multiple of one chat.
#: Source: contactcentrehelper.com, Erlang C for chat. Practitioners warn that the chats themselves grow longer.
TRADE_FACTORS = (1.0, 1.7, 2.5, 2.9, 3.5)


def effective_handle_time(handle_time: ArrayLike, at_once: int) -> Figures:
    """The trade's rule of thumb: handle time over `TRADE_FACTORS`; use `Chats` with measured speeds to plan.

    >>> float(effective_handle_time(600, 3))
    240.0
    """
    if at_once not in range(1, len(TRADE_FACTORS) + 1):
        raise OutOfRange(
            said(
                "at_once: %(given)s is not in the table. Give 1 to %(bound)s chats.",
                given=Figure(at_once),
                bound=Figure(len(TRADE_FACTORS)),
            )
        )
    return np.float64(1) * (above("handle_time", handle_time) / TRADE_FACTORS[at_once - 1])


def _chat_shares(rate: Array, time: Array, agents: Array, speed: Array) -> tuple[Array, Array]:
    """How often all chats are taken, were there no queue, and the share of agents with at least one chat then."""
    at_once = len(speed)
    state = np.arange(1, int(agents.max(initial=1)) * at_once + 1)
    n = agents[..., None]
    # Chats are spread evenly: some agents hold one more than the others.
    held, more = np.divmod(state, n)
    pace = np.concatenate([[0.0], np.arange(1, at_once + 1) * speed, [0.0]])
    held = np.minimum(held, at_once).astype(int)
    deaths = ((n - more) * pace[held] + more * pace[held + 1]) / time[..., None]
    births = np.where(state <= n * at_once, rate[..., None], 0)
    shares = stationary(births, np.where(state <= n * at_once, deaths, 1))
    every = np.arange(len(state) + 1)
    full = np.sum(shares * (every == n * at_once), axis=-1)
    return full, np.sum(shares * np.minimum(every / n, 1), axis=-1)


def _chat_figures(
    arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike, speed: Sequence[float]
) -> tuple[Array, Array, Array, Array, Array]:
    rate, time, n = np.broadcast_arrays(
        at_least("arrival_rate", arrival_rate), above("handle_time", handle_time), whole("agents", agents, 1)
    )
    pace = above("speed", list(speed))
    if not pace.size:
        raise OutOfRange(said("speed: empty. Give the speed of a chat held alone, of two at once, and so on."))
    full, busy = _chat_shares(rate, time, n, pace)
    return rate, time, n * len(pace) * pace[-1] / time, full, busy


class PatientChats(Steadfast):
    """`agents` who each hold up to `len(speed)` chats; nobody leaves the queue.

    `speed[j - 1]` is how fast each chat runs when its agent holds j at once, 1 for one held alone: measure it. For
    crisis work hold one, at most two. Its `p_wait`, `mean_wait` and `service_level` are those of `ErlangC`;
    `occupancy` is the share of their time that agents hold a chat at all.

    >>> alone, two = PatientChats(2, 1, 3, [1]), PatientChats(2, 1, 3, [1, 0.7])
    >>> round(float(alone.p_wait), 4), round(float(two.p_wait), 4)
    (0.4444, 0.0475)
    """

    def __init__(
        self, arrival_rate: ArrayLike, handle_time: ArrayLike, agents: ArrayLike, speed: Sequence[float]
    ) -> None:
        rate, time, full_rate, full, busy = _chat_figures(arrival_rate, handle_time, agents, speed)
        over = np.asarray((rate >= full_rate) & (rate > 0))
        if over.any():
            first = int(np.flatnonzero(over)[0])
            n = np.broadcast_to(np.asarray(agents, dtype=np.float64), rate.shape)
            raise Overloaded(float(n.flat[first]), float((rate * time).flat[first]), len(speed) * speed[-1])
        super().__init__(rate, full_rate, full)
        self.occupancy: Figures = 1 - (1 - busy) * (1 - self.p_wait) / (1 - full)


class Chats(Impatient):
    """As `PatientChats`, with people who leave the queue after an exponential time of mean `patience`."""

    def __init__(
        self,
        arrival_rate: ArrayLike,
        handle_time: ArrayLike,
        patience: ArrayLike,
        agents: ArrayLike,
        speed: Sequence[float],
    ) -> None:
        rate, _time, full_rate, full, busy = _chat_figures(arrival_rate, handle_time, agents, speed)
        super().__init__(rate, full_rate, full, above("patience", patience))
        self.occupancy: Figures = 1 - (1 - busy) * (1 - self.p_wait) / (1 - full)
