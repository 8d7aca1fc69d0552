import doctest
from functools import cache

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import DEFINITIONS, ErlangA, ErlangC, Overloaded, erlang


@cache
def birth_death(agents: int, load: float, patience: float) -> tuple[float, float]:
    """Who waits and who hangs up, summed state by state in forty digits; handle time 1."""
    with mpmath.workdps(40):
        weight, total, waits, lost, j = mpmath.mpf(1), mpmath.mpf(1), mpmath.mpf(agents == 0), mpmath.mpf(0), 0
        while j < agents or weight > waits * mpmath.mpf(10) ** -36:
            j += 1
            weight *= load / (min(j, agents) + max(j - agents, 0) / mpmath.mpf(patience))
            total += weight
            waits += weight if j >= agents else 0
            lost += weight * max(j - agents, 0) / mpmath.mpf(patience)
        return float(waits / total), float(lost / total / load)


@pytest.mark.parametrize("agents", [0, 1, 2, 5, 30, 200])
@pytest.mark.parametrize("of", [1e-3, 0.3, 0.9, 1.0, 1.1, 2.0])
@pytest.mark.parametrize("patience", [1e-3, 0.1, 1.0, 20.0])
def test_forty_digits(agents: int, of: float, patience: float) -> None:
    load = max(agents, 1) * of
    queue = ErlangA(load, 1, patience, agents)
    p_wait, p_abandon = birth_death(agents, load, patience)
    assert float(queue.p_wait) == pytest.approx(p_wait, rel=1e-11, abs=0)
    assert float(queue.p_abandon) == pytest.approx(p_abandon, rel=1e-10, abs=0)


def answered_by_quadrature(queue: ErlangA, load: float, patience: float, agents: int, threshold: float) -> float:
    """Those answered in time, by integrating the density of the wait instead of its closed form."""
    x, y = agents * patience, load * patience
    with mpmath.workdps(30):
        shape = lambda s: mpmath.exp(y * (1 - mpmath.exp(-s)) - x * s)  # noqa: E731
        whole = mpmath.quad(shape, [0, 0.1, 0.5, 1, 3, 10, mpmath.inf])
        edge = mpmath.mpf(threshold) / patience
        in_time = mpmath.quad(lambda s: shape(s) * mpmath.exp(-s), mpmath.linspace(0, edge, 8))
        return float(1 - mpmath.mpf(float(queue.p_wait)) * (1 - in_time / whole))


@pytest.mark.parametrize(("load", "agents"), [(0.4, 1), (2, 3), (30, 3), (9, 12), (26, 20), (95, 100), (60, 100)])
@pytest.mark.parametrize("patience", [0.05, 0.25, 2.0])
def test_service_level_by_quadrature(load: float, agents: int, patience: float) -> None:
    queue = ErlangA(load, 1, patience, agents)
    expected = answered_by_quadrature(queue, load, patience, agents, 0.05)
    assert float(queue.service_level(0.05)) == pytest.approx(expected, abs=1e-12)


LOADS, PATIENCE = st.floats(0, 400), st.floats(1e-4, 1e4)


@settings(deadline=None)
@given(st.integers(0, 400), LOADS, PATIENCE, st.floats(0, 10))
def test_more_agents_are_never_worse(agents: int, load: float, patience: float, threshold: float) -> None:
    queue = ErlangA(load, 1, patience, [agents, agents + 1])
    for figure in (queue.p_wait, queue.p_abandon, queue.mean_wait / patience):
        assert 0 <= figure[1] <= figure[0] * (1 + 1e-10) + 1e-12
        assert figure[0] <= 1 + 1e-12
    for definition in DEFINITIONS:
        fewer, more = queue.service_level(threshold, definition)
        assert fewer - 1e-10 <= more <= 1 + 1e-12, definition


@settings(deadline=None)
@given(st.integers(1, 300), st.floats(0, 0.999), st.floats(0, 3))
def test_endless_patience_is_erlang_c(agents: int, of: float, threshold: float) -> None:
    patient, steadfast = ErlangA(agents * of, 1, 1e13, agents), ErlangC(agents * of, 1, agents)
    assert float(patient.p_wait) == pytest.approx(float(steadfast.p_wait), rel=1e-6, abs=1e-300)
    assert float(patient.mean_wait) == pytest.approx(float(steadfast.mean_wait), rel=1e-6, abs=1e-300)
    for definition in DEFINITIONS:
        level = float(steadfast.service_level(threshold, definition))
        assert float(patient.service_level(threshold, definition)) == pytest.approx(level, abs=1e-6)


@settings(deadline=None)
@given(st.integers(1, 100), st.floats(0.01, 150), st.floats(0.01, 100), st.sampled_from([1 / 60, 60.0, 3600.0]))
def test_units_do_not_matter(agents: int, load: float, patience: float, unit: float) -> None:
    one, other = ErlangA(load, 1, patience, agents), ErlangA(load / unit, unit, patience * unit, agents)
    assert float(one.p_abandon) == pytest.approx(float(other.p_abandon), rel=1e-9)
    assert float(one.mean_wait) * unit == pytest.approx(float(other.mean_wait), rel=1e-9)
    assert float(one.service_level(0.1)) == pytest.approx(float(other.service_level(0.1 * unit)), abs=1e-9)


def test_overload() -> None:
    with pytest.raises(Overloaded, match=r"3 agents cannot carry a load of 3 erlangs.*at least 4 agents"):
        ErlangC([1.0, 3.0], 1, 3)
    drowned = ErlangA(1e6, 1, 0.5, 3)
    assert float(drowned.p_abandon) == pytest.approx(1 - 3e-6, rel=1e-12)
    assert float(drowned.occupancy) == pytest.approx(1)
    assert 0 <= float(drowned.service_level(0.1)) < 1e-5


def test_nobody_calls_and_nobody_answers() -> None:
    quiet = ErlangA(0, 1, 1, [0, 3])
    assert list(quiet.p_wait) == [1, 0]
    assert list(quiet.occupancy) == [0, 0]
    assert float(ErlangC(0, 1, 2).service_level(0)) == 1
    closed = ErlangA(5, 1, 2, 0)
    assert (float(closed.p_abandon), float(closed.mean_wait), float(closed.occupancy)) == (1, 2, 0)
    for definition in ("offered", "answered"):
        assert float(closed.service_level(1, definition)) == pytest.approx(0, abs=1e-15)


def test_tables_of_numbers() -> None:
    assert np.shape(ErlangA([[1], [2]], 1, 1, [1, 2, 3]).service_level(0.2)) == (2, 3)
    assert isinstance(ErlangA(1, 1, 1, 1).p_wait, float)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: ErlangA(1, 0, 1, 1), "handle_time: 0 is not above 0"),
        (lambda: ErlangA(1, 1, [1, -2], 1), "patience: -2 at place 2"),
        (lambda: ErlangA(-1, 1, 1, 1), "arrival_rate: -1 is below 0"),
        (lambda: ErlangA(1, 1, 1, 1).service_level(-1), "threshold: -1 is below 0"),
        (lambda: ErlangC(1, 1, 2).service_level(1, "best"), "'best' is not a service level"),
    ],
)
def test_refused(ask, said: str) -> None:
    with pytest.raises(OutOfRange, match=said):
        ask()


def test_examples() -> None:
    assert doctest.testmod(erlang).failed == 0
