"""What a launch did, from the counts before and after it: a level that jumps and a slope that turns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from concerted.maths.arrays import Floats
from concerted.maths.demand.effects import Effect, EffectRefused
from concerted.maths.said import Figure, said

_ROUNDS, _SETTLED = 100, 1e-12


@dataclass(frozen=True)
class Launch:
    """`level`: by how much counts were multiplied at once; `slope`: by how much more, a step, ever after.

    `dispersion`: variance over mean; one is Poisson.
    """

    level: Effect
    slope: Effect
    dispersion: float


def launch_effect(counts: ArrayLike, *, before: int, season: ArrayLike | None = None) -> Launch:
    """The effect of a launch after the first `before` counts, by segmented regression of the log rate (an interrupted
    time series): base, trend, step, and change of trend. `season` multiplies the expected counts, one factor a count.

    Intervals are Student's t around quasi-Poisson errors: what counts vary beyond Poisson widens them, and never
    narrows them. Steps without data are nan. Refused with fewer than three counts on either side, or none before.

    >>> launch_effect([10, 11, 9, 10, 10, 20, 22, 18, 20, 20], before=5).level.ratio.__round__(1)
    2.1
    """
    seen = np.asarray(counts, dtype=float)
    time = np.arange(len(seen), dtype=float)
    after = time >= before
    known = np.isfinite(seen)
    if min((known & ~after).sum(), (known & after).sum()) < 3:
        raise EffectRefused(
            said(
                "A launch after %(before)s of %(count)s counts: give three or more on either side.",
                before=Figure(before),
                count=Figure(len(seen)),
            )
        )
    if not seen[known & ~after].sum() > 0 or not seen[known & after].sum() > 0:
        raise EffectRefused(
            said("All counts on one side of the launch are zero, so no ratio exists. Plan with added counts.")
        )
    expected = np.ones(len(seen)) if season is None else np.asarray(season, dtype=float)
    columns = np.column_stack([np.ones(len(seen)), time - before, after, np.where(after, time - before + 1, 0)])
    estimate, errors, dispersion = _fitted(seen[known], columns[known], np.log(expected[known]))
    reach = float(stdtrit(max(1, known.sum() - 4), 0.975)) * errors
    level, slope = (
        Effect(*np.exp([estimate[place], estimate[place] - reach[place], estimate[place] + reach[place]]).tolist())
        for place in (2, 3)
    )
    return Launch(level, slope, dispersion)


def _fitted(seen: Floats, columns: Floats, offset: Floats) -> tuple[Floats, Floats, float]:
    """Coefficients of a Poisson regression by iteratively reweighted least squares, their errors, the dispersion."""
    mean: Floats = seen + 0.5
    estimate = np.zeros(columns.shape[1])
    for _round in range(_ROUNDS):
        working = np.log(mean) - offset + (seen - mean) / mean
        weighted = columns * mean[:, None]
        moved = np.asarray(np.linalg.solve(weighted.T @ columns, weighted.T @ working), dtype=float)
        mean = np.exp(columns @ moved + offset)
        change, estimate = float(np.abs(moved - estimate).max()), moved
        if change < _SETTLED:
            break
    pearson = float(((seen - mean) ** 2 / mean).sum()) / max(1, len(seen) - columns.shape[1])
    dispersion = max(1.0, pearson)
    spread = np.linalg.inv((columns * mean[:, None]).T @ columns) * dispersion
    return estimate, np.sqrt(np.diag(spread)), dispersion
