"""The rows of the reference table about demand: what initiatives brought, and how good forecasts were."""

from math import floor
from typing import Any

import numpy as np

from concerted.maths.demand import card, forecast, launch_effect, owa

Rows = dict[str, Any]

#: sMAPE and MASE over all series of the M4 competition, as its organisers published them with each OWA.
_M4 = {"F00o": (13.564, 1.912), "F02o": (12.661, 1.683), "F04o": (12.555, 1.663), "F06o": (11.720, 1.551)}
_BEFORE, _SINCE = [4, 6, 5, 7, 5, 6, 4, 8, 6, 5, 7, 6], [12, 15, 14, 18, 17, 19, 21, 20, 23, 22, 25, 24]


def effects() -> Rows:
    """What the program plans with, told as the sources print it; and what it reads from a source's own counts."""
    pathway, withdrawn = card("pathway_with_advocate").effect, card("advocate_withdrawn").effect
    # The months of the line's review, three before the lockdown and eleven in it, each at the mean that is printed.
    lockdown = launch_effect([8_176.0] * 3 + [13_162.0] * 11, before=3).level.ratio
    return {
        "E01": f"{pathway.ratio:.2f} ({pathway.low:.2f}-{pathway.high:.2f})",
        "E04": f"{_change(withdrawn.ratio)}% ({_change(withdrawn.high)}..{_change(withdrawn.low)})",
        "E06": f"{_change(card('first_response_model').effect.ratio):+}%",
        "E07": f"{_change(card('short_number').effect.ratio):+}%",
        "E08": f"{_change(lockdown):+}%",
        "E09": f"{_whole(100 * 330_000 / 2_000_000)}%",
        "I02": launch_effect(_BEFORE + _SINCE, before=len(_BEFORE)).level.ratio,
    }


def forecasts() -> Rows:
    """Measures of forecasts against the competition's benchmark, and a count that is only Poisson."""
    benchmark = _M4["F00o"]
    found: Rows = {key: owa(smape, mase, benchmark=benchmark) for key, (smape, mase) in _M4.items()}
    return found | {"F50": forecast(np.full(40, 2.0), ahead=1, cycle=1, per_year=12).quantile(0.9)[0, 0]}


def _change(ratio: float) -> int:
    """In whole per cent, such as 61 for a ratio of 1.61."""
    return _whole(100 * (ratio - 1))


def _whole(share: float) -> int:
    """Rounded as print does it, a half upwards; what stands beyond the ninth digit is not meant."""
    return floor(round(share, 9) + 0.5)
