"""Totals by authority and draw, whoever worked them out."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, Whole
from concerted.maths.portfolio.draws import BLOCK, Spread
from concerted.maths.portfolio.shards import Part, Shard, cut, work
from concerted.maths.portfolio.sites import Sites, SitesRefused

#: Does the work of each shard and gives back what they came to, in any order. `map` is one; `engines` has others.
Engine = Callable[[Callable[[Shard], list[Part]], Sequence[Shard]], Iterable[list[Part]]]


class PartsMissing(RuntimeError):
    """An engine gave back less than it was given, which would count as nothing needed."""


@dataclass(frozen=True, eq=False)
class Totals:
    """Seat-hours needed, and hours in which the contracted seats do not suffice, each of shape (authorities, draws)."""

    seat_hours: Whole
    short_hours: Whole

    @property
    def nation(self) -> Whole:
        """Seat-hours of all authorities, by draw: they add up to the last unit."""
        summed: Whole = self.seat_hours.sum(axis=0)
        return summed

    def quantile_of_sum(self, share: float) -> int:
        """What the nation needs at most in `share` of the draws, such as 0.9."""
        return int(np.quantile(self.nation, share, method="inverted_cdf"))

    def sum_of_quantiles(self, share: float) -> int:
        """The same asked of each authority by itself, added up. It is another number, larger as a rule for a large
        share, since authorities are not all unlucky in the same draw: whoever shows one shows both.
        """
        return int(np.quantile(self.seat_hours, share, axis=1, method="inverted_cdf").sum())

    @property
    def fingerprint(self) -> str:
        """Equal exactly where every number is."""
        held = self.seat_hours.astype("<i8").tobytes() + self.short_hours.astype("<i8").tobytes()
        return hashlib.sha256(held).hexdigest()


def totals(
    sites: Sites,
    capacity: ArrayLike,
    spread: Spread,
    *,
    draws: int,
    seed: int,
    shards: int = 1,
    engine: Engine = map,
) -> Totals:
    """Seat-hours and short hours of every authority in every draw: exact, and the same for any `shards` and `engine`.

    `capacity[n]` is the largest load in erlangs that `n` agents carry, from `capacity[0] == 0`; with several kinds of
    site it has a row for each. More draws leave the first ones as they were. Costs sites * (hours * log hours + draws *
    agents * log hours). Raises `SitesRefused` for a table or number that makes no sense, `LoadBeyondTable` where the
    table is too short.

    >>> one = np.ones(1, dtype=np.int64)
    >>> sites = Sites(np.array([[0.1, 0.5, 0.0]]), np.ones((1, 52)), one * 0, one, at_least=one)
    >>> totals(sites, [0, 0.2, 0.7, 1.3], Spread(), draws=2, seed=1).nation.tolist()
    [208, 208]
    """
    tables = _checked(sites, np.atleast_2d(np.asarray(capacity, dtype=float)))
    if draws < 1 or shards < 1 or seed < 0:
        raise SitesRefused(f"{draws} draws of seed {seed} in {shards} shards: give one or more, and a seed from zero.")
    made = -(-draws // BLOCK) * BLOCK
    needed = np.zeros((sites.authorities, made), dtype=np.int64)
    short = np.zeros_like(needed)
    missing = made * len(np.unique(sites.authority))
    for parts in engine(work, cut(sites, tables, spread, draws=draws, seed=seed, shards=shards)):
        for part in parts:
            place = slice(part.first, part.first + len(part.seat_hours))
            needed[part.authority, place] = part.seat_hours
            short[part.authority, place] = part.short_hours
            missing -= len(part.seat_hours)
    if missing:
        raise PartsMissing(f"{missing} draws of authorities never came back. Do the work again.")
    return Totals(needed[:, :draws], short[:, :draws])


def _checked(sites: Sites, tables: Floats) -> Floats:
    if tables.shape[1] < 2 or (tables[:, 0] != 0).any() or not (np.diff(tables, axis=1) > 0).all():
        raise SitesRefused("A table of capacity must begin at zero and rise with every agent. Work it out anew.")
    if sites.kind is not None and (beyond := sites.kind >= len(tables)).any():
        row = int(beyond.argmax())
        raise SitesRefused(
            f"Site {sites.key[row]} is of kind {sites.kind[row]}, but there are {len(tables)} tables. Add its own."
        )
    return tables
