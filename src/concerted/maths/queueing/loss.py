"""Places without a queue (refuge beds, telephone lines): whoever finds all of them taken is turned away."""

import numpy as np
from numpy.typing import ArrayLike

from ..figures import Figures, above, at_least, share, whole
from .density import Array, blocking
from .search import Truths, largest, smallest


def erlang_b(agents: ArrayLike, load: ArrayLike) -> Figures:
    """The share of arrivals that finds all `agents` (or beds, or lines) taken.

    `load` is arrivals a unit of time times the mean length of a stay, in erlangs. Exact to 12 digits, for any size.
    Source: Erlang 1917, written as poisson(n; a) / cdf(n; a).

    >>> round(float(erlang_b(132, 123)), 6)
    0.031243
    """
    return np.float64(1) * blocking(whole("agents", agents), at_least("load", load))


def load_with_redials(agents: ArrayLike, load: ArrayLike, redial: ArrayLike) -> Figures:
    """The load that really knocks when a share `redial` of those turned away tries again: a = load + redial a B(a).

    `load` is what comes for the first time. The sum a (1 - redial B) grows with a, so there is one answer.

    >>> round(float(load_with_redials(11, 5.5, 0.5)), 3)
    5.542
    """
    n, a, again = np.broadcast_arrays(whole("agents", agents), at_least("load", load), share("redial", redial))
    return largest(a, a / (1 - again), lambda total: total * (1 - again * blocking(n, total)) <= a)


def erlang_b_extended(agents: ArrayLike, load: ArrayLike, redial: ArrayLike) -> Figures:
    """The share turned away at each try when a share `redial` of them tries again.

    >>> round(float(erlang_b_extended(11, 5.5, 0.5)), 4)
    0.015
    """
    return erlang_b(agents, load_with_redials(agents, load, redial))


def lines_needed(load: ArrayLike, max_blocking: ArrayLike, redial: ArrayLike = 0.0) -> Figures:
    """The fewest lines or beds that turn away at most the share `max_blocking`.

    >>> int(lines_needed(10, 0.02)), int(lines_needed(5.5, 0.03, redial=0.5))
    (17, 11)
    """
    a, most = np.broadcast_arrays(at_least("load", load), above("max_blocking", share("max_blocking", max_blocking)))

    def meets(lines: Array) -> Truths:
        return np.asarray(erlang_b_extended(lines, a, redial) <= most, dtype=np.bool_)

    return smallest(np.zeros(np.broadcast(a, redial).shape), meets)


def load_carried(lines: ArrayLike, max_blocking: ArrayLike) -> Figures:
    """The largest load that `lines` can be offered while at most the share `max_blocking` is turned away.

    >>> round(float(load_carried(15, 0.01)), 3)
    8.108
    """
    n, most = np.broadcast_arrays(whole("lines", lines), above("max_blocking", share("max_blocking", max_blocking)))
    # Carried load is below n, so the offered load is below n / (1 - most).
    return largest(np.zeros(n.shape), n / (1 - most) + 1, lambda load: blocking(n, load) <= most)
