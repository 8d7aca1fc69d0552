"""One site's year, sorted: how many of its hours need more than so many agents, for many draws at once."""

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, Whole

#: Room for rounding where draws are told apart that cannot reach a limit from those that may.
_SLACK = 1e-9


class LoadBeyondTable(ValueError):
    """A load is larger than what the largest number of agents in the table carries."""


def agents_for(loads: ArrayLike, capacity: Floats, *, at_least: int = 0) -> Whole:
    """The fewest agents that carry each load: the first `n` with `load <= capacity[n]`, never below `at_least`.

    `capacity` rises from `capacity[0]`, what nobody carries: zero.

    >>> agents_for([0.0, 0.2, 0.5, 1.0], np.array([0.0, 0.2, 0.7, 1.3])).tolist()
    [0, 1, 2, 3]
    """
    asked = np.asarray(loads, dtype=float)
    if asked.size and asked.max() > capacity[-1]:
        raise LoadBeyondTable(
            f"a load of {asked.max():.1f} erlangs is more than {len(capacity) - 1} agents carry ({capacity[-1]:.1f}). "
            "Give a longer table of capacity."
        )
    return np.maximum(np.searchsorted(capacity, asked, side="left"), at_least)


def hours_above(ordered: Floats, rising: Floats, limits: Floats) -> Whole:
    """For each factor, the hours above each limit, summed over the limits: an hour above three limits counts thrice.

    `ordered`: positive loads of one site, ascending; `rising`: factors, ascending. An hour is above a limit when
    `load > limit / factor`. Costs limits * factors * log(hours); factors that put no hour or every hour above a
    limit cost nothing.

    >>> hours_above(np.array([1.0, 2.0, 4.0]), np.array([0.5, 1.0, 2.0]), np.array([1.5, 3.0])).tolist()
    [1, 3, 5]
    """
    above = np.zeros(len(rising), dtype=np.int64)
    if not len(ordered):
        return above
    hours = len(ordered)
    with np.errstate(over="ignore"):
        firsts = np.searchsorted(rising, limits / ordered[-1] * (1 - _SLACK))
        lasts = np.searchsorted(rising, limits / ordered[0] * (1 + _SLACK), side="right")
    for limit, first, last in zip(limits.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
        if first < last:
            above[first:last] += hours - np.searchsorted(ordered, limit / rising[first:last], side="right")
        above[last:] += hours
    return above


def seat_hours(
    ordered: Floats,
    rising: Floats,
    capacity: Floats,
    *,
    hours: int,
    at_least: int,
) -> Whole:
    """Agents summed over a year of `hours`, for each factor: the sum of `agents_for(load * factor)` over its hours.

    `ordered` holds the hours with any load; the others need `at_least`. Exact because the agents an hour needs are
    the number of limits it is above, and those are counted, not added up as fractions.

    >>> capacity = np.array([0.0, 0.2, 0.7, 1.3])
    >>> seat_hours(np.array([0.1, 0.5]), np.array([1.0, 2.0]), capacity, hours=4, at_least=1).tolist()
    [5, 6]
    """
    most = at_least
    if len(ordered):
        peak = float(ordered[-1] * rising[-1])
        most = int(agents_for(peak * (1 + _SLACK), capacity, at_least=at_least))
    return hours * at_least + hours_above(ordered, rising, capacity[at_least:most])
