"""Pieces of the work, cut so that who does them, how many there are and in which order changes no number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.maths.portfolio.draws import BLOCK, Chance, Spread
from concerted.maths.portfolio.sites import Sites
from concerted.maths.portfolio.sorted_year import LoadBeyondTable, hours_above, seat_hours


@dataclass(frozen=True, eq=False)
class Piece:
    """The sites of one authority, and the blocks of draws that are made of them; `capacity` has a row for each kind."""

    authority: int
    blocks: range
    sites: Sites
    capacity: Floats
    spread: Spread
    seed: int


#: Pieces that one worker does in one go.
Shard = Sequence[Piece]


@dataclass(frozen=True, eq=False)
class Part:
    """What a piece comes to: hours by draw, from the first draw of its first block."""

    authority: int
    first: int
    seat_hours: Whole
    short_hours: Whole


def cut(sites: Sites, capacity: Floats, spread: Spread, *, draws: int, seed: int, shards: int) -> list[Shard]:
    """At most `shards` shards of about the same work. An authority's blocks stay together wherever they can, because a
    year is sorted once for all blocks that are together.
    """
    blocks = -(-draws // BLOCK)
    sizes = np.bincount(sites.authority, minlength=sites.authorities)
    ends = np.cumsum(np.repeat(sizes, blocks))
    shares = np.minimum((ends - 1) * shards // max(1, int(ends[-1]) if len(ends) else 1), shards - 1)
    made: list[list[Piece]] = [[] for _shard in range(shards)]
    for authority in np.flatnonzero(sizes).tolist():
        own = sites.of(authority)
        of_blocks = shares[authority * blocks : (authority + 1) * blocks]
        for shard in np.unique(of_blocks).tolist():
            first, last = np.searchsorted(of_blocks, [shard, shard + 1]).tolist()
            made[shard].append(Piece(authority, range(first, last), own, capacity, spread, seed))
    return [shard for shard in made if shard]


def work(shard: Shard) -> list[Part]:
    """What each piece comes to: a pure function, so that work lost with its worker is simply done again."""
    return [_piece(piece) for piece in shard]


def _piece(piece: Piece) -> Part:
    needed = np.zeros(len(piece.blocks) * BLOCK, dtype=np.int64)
    short = np.zeros_like(needed)
    chance = Chance(piece.seed, piece.blocks, piece.authority, piece.spread)
    for row, key in enumerate(piece.sites.key.tolist()):
        try:
            more, shorter = _site(piece, row, chance.factors(key))
        except LoadBeyondTable as beyond:
            raise LoadBeyondTable(f"Site {key}: {beyond}") from None
        needed += more
        short += shorter
    return Part(piece.authority, piece.blocks.start * BLOCK, needed, short)


def _site(piece: Piece, row: int, drawn: Floats) -> tuple[Whole, Whole]:
    """Seat-hours and short hours of one site, by draw: its year is sorted once for all of them."""
    sites, order = piece.sites, np.argsort(drawn)
    capacity = piece.capacity[0 if sites.kind is None else sites.kind[row]]
    year = sites.year(row)
    year.sort()
    ordered, rising = year[np.searchsorted(year, 0.0, side="right") :], drawn[order]
    needed, short = np.empty_like(order), np.zeros_like(order)
    needed[order] = seat_hours(ordered, rising, capacity, hours=sites.hours, at_least=int(sites.at_least[row]))
    if sites.contracted is not None:
        seats = min(int(sites.contracted[row]), len(capacity) - 1)
        short[order] = hours_above(ordered, rising, capacity[seats : seats + 1])
    return needed, short
