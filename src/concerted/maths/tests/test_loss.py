import doctest

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.maths import figures
from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import (
    erlang_b,
    erlang_b_extended,
    lines_needed,
    load_with_redials,
    loss,
    search,
)


def recursion(agents: int, load: float) -> float:
    """Erlang's own recursion, in fifty digits."""
    with mpmath.workdps(50):
        blocked = mpmath.mpf(1)
        for n in range(1, agents + 1):
            blocked = load * blocked / (n + load * blocked)
        return float(blocked)


@pytest.mark.parametrize("agents", [0, 1, 2, 9, 10, 11, 60, 130, 1000, 20000])
@pytest.mark.parametrize("of", [1e-3, 0.3, 0.9, 0.99, 1.0, 1.01, 1.2, 3.0, 50.0])
def test_fifty_digits(agents: int, of: float) -> None:
    load = max(agents, 1) * of
    assert float(erlang_b(agents, load)) == pytest.approx(recursion(agents, load), rel=2e-12, abs=1e-300)


@settings(deadline=None)
@given(st.integers(0, 3000), st.floats(0, 5000))
def test_more_lines_turn_away_fewer(agents: int, load: float) -> None:
    fewer, more = erlang_b([agents, agents + 1], load)
    assert 0 <= more <= fewer * (1 + 1e-14)
    assert fewer <= 1


@settings(deadline=None, max_examples=50)
@given(st.floats(0, 500), st.floats(0.0001, 0.9), st.floats(0, 0.9))
def test_the_fewest_lines(load: float, most: float, redial: float) -> None:
    lines = int(lines_needed(load, most, redial))
    assert erlang_b_extended(lines, load, redial) <= most
    assert lines == 0 or erlang_b_extended(lines - 1, load, redial) > most


def test_nobody_redials_is_erlang_b() -> None:
    assert np.array_equal(erlang_b_extended([3, 9], [2, 20], 0), erlang_b([3, 9], [2, 20]))


@settings(deadline=None)
@given(st.integers(0, 300), st.floats(0, 500), st.floats(0, 0.99))
def test_redials_balance(agents: int, load: float, redial: float) -> None:
    total = float(load_with_redials(agents, load, redial))
    assert total * (1 - redial * float(erlang_b(agents, total))) == pytest.approx(load, rel=1e-9)


def test_tables_of_numbers() -> None:
    assert np.shape(erlang_b([[1], [2], [3]], [0.5, 1.0])) == (3, 2)
    assert isinstance(erlang_b(1, 1), float)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: erlang_b(2, -1), "load: -1 is below 0"),
        (lambda: erlang_b(2, [1, float("nan")]), "load: nan at place 2"),
        (lambda: erlang_b(2.5, 1), "agents: 2.5 is not a whole number"),
        (lambda: lines_needed(1, 0), "max_blocking: 0 is not above 0"),
        (lambda: load_with_redials(1, 1, 1), "redial: 1 cannot be met"),
        (lambda: search.smallest(np.zeros(()), lambda n: n < 0), "No number of agents"),
    ],
)
def test_refused(ask, said: str) -> None:
    with pytest.raises(OutOfRange, match=said):
        ask()


@pytest.mark.parametrize("module", [figures, loss, search])
def test_examples(module) -> None:
    assert doctest.testmod(module).failed == 0
