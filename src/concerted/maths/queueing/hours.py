"""Load that changes from hour to hour, three ways; hours run along the last axis, and the last leads to the first.

Long calls carry an hour's load into the next, so that a peak is staffed too early and left too early when every hour
is taken by itself. For caseloads the lag is the story: with cases of 12 weeks, 63 % of the final caseload is open 12
weeks after a step in referrals. Divide a load by the handle time to give it to `agents_needed` as a rate.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..figures import Figures, above, at_least
from .density import Array


@dataclass(frozen=True)
class LoadByHour:
    """Load in erlangs (or open cases): its mean over each hour and its highest value within it."""

    mean: Figures
    peak: Figures


def stationary_load(arrival_rate: ArrayLike, handle_time: ArrayLike) -> Figures:
    """Each hour as if it had always been so: rate x handle time. Fair for calls much shorter than an hour.

    >>> [float(a) for a in stationary_load([2, 6], 0.5)]
    [1.0, 3.0]
    """
    return np.float64(1) * (at_least("arrival_rate", arrival_rate) * _by_place(handle_time))


def lagged_load(arrival_rate: ArrayLike, handle_time: ArrayLike, hour: float = 1.0) -> Figures:
    """Each hour with the arrivals of one handle time before it, `hour` being its length in the unit of time.

    >>> [float(a) for a in lagged_load([0, 8, 0], 0.5)]
    [0.0, 2.0, 2.0]
    """
    rate, time = np.atleast_1d(at_least("arrival_rate", arrival_rate)), _by_place(handle_time)
    back = time / above("hour", hour)
    whole = np.floor(back)
    # The hours come round: of a handle time of many rounds only the rest moves them.
    place = np.arange(rate.shape[-1]) - np.mod(whole, max(rate.shape[-1], 1)).astype(np.int64)
    rate = np.broadcast_to(rate, np.broadcast_shapes(rate.shape, place.shape))
    size = rate.shape[-1]
    newer = np.take_along_axis(rate, np.broadcast_to(place % size, rate.shape), axis=-1)
    older = np.take_along_axis(rate, np.broadcast_to((place - 1) % size, rate.shape), axis=-1)
    return np.float64(1) * (((1 - (back - whole)) * newer + (back - whole) * older) * time)


def modified_offered_load(
    arrival_rate: ArrayLike, handle_time: ArrayLike, hour: float = 1.0, *, before: ArrayLike | None = None
) -> LoadByHour:
    """The load m of agents without limit: m' = rate - m / handle time, in closed form within each hour.

    Without `before` the hours repeat for ever; with it, they start from that load (0 for a service that opens).
    Staff on the peak to keep a target all hour long. Source: Jennings, Mandelbaum, Massey and Whitt 1996.

    >>> weeks = modified_offered_load([5] * 12, 12, before=0)
    >>> round(float(weeks.peak[-1]) / 60, 2)
    0.63
    """
    rate, time = np.atleast_1d(at_least("arrival_rate", arrival_rate)), _by_place(handle_time)
    final = rate * time
    fades_by = np.broadcast_to(-np.expm1(-above("hour", hour) / time), final.shape)
    start = np.empty((*final.shape[:-1], final.shape[-1] + 1))
    start[..., 0] = at_least("before", before) if before is not None else _cyclic_start(final, fades_by)
    for place in range(final.shape[-1]):
        start[..., place + 1] = _after(start[..., place], final[..., place], fades_by[..., place])
    fades = fades_by * time / hour
    return LoadByHour(
        mean=np.float64(1) * (final + (start[..., :-1] - final) * fades),
        peak=np.maximum(start[..., :-1], start[..., 1:]),
    )


def _by_place(handle_time: ArrayLike) -> Array:
    """Handle times are one for each place: they stand beside the hours, not along them."""
    return above("handle_time", handle_time)[..., None]


def _after(load: Array, final: Array, fades: Array) -> Array:
    return load + (final - load) * fades


def _cyclic_start(final: Array, fades: Array) -> Array:
    """The load that comes back to itself after the last hour: what one turn adds to none, over what it forgets.

    Told by what fades in an hour, not by what is kept: of calls of many months next to nothing does.
    """
    load, forgets = np.zeros(final.shape[:-1]), np.zeros(final.shape[:-1])
    for place in range(final.shape[-1]):
        load = _after(load, final[..., place], fades[..., place])
        forgets = _after(forgets, np.ones(()), fades[..., place])
    return np.asarray(load / np.where(forgets > 0, forgets, 1))
