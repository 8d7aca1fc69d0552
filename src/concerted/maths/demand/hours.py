"""When in the week demand comes."""

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, first_wrong
from concerted.maths.figures import OutOfRange
from concerted.maths.said import Figure, said

#: Monday, midnight to one, is the first.
HOURS = 168


class ProfileRefused(OutOfRange):
    """There is nothing to make a profile of; the message says what to do."""


def hour_profile(counts: ArrayLike, *, towards: ArrayLike | None = None) -> Floats:
    """Shares of a week's demand by hour of the week, from counts of shape (168,) or (places, 168); each sums to one.

    A place has too few counts to have 168 shares of its own, so its profile is drawn to `towards`: the profile of all
    places together where none is given. How much is what the places' profiles differ beyond chance says
    (Dirichlet-multinomial, its concentration by moments); identical places have one profile, large ones keep theirs.

    >>> by_day, by_night = [60.0] * 84 + [20.0] * 84, [2.0] * 84 + [6.0] * 84
    >>> (hour_profile([by_day, by_night]) * 168).round(2)[:, [0, -1]].tolist()
    [[1.47, 0.53], [1.25, 0.75]]
    """
    seen = np.atleast_2d(np.asarray(counts, dtype=float))
    if seen.shape[1] != HOURS or first_wrong(seen):
        raise ProfileRefused(
            said(
                "A week has %(hours)s hours from Monday midnight. Give a count of zero or more for each.",
                hours=Figure(HOURS),
            )
        )
    totals = seen.sum(axis=1, keepdims=True)
    common: Floats = np.asarray(seen.sum(axis=0) if towards is None else towards, dtype=float)
    if not common.sum() > 0:
        raise ProfileRefused(said("Nothing was counted in any hour. Borrow the profile of a like service."))
    common = common / common.sum()
    weight = _concentration(seen, totals, common)
    drawn = (seen + weight * common) / (totals + weight)
    return drawn[0] if np.ndim(counts) == 1 else drawn


def _concentration(seen: Floats, totals: Floats, common: Floats) -> float:
    """As how many counts the common profile weighs: large where places differ by chance alone."""
    large = totals[:, 0] > 1
    if not large.any():
        return float(HOURS)
    seen, totals = seen[large], totals[large]
    expected = totals * common
    spread = float(np.where(expected > 0, (seen - expected) ** 2 / np.where(expected > 0, expected, 1), 0).sum())
    places, free = len(seen), int(np.count_nonzero(common)) - 1
    # The mean of this chi-square is free * (1 + (total - 1) / (weight + 1)) a place.
    beyond = spread / max(1, free * places) - 1
    weight = float(totals.mean() - 1) / max(beyond, 1e-9) - 1
    return min(1e9, max(1.0, weight))


def weekly_loads(per_week: ArrayLike, profile: ArrayLike, handle_hours: float) -> Floats:
    """Load in erlangs by hour of the week: contacts a week, spread by profile, each taking `handle_hours`.

    >>> float(weekly_loads([336.0], np.full(168, 1 / 168), 0.5).sum())
    168.0
    """
    if handle_hours <= 0:
        raise ProfileRefused(
            said(
                "A contact takes %(given)s hours. Give the mean time in hours, above zero.",
                given=Figure(handle_hours, "g"),
            )
        )
    loads: Floats = np.asarray(per_week, dtype=float)[..., None] * np.asarray(profile, dtype=float) * handle_hours
    return loads
