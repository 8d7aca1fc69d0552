"""Cases that stay open for weeks: how many there are, and the posts they take by hours and by a safe ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .figures import Figures, OutOfRange, above, at_least
from .said import Listed, said


@dataclass(frozen=True)
class Caseload:
    """Open cases, and the posts they need by each of two rules; the larger one counts, both are shown."""

    open_cases: Figures
    weighted_cases: Figures
    by_hours: Figures
    by_ceiling: Figures
    posts: Figures


def open_cases(referrals: ArrayLike, weeks_open: ArrayLike) -> Figures:
    """Cases open at a time, in the long run: referrals a week x weeks that one stays open (Little 1961).

    >>> float(open_cases(5, 12))
    60.0
    """
    return np.float64(1) * (at_least("referrals", referrals) * above("weeks_open", weeks_open))


def caseload(
    referrals: Mapping[str, ArrayLike],
    weeks_open: Mapping[str, ArrayLike],
    *,
    hours: ArrayLike,
    direct_hours: ArrayLike,
    ceiling: ArrayLike,
    weights: Mapping[str, ArrayLike] | None = None,
) -> Caseload:
    """Posts for the cases of each risk band, referred each week and open so many weeks.

    `hours` a case of weight 1 takes in a week; `direct_hours` a post has for cases in a week; `ceiling` is the most
    weighted cases that one person carries safely; a band without a weight counts 1.

    >>> found = caseload({"high": 5}, {"high": 12}, hours=2.5, direct_hours=22, ceiling=25)
    >>> float(found.open_cases), round(float(found.by_hours), 6), float(found.by_ceiling)
    (60.0, 6.818182, 2.4)
    """
    weights = weights or {}
    for name, bands in (("weeks_open", weeks_open), ("weights", {**dict.fromkeys(referrals, 1), **weights})):
        if set(bands) != set(referrals):
            raise OutOfRange(
                said(
                    "%(name)s: %(words)s stands in one list only. Give every band its referrals and weeks.",
                    name=name,
                    words=Listed(tuple(sorted(set(bands) ^ set(referrals)))),
                )
            )
    by_band = {band: open_cases(rate, weeks_open[band]) for band, rate in referrals.items()}
    weighed = [cases * above(f"weights of {band}", weights.get(band, 1)) for band, cases in by_band.items()]
    total, weighted = sum(by_band.values(), np.float64(0)), sum(weighed, np.float64(0))
    by_hours = weighted * at_least("hours", hours) / above("direct_hours", direct_hours)
    by_ceiling = weighted / above("ceiling", ceiling)
    one = np.float64(1)
    return Caseload(total, one * weighted, one * by_hours, one * by_ceiling, np.maximum(by_hours, by_ceiling))


@dataclass(frozen=True)
class Release:
    """Hours off the floor for training, within the horizon."""

    initial: Figures
    refreshers: Figures
    joiners: Figures
    total: Figures


def training_release(
    staff: ArrayLike,
    hours: ArrayLike,
    *,
    over: ArrayLike,
    refresher_hours: ArrayLike,
    turnover: ArrayLike,
    horizon: ArrayLike,
    year: float = 52.0,
) -> Release:
    """Hours that training takes from the floor: the first round spread `over` so many weeks, a refresher a year after
    that round, and the first round again for those who join in place of leavers (`turnover` a year).

    >>> float(training_release(200, 16, over=26, refresher_hours=4, turnover=0.2, horizon=52).total)
    4240.0
    """
    people, each, span = at_least("staff", staff), at_least("hours", hours), at_least("horizon", horizon)
    roll_out, years = above("over", over), span / above("year", year)
    initial = people * each * np.minimum(span / roll_out, 1)
    later = np.maximum(span - roll_out, 0) / year
    refreshers = people * at_least("refresher_hours", refresher_hours) * later
    joiners = people * at_least("turnover", turnover) * years * each
    one = np.float64(1)
    return Release(one * initial, one * refreshers, one * joiners, initial + refreshers + joiners)
