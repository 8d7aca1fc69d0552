import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.maths import caseload as cases
from concerted.maths import standards, workload
from concerted.maths.caseload import caseload, training_release
from concerted.maths.figures import OutOfRange
from concerted.maths.standards import STANDARDS
from concerted.maths.workload import Activity, available_time, hired, never_alone, posts, wisn

WORK = [Activity("visits", 1200, 1.5), Activity("calls", 5200, 0.5), Activity("hearings", 380, 3.0)]


def test_wisn_by_hand() -> None:
    found = wisn(1519, WORK, [0.10, 0.05], 600, existing=[4, 8])
    direct = (1200 * 1.5 + 5200 * 0.5 + 380 * 3.0) / 1519
    assert float(found.direct_need) == pytest.approx(direct)
    assert float(found.standard_workloads["visits"]) == pytest.approx(1519 / 1.5)
    assert float(found.required) == pytest.approx(direct / 0.85 + 600 / 1519)
    assert list(found.ratio < 1) == [True, False]
    assert list(np.sign(found.gap)) == [-1, 1]
    assert wisn(1519, [], [], 0, existing=2).ratio == np.inf


def test_weights_and_ceilings() -> None:
    found = caseload(
        {"high": 2, "standard": 4},
        {"high": 10, "standard": 5},
        hours=1,
        direct_hours=40,
        ceiling=20,
        weights={"high": 2},
    )
    assert (found.open_cases, found.weighted_cases) == (40, 60)
    assert (found.by_hours, found.by_ceiling, found.posts) == (1.5, 3, 3)


@given(st.floats(0.1, 1e5), st.floats(1, 80), st.floats(0, 0.9))
def test_posts_give_back_their_hours(seats: float, contract: float, shrinkage: float) -> None:
    assert float(posts(seats, contract, shrinkage)) * contract * (1 - shrinkage) == pytest.approx(seats)
    assert hired(posts(seats, contract, shrinkage)) >= posts(seats, contract, shrinkage) - 1e-3


def test_nobody_alone() -> None:
    floor = never_alone([[1, 0, 5], [2, 2, 2]], least=2)
    assert np.array_equal(floor.agents, [[2, 2, 5], [2, 2, 2]])
    assert np.array_equal(floor.seat_hours_for_the_floor, [3, 0])


def test_release_before_the_round_is_over() -> None:
    release = training_release(100, 10, over=40, refresher_hours=4, turnover=0, horizon=20)
    assert (release.initial, release.refreshers) == (500, 0)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: posts(168, 0, 0.3), "contract_hours: 0 is not above 0"),
        (lambda: posts(168, 37.5, 1), "shrinkage: 1 cannot be met"),
        (lambda: wisn(1519, WORK, [0.6, 0.5], 0, 1), "category_allowances: 1.1 cannot be met"),
        (lambda: wisn(1519, [*WORK, WORK[0]], [], 0, 1), "two of them have one name"),
        (lambda: available_time(10, [6, 4]), "available time after absences: 0 is not above 0"),
        (lambda: STANDARDS["marac_cases"].needed([1000, 0]), "adult women: 0 at place 2"),
        (lambda: never_alone([1, 2], is_open=[True, False]), "closed needs agents"),
        (lambda: caseload({"a": 1}, {"b": 1}, hours=1, direct_hours=1, ceiling=1), "weeks_open: a, b stands"),
        (
            lambda: caseload({"a": 1}, {"a": 1}, hours=1, direct_hours=1, ceiling=1, weights={"c": 2}),
            "weights: c stands",
        ),
    ],
)
def test_refused(ask, said: str) -> None:
    with pytest.raises(OutOfRange, match=said):
        ask()


@pytest.mark.parametrize("module", [cases, standards, workload])
def test_examples(module) -> None:
    assert doctest.testmod(module).failed == 0
