"""Square-root rules: why large teams are cheaper. They explain; for local places they are not for staffing."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ..figures import Figures, OutOfRange, above, at_least
from ..said import said

#: Standard deviations from here on.
_FAR = 1e6


def square_root_agents(load: ArrayLike, beta: ArrayLike) -> Figures:
    """load + beta sqrt(load), not rounded: agents for a load of many erlangs at a quality `beta` of service.

    >>> float(square_root_agents(100, 0.5))
    105.0
    """
    given = at_least("load", load)
    return np.float64(1) * (given + _finite(beta) * np.sqrt(given))


def p_wait_large(beta: ArrayLike, patience_in_handle_times: ArrayLike | None = None) -> Figures:
    """Share of callers who wait in a very large team of load + `beta` sqrt(load) agents.

    Without patience nobody hangs up, and `beta` is above 0 (Halfin and Whitt 1981); with it, in handle times, any
    `beta` has an answer (Garnett, Mandelbaum and Reiman 2002).

    >>> round(float(p_wait_large(0.5)), 4), round(float(p_wait_large(0, 1)), 4)
    (0.5045, 0.5)
    """
    if patience_in_handle_times is None:
        b = above("beta", beta)
        waits = _hazard(-b)
        return np.float64(1) * (waits / (waits + b))
    b = _finite(beta)
    # theta / mu is one over patience in handle times.
    root = np.sqrt(above("patience_in_handle_times", patience_in_handle_times))
    waits = root * _hazard(-b)
    return np.float64(1) * (waits / (waits + _hazard(b * root)))


def _finite(beta: ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """`beta` as floats; it may be below zero."""
    given = np.asarray(beta, dtype=np.float64)
    if not np.all(np.isfinite(given)):
        raise OutOfRange(said("beta: not a number to reckon with. Give a finite number."))
    return given


def _hazard(at: ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The normal density over its upper tail, by logarithms."""
    given = np.asarray(at, dtype=np.float64)
    # Far up the hazard is the distance itself to all digits; far down it is none.
    near = np.clip(given, -_FAR, _FAR)
    return np.where(given > _FAR, given, np.exp(-near * near / 2 - np.log(2 * np.pi) / 2 - special.log_ndtr(-near)))
