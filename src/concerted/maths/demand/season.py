"""The season of counts: what each month, or day of the week, is multiplied by."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from concerted.maths.arrays import Floats

#: Fewer whole cycles than this say nothing about a season.
CYCLES = 2
#: The least variance between seasons that is believed, so that a flat year is not divided by zero.
_LEAST = 1e-6


@dataclass(frozen=True, eq=False)
class Season:
    """`factors`: what each step of a cycle is multiplied by in each place, mean one, of shape (places, cycle).
    `unseen`: how many times the variance of errors to come is that of errors the season was fitted to; one number, or
    one a place where each stands alone.
    """

    factors: Floats
    unseen: Floats | float = 1.0


def centred_average(counts: Floats, cycle: int) -> Floats:
    """The average of the whole cycle around each step, and nothing (nan) where there is none; gaps are left out of it.

    >>> centred_average(np.array([[1.0, 2.0, 3.0, 4.0]]), 3).tolist()
    [[nan, 2.0, 3.0, nan]]
    """
    weights = np.ones(cycle) if cycle % 2 else np.array([0.5, *np.ones(cycle - 1), 0.5])
    out = np.full(counts.shape, np.nan)
    steps, wide = counts.shape[1], len(weights)
    if steps < wide:
        return out
    known = np.isfinite(counts)
    total = sliding_window_view(np.where(known, counts, 0), wide, axis=1) @ weights
    share = sliding_window_view(known.astype(float), wide, axis=1) @ weights
    out[:, wide // 2 : steps - wide // 2] = np.where(share > 0, total / np.where(share > 0, share, 1), np.nan)
    return out


def season_of(counts: Floats, cycle: int, *, alone: bool = False) -> Season:
    """The season of counts of shape (places, steps); nan where nothing is known.

    Counts are divided by the centred average of the cycle around them. The season of all places together is drawn to
    none, and that of each place to the common one, the more the less there is to go by: the weights are those of a
    gamma prior whose variance is what the seasons differ beyond chance (empirical Bayes). Fewer than two whole cycles
    give no season: all ones. With `alone` no place has others: its season is drawn to none, and is what it would be if
    it were asked for by itself.

    >>> year = np.array([80.0, 100, 120, 100])
    >>> season_of(np.tile(year, 5)[None] * 100, 4).factors.round(2).tolist()
    [[0.8, 1.0, 1.2, 1.0]]
    """
    places, steps = counts.shape
    if cycle < 2 or steps < CYCLES * cycle:
        return Season(np.ones((places, cycle)))
    level = centred_average(counts, cycle)
    known = np.isfinite(level) & np.isfinite(counts)
    seen, expected = _by_season(np.where(known, counts, 0), cycle), _by_season(np.where(known, level, 0), cycle)
    alone = alone or places == 1
    all_seen, all_expected = (seen, expected) if alone else (seen.sum(0)[None], expected.sum(0)[None])
    flat = np.ones((1, cycle))
    everywhere, _own = _drawn(all_seen, all_expected, flat, np.ones((1, 1)))
    fitted = level * everywhere[:, np.arange(steps) % cycle]
    beyond = np.where(known, (counts - fitted) ** 2 / np.maximum(fitted, 0.1), 0).sum(1)
    noise = np.maximum(1, beyond / np.maximum(1, known.sum(1) - cycle / 2))[:, None]
    common, own = _drawn(all_seen, all_expected, flat, noise if alone else noise.mean(keepdims=True))
    if alone:
        return Season(_mean_one(common), _unseen(own, steps / cycle))
    drawn, own = _drawn(seen, expected, common, noise)
    return Season(_mean_one(drawn), float(_unseen(own, steps / cycle).mean()))


def _unseen(own: Floats, cycles: float) -> Floats:
    """A mean of n errs by 1/n on what comes and hides 1/n of what it was made of; of a season, `own` is such a mean."""
    return (1 + own / cycles) / (1 - own / cycles)


def _by_season(values: Floats, cycle: int) -> Floats:
    """Sums over the cycles: shape (places, cycle)."""
    places, steps = values.shape
    padded = np.zeros((places, -(-steps // cycle) * cycle))
    padded[:, :steps] = values
    summed: Floats = padded.reshape(places, -1, cycle).sum(1)
    return summed


def _drawn(seen: Floats, expected: Floats, prior: Floats, noise: Floats) -> tuple[Floats, Floats]:
    """Ratios of seen to expected, drawn towards `prior`, and of each row the share that is its own; `noise`, of shape
    (rows, 1), is how much more than Poisson the counts vary.
    """
    ratio = np.where(expected > 0, seen / np.maximum(expected, 1e-9), prior)
    chance = np.mean(noise * prior / np.maximum(expected, 1e-9), axis=1, keepdims=True)
    between = np.maximum(np.mean((ratio - prior) ** 2, axis=1, keepdims=True) - chance, _LEAST)
    known, believed = expected / noise, prior / between
    return (seen / noise + prior * believed) / (known + believed), np.mean(known / (known + believed), axis=1)


def _mean_one(factors: Floats) -> Floats:
    divided: Floats = factors / factors.mean(axis=1, keepdims=True)
    return divided
