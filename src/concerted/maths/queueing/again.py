"""Callers who come again: whoever hangs up and redials, or is called back, is one more call to answer.

Without this a plan built on calls counted books suppressed demand twice: they are tries, not women.
"""

import numpy as np
from numpy.typing import ArrayLike

from ..figures import Figures, above, at_least, share, whole
from .erlang import ErlangA
from .search import largest


def rate_with_redials(
    arrival_rate: ArrayLike, handle_time: ArrayLike, patience: ArrayLike, agents: ArrayLike, redial: ArrayLike
) -> Figures:
    """All tries in a unit of time, when a share `redial` of those who hang up tries again (or is called back).

    `arrival_rate` counts first tries. The tries r solve r (1 - redial x share that hangs up at r) = arrival_rate; the
    left side grows with r, so there is one answer. Give it to `ErlangA` for the figures of one try.

    >>> tries = rate_with_redials(6, 1 / 3, 1 / 12, 2, redial=0.5)
    >>> round(float(tries), 3)
    7.598
    """
    first, time, patient, n, again = np.broadcast_arrays(
        at_least("arrival_rate", arrival_rate),
        above("handle_time", handle_time),
        above("patience", patience),
        whole("agents", agents),
        share("redial", redial),
    )
    return largest(
        first,
        first / (1 - again),
        lambda tries: np.asarray(tries * (1 - again * ErlangA(tries, time, patient, n).p_abandon) <= first),
    )


def first_tries(tries: ArrayLike, p_abandon: ArrayLike, redial: ArrayLike) -> Figures:
    """First tries in calls counted: `tries` less those that are somebody's second, third ... try.

    >>> float(first_tries(1000, 0.5, 0.8))
    600.0
    """
    lost = share("p_abandon", p_abandon, may_be_one=True)
    return np.float64(1) * (at_least("tries", tries) * (1 - share("redial", redial) * lost))
