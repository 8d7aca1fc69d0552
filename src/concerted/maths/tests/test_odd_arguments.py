"""Numbers nobody would plan with: none, very many, very long, arrays of nothing. Warnings are errors here."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import (
    BoundedQueue,
    Chats,
    ErlangA,
    ErlangC,
    PatientChats,
    agents_needed,
    effective_handle_time,
    erlang_b,
    lagged_load,
    lines_needed,
    modified_offered_load,
    p_wait_large,
    square_root_agents,
)
from concerted.maths.workload import hired


def test_a_load_of_hundreds_of_digits_finds_every_line_taken() -> None:
    assert erlang_b([1, 10**6], 1e300).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("patience", "same"), [(1e300, ErlangC(6, 1 / 3, 3).p_wait), (1e-300, erlang_b(3, 2))], ids=["endless", "none"]
)
def test_endless_patience_is_erlang_c_and_none_is_erlang_b(patience: float, same: float) -> None:
    line = ErlangA(6, 1 / 3, patience, 3)
    assert line.p_wait == pytest.approx(same, rel=1e-12)
    assert 0 < line.service_level(0.02) < 1


@pytest.mark.parametrize("rate", [1e4, 1e10, 1e17, 1e300])
def test_a_line_that_nearly_all_are_turned_away_from_keeps_its_time(rate: float) -> None:
    line = BoundedQueue(rate, 1 / 30, 3, 7)
    # All three talk for ever, and four wait for one of them to end: 7 calls, 90 an hour.
    assert line.occupancy == pytest.approx(1, rel=1e-2)
    assert line.time_in_system == pytest.approx(7 / 90, rel=1e-2)
    assert line.mean_wait == pytest.approx(4 / 90, rel=1e-2)


@pytest.mark.parametrize("length", [1e3, 1e9, 1e15, 1e300])
def test_of_work_of_many_years_the_hours_of_a_day_no_longer_tell(length: float) -> None:
    load = modified_offered_load([1, 2], length)
    assert load.mean / length == pytest.approx([1.5, 1.5], rel=1e-3)


def test_one_hour_is_an_hour() -> None:
    assert lagged_load(5, 0.5).tolist() == [2.5]
    assert modified_offered_load(5, 0.5).mean.tolist() == [2.5]


def test_a_handle_time_of_many_rounds_comes_round() -> None:
    assert lagged_load([1, 2, 4], 3e9 + 1).tolist() == [(3e9 + 1) * rate for rate in (4, 1, 2)]
    assert np.isfinite(lagged_load([1, 2, 3], 1e300)).all()


@pytest.mark.parametrize(
    "empty",
    [
        lambda: BoundedQueue([], 1, 3, 7).p_full,
        lambda: PatientChats([], 1, 3, [1]).p_wait,
        lambda: Chats([], 1, 1, 3, [1]).p_wait,
        lambda: ErlangA([], 1, 1, 3).p_wait,
        lambda: ErlangC([], 1, 3).mean_wait,
        lambda: erlang_b([], 1),
        lambda: lines_needed([], 0.1),
        lambda: agents_needed([], 1, service_level=0.8, threshold=1),
        lambda: modified_offered_load([], 1).mean,
        lambda: lagged_load([], 1),
    ],
)
def test_of_nothing_comes_nothing(empty: Callable[[], Any]) -> None:
    assert np.asarray(empty()).shape == (0,)


def test_the_square_root_rule_far_out() -> None:
    assert p_wait_large([0.5, 40, 1e5, 1e300]).round(4).tolist() == [0.5045, 0, 0, 0]
    assert p_wait_large([-1e300, -1e9, -50, 0, 50, 1e9], 1).tolist() == pytest.approx([1, 1, 1, 0.5, 0, 0])
    for beta in (np.nan, np.inf):
        with pytest.raises(OutOfRange, match="beta"):
            square_root_agents(100, beta)
        with pytest.raises(OutOfRange, match="beta"):
            p_wait_large(beta, 1)


@pytest.mark.parametrize("at_once", [0, 6, 2.5])
def test_chats_that_are_not_in_the_table_are_refused(at_once: Any) -> None:
    with pytest.raises(OutOfRange, match="not in the table"):
        effective_handle_time(600, at_once)


def test_posts_in_thousands_of_millions_are_rounded_up_all_the_same() -> None:
    assert hired([2_000_000_000.9, 1e300, 6.0000000000001]).tolist() == [2_000_000_001, 1e300, 6]
