"""Square-root rules: why large teams are cheaper. They explain; for local places they are not for staffing."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from ..figures import Figures, OutOfRange, above, at_least
from ..said import said


def square_root_agents(load: ArrayLike, beta: ArrayLike) -> Figures:
    """load + beta sqrt(load), not rounded: agents for a load of many erlangs at a quality `beta` of service.

    >>> float(square_root_agents(100, 0.5))
    105.0
    """
    given = at_least("load", load)
    return np.float64(1) * (given + np.asarray(beta, dtype=np.float64) * np.sqrt(given))


def p_wait_large(beta: ArrayLike, patience_in_handle_times: ArrayLike | None = None) -> Figures:
    """Share of callers who wait in a very large team of load + `beta` sqrt(load) agents.

    Without patience nobody hangs up, and `beta` is above 0 (Halfin and Whitt 1981); with it, in handle times, any
    `beta` has an answer (Garnett, Mandelbaum and Reiman 2002).

    >>> round(float(p_wait_large(0.5)), 4), round(float(p_wait_large(0, 1)), 4)
    (0.5045, 0.5)
    """
    if patience_in_handle_times is None:
        b = above("beta", beta)
        return np.float64(1) / (1 + b / _hazard(-b))
    b = np.asarray(beta, dtype=np.float64)
    if not np.all(np.isfinite(b)):
        raise OutOfRange(said("beta: not a number to reckon with. Give a finite number."))
    # theta / mu is one over patience in handle times.
    root = np.sqrt(above("patience_in_handle_times", patience_in_handle_times))
    return np.float64(1) / (1 + _hazard(b * root) / root / _hazard(-b))


def _hazard(at: ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The normal density over its upper tail, by logarithms."""
    given = np.asarray(at, dtype=np.float64)
    return np.asarray(np.exp(-given * given / 2 - np.log(2 * np.pi) / 2 - special.log_ndtr(-given)))
