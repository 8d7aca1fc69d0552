import doctest

import numpy as np
import pytest

from concerted.maths.queueing import (
    agents_needed,
    erlang_c,
    hours,
    lagged_load,
    modified_offered_load,
    stationary_load,
)

DAY = 30 * (1 + np.sin(2 * np.pi * (np.arange(24) - 6) / 24)) / 2


def stepwise(rate: np.ndarray, handle_time: float, days: int, steps: int = 2000) -> np.ndarray:
    """m' = rate - m / handle time by small steps, until the day repeats; the load at each step of the last day."""
    load, last = 0.0, []
    for day in range(days):
        for hour in rate:
            for _step in range(steps):
                load += (hour - load / handle_time) / steps
                if day == days - 1:
                    last.append(load)
    return np.array(last).reshape(len(rate), steps)


def test_modified_offered_load_by_small_steps() -> None:
    found, slow = modified_offered_load(DAY, 0.75), stepwise(DAY, 0.75, 2)
    assert np.allclose(found.mean, slow.mean(axis=1), atol=0.02)
    assert np.allclose(found.peak, slow.max(axis=1), atol=0.02)


def test_a_steady_day_is_stationary() -> None:
    steady = [[4.0] * 24, [7.0] * 24]
    expected = stationary_load(steady, [0.5, 2])
    assert np.allclose(expected[:, 0], [2, 14])
    assert np.allclose(lagged_load(steady, [0.5, 2]), expected)
    assert np.allclose(modified_offered_load(steady, [0.5, 2]).mean, expected)


@pytest.mark.parametrize("time", [0.25, 0.75, 3.2])
def test_work_is_moved_never_lost(time: float) -> None:
    for load in (lagged_load(DAY, time), modified_offered_load(DAY, time).mean):
        assert float(np.sum(load)) == pytest.approx(float(DAY.sum()) * time)


def test_unit_of_time_does_not_matter() -> None:
    minutes = modified_offered_load(DAY / 60, 45, hour=60)
    assert np.allclose(minutes.mean, modified_offered_load(DAY, 0.75).mean)
    assert np.allclose(lagged_load(DAY / 60, 45, hour=60), lagged_load(DAY, 0.75))


def worst_delay(agents: np.ndarray, rate: np.ndarray, handle_time: float, states: int = 160) -> float:
    """The highest share of busy moments of a day that repeats, by Kolmogorov's equations, minute by minute."""
    count, chance, worst = np.arange(states), np.eye(states)[0], 0.0
    for day in range(2):
        for n, arrivals in zip(agents, rate, strict=True):
            leave = np.minimum(count, n) / handle_time
            for _step in range(240):
                flow = np.diff(np.concatenate([[0], arrivals * chance[:-1] - leave[1:] * chance[1:], [0]]))
                chance = chance - flow / 240
                worst = max(worst, float(chance[int(n) :].sum())) if day else worst
    return worst


#: Calls an hour of the reference table, each of three quarters of an hour.
REFERENCE_DAY, REFERENCE_CALL = 6 + 5 * np.sin(2 * np.pi * (np.arange(24) - 9) / 24), 0.75


@pytest.mark.parametrize(("rate", "time"), [(REFERENCE_DAY, REFERENCE_CALL), (DAY + 5, 0.75)])
def test_modified_load_keeps_a_target_that_hour_by_hour_misses(rate: np.ndarray, time: float) -> None:
    target = {"service_level": 0.80, "threshold": 0}
    by_hour = agents_needed(stationary_load(rate, time) / time, time, **target)
    modified = agents_needed(modified_offered_load(rate, time).peak / time, time, **target)
    assert worst_delay(by_hour, rate, time) > 0.25
    assert worst_delay(modified, rate, time) < 0.21
    assert modified.sum() <= by_hour.sum() * 1.08
    assert (erlang_c(modified, modified_offered_load(rate, time).peak) <= 0.20).all()


def test_cases_months_later() -> None:
    weeks = modified_offered_load([5.0] * 60, 12, before=0)
    assert float(weeks.peak[11]) == pytest.approx(60 * (1 - np.exp(-1)))
    assert float(weeks.peak[-1]) == pytest.approx(60, rel=0.01)


def test_examples() -> None:
    assert doctest.testmod(hours).failed == 0
