"""The rows of the reference table about workload, worked out by our own functions."""

from typing import Any

from concerted.maths.caseload import caseload, training_release
from concerted.maths.standards import STANDARDS, cost_of_each
from concerted.maths.workload import Activity, available_time, posts, wisn

Rows = dict[str, Any]


def workload() -> Rows:
    """Working time, posts, cases, release for training."""
    work = [Activity("visits", 1200, 1.5), Activity("calls", 5200, 0.5), Activity("hearings", 380, 3.0)]
    cases = caseload({"all": 5}, {"all": 12}, hours=2.5, direct_hours=22, ceiling=25)
    release = training_release(200, 16, over=26, refresher_hours=4, turnover=0.2, horizon=52)
    return {
        "W01": wisn(179, [Activity("consultations", 3125, 1)], [], 0, existing=1).direct_need,
        "W02": available_time(4.5 * 52, [10, 30, 15]),
        "W03": 8 * available_time(260, [13, 18, 12, 5]),
        "W05": available_time(1872, [168.5, 3.7, 65.5, 37.4, 74.9]),
        "W08": wisn(1519, work, [0.10, 0.05], 600, existing=4).category_factor,
        "P01": posts(168, 37.5, 0.30),
        "L01": (cases.open_cases, cases.by_hours, cases.by_ceiling),
        "X01": (release.initial, release.refreshers, release.joiners, release.total),
    }


def standards() -> Rows:
    """Published standards per population."""
    return {
        "S01": STANDARDS["marac_cases"].needed(150_000),
        "S02": STANDARDS["advocates"].needed(600),
        "S03": STANDARDS["administrators"].needed(600),
        "S05": cost_of_each(441e6, 5.6e6),
    }
