import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import (
    DEFINITIONS,
    ErlangA,
    ErlangC,
    agents_needed,
    lookup,
    rate_with_redials,
    staffing,
    staffing_table,
)


def test_pooling_as_published() -> None:
    assert agents_needed(50 / 20, 20, service_level=0.8, threshold=1) == 57
    assert agents_needed(50 / 20, 20, patience=5, service_level=0.8, threshold=1) == 51


LOADS = st.floats(0, 150)
PROMISES = st.fixed_dictionaries(
    {
        "patience": st.floats(0.01, 50),
        "service_level": st.floats(0.05, 0.99),
        "threshold": st.floats(0, 2),
        "max_abandon": st.none() | st.floats(0.01, 0.9),
        "max_occupancy": st.none() | st.floats(0.2, 1),
        "definition": st.sampled_from(DEFINITIONS),
    }
)


def misses(queue: ErlangA, promise: dict) -> np.ndarray:
    missed = queue.service_level(promise["threshold"], promise["definition"]) < promise["service_level"]
    if promise["max_abandon"] is not None:
        missed = missed | (queue.p_abandon > promise["max_abandon"])
    if promise["max_occupancy"] is not None:
        missed = missed | (queue.occupancy > promise["max_occupancy"])
    return missed


@settings(deadline=None)
@given(LOADS, PROMISES)
def test_the_smallest_number(load: float, promise: dict) -> None:
    agents = int(agents_needed(load, 1, **promise))
    if load == 0:
        assert agents == 0
        return
    assert not misses(ErlangA(load, 1, promise["patience"], agents), promise)
    assert misses(ErlangA(load, 1, promise["patience"], np.arange(agents)), promise).all()


@settings(deadline=None, max_examples=25)
@given(st.floats(0.1, 60), st.floats(0.05, 5), st.floats(0.01, 0.9), st.floats(0, 0.95))
def test_the_smallest_number_with_redials(load: float, patience: float, lost: float, redial: float) -> None:
    agents = int(agents_needed(load, 1, patience=patience, max_abandon=lost, redial=redial))
    each = np.array([agents - 1, agents])
    tries = rate_with_redials(load, 1, patience, each, redial)
    fewer, enough = ErlangA(tries, 1, patience, each).p_abandon
    assert enough <= lost < fewer
    assert agents >= agents_needed(load, 1, patience=patience, max_abandon=lost)


@settings(deadline=None)
@given(LOADS, st.floats(0.05, 0.99), st.floats(0, 2), st.integers(0, 5))
def test_the_smallest_number_without_hanging_up(load: float, level: float, threshold: float, floor: int) -> None:
    agents = int(agents_needed(load, 1, service_level=level, threshold=threshold, at_least=floor))
    if load == 0:
        assert agents == floor
        return
    assert agents >= floor
    assert ErlangC(load, 1, agents).service_level(threshold) >= level
    below = agents - 1
    assert below < floor or below <= load or ErlangC(load, 1, below).service_level(threshold) < level


@settings(deadline=None)
@given(LOADS, st.floats(1, 2), PROMISES)
def test_more_load_never_fewer_agents(load: float, more: float, promise: dict) -> None:
    fewer, many = agents_needed([load, load * more], 1, **promise)
    assert fewer <= many


@settings(deadline=None, max_examples=10)
@given(PROMISES, st.lists(st.floats(0, 60), min_size=1, max_size=30), st.integers(0, 4))
def test_lookup_is_the_direct_answer(promise: dict, loads: list[float], floor: int) -> None:
    table = staffing_table(61, 1, at_least=floor, **promise)
    assert np.array_equal(table.agents(loads), agents_needed(loads, 1, at_least=floor, **promise))
    steps = table.capacity[table.capacity <= 61]
    assert np.array_equal(table.agents(steps), np.maximum(np.searchsorted(table.capacity, steps), floor))


def test_lookup_at_every_step_and_just_above() -> None:
    table = staffing_table(300, 20, service_level=0.8, threshold=1)
    n = np.arange(len(table.capacity))
    assert np.array_equal(table.agents(table.capacity), n)
    assert np.array_equal(table.agents(np.nextafter(table.capacity[:-1], np.inf)), n[1:])
    assert float(table.capacity[1]) == pytest.approx(0.208, abs=5e-4)


def test_lookup_whose_steps_are_too_fine_for_cells() -> None:
    table = staffing_table(50, 1, service_level=0.9999999, threshold=0)
    loads = np.linspace(0, 50, 333)
    assert np.array_equal(table.agents(loads), np.searchsorted(table.capacity, loads))
    assert np.array_equal(table.agents(loads), agents_needed(loads, 1, service_level=0.9999999, threshold=0))


def test_tables_of_numbers() -> None:
    found = agents_needed([[0.5], [5]], [1, 2, 3], service_level=[0.7, 0.8, 0.9], threshold=0.1, at_least=[1, 1, 2])
    assert found.shape == (2, 3)
    assert found[1, 2] == agents_needed(5, 3, service_level=0.9, threshold=0.1, at_least=2)
    assert staffing_table(9, 1, max_occupancy=0.8).agents([[1.0, 2.0]]).shape == (1, 2)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: agents_needed(1, 1), "No target is given"),
        (lambda: agents_needed(1, 1, service_level=0.8), "go together"),
        (lambda: agents_needed(1, 1, service_level=1, threshold=1), r"service_level: 1 cannot be met.*less than 1"),
        (lambda: agents_needed(1, 1, max_abandon=0.1), "max_abandon needs patience"),
        (lambda: agents_needed(1, 1, max_occupancy=0.9, redial=0.1), "redial needs patience"),
        (lambda: agents_needed(1, 1, patience=1, max_abandon=0), "max_abandon: 0 is not above 0"),
        (lambda: agents_needed(1, 1, max_occupancy=1.2), "max_occupancy: 1.2 cannot be met"),
        (lambda: agents_needed(1, 1, max_occupancy=1, at_least=0.5), "at_least: 0.5 is not a whole number"),
        (lambda: staffing_table(5, 1, max_occupancy=0.8).agents([1, 99]), "load: 99 is above the"),
        (lambda: staffing_table(5, 1, max_occupancy=0.8).agents([1, -1]), "load: -1 at place 2"),
        (lambda: staffing_table(5, 1, max_occupancy=0.8).agents(float("nan")), "load: nan"),
    ],
)
def test_refused(ask, said: str) -> None:
    with pytest.raises(OutOfRange, match=said):
        ask()


@pytest.mark.parametrize("module", [lookup, staffing])
def test_examples(module) -> None:
    assert doctest.testmod(module).failed == 0
