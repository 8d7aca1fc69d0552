import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import ErlangA, again, first_tries, limits, p_wait_large, rate_with_redials


def test_large_teams_come_close_to_their_limit() -> None:
    for beta, patience in ((-1.0, 0.5), (0.0, 1.0), (1.0, 3.0)):
        load = 20_000 - beta * 20_000**0.5
        queue = ErlangA(load, 1, patience, 20_000)
        assert float(queue.p_wait) == pytest.approx(float(p_wait_large(beta, patience)), abs=0.004)


@settings(deadline=None)
@given(st.floats(0, 80), st.floats(0.01, 10), st.integers(0, 60), st.floats(0, 0.99))
def test_redials_balance(first: float, patience: float, agents: int, redial: float) -> None:
    tries = float(rate_with_redials(first, 1, patience, agents, redial))
    lost = float(ErlangA(tries, 1, patience, agents).p_abandon)
    assert first_tries(tries, lost, redial) == pytest.approx(first, rel=1e-9, abs=1e-12)
    assert tries >= first


def test_one_in_five_answered() -> None:
    """Where few are answered and most try again, counted calls are several times the people who call."""
    tries = rate_with_redials(10, 1, 0.2, [0, 2, 30], 0.8)
    assert float(tries[0]) == pytest.approx(50)
    assert tries[1] > 30
    assert float(tries[2]) == pytest.approx(10, rel=1e-3)


def test_refused() -> None:
    with pytest.raises(OutOfRange, match="redial: 1 cannot be met"):
        rate_with_redials(1, 1, 1, 1, 1)
    with pytest.raises(OutOfRange, match="beta: 0 is not above 0"):
        p_wait_large(0)
    with pytest.raises(OutOfRange, match="beta: not a number"):
        p_wait_large(np.nan, 1)


@pytest.mark.parametrize("module", [again, limits])
def test_examples(module) -> None:
    assert doctest.testmod(module).failed == 0
