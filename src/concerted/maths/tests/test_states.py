import doctest

import numpy as np
import pytest

from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import (
    BoundedQueue,
    Chats,
    ErlangA,
    ErlangC,
    Overloaded,
    PatientChats,
    chats,
    effective_handle_time,
    erlang_b,
    states,
)


def test_no_room_to_wait_is_erlang_b() -> None:
    line = BoundedQueue(7, 1, [3, 8], [3, 8])
    assert np.allclose(line.p_full, erlang_b([3, 8], 7), rtol=1e-12)
    assert np.array_equal(line.mean_wait, [0, 0])


def test_much_room_to_wait_is_erlang_c() -> None:
    line, queue = BoundedQueue(4, 1, 6, 500), ErlangC(4, 1, 6)
    assert float(line.mean_wait) == pytest.approx(float(queue.mean_wait), rel=1e-10)
    assert float(line.occupancy) == pytest.approx(float(queue.occupancy), rel=1e-10)


def test_one_chat_at_once_is_a_call() -> None:
    for chat, call in (
        (PatientChats([2, 5], 1, [3, 6], [1]), ErlangC([2, 5], 1, [3, 6])),
        (Chats([2, 9], 1, 0.5, [3, 6], [1]), ErlangA([2, 9], 1, 0.5, [3, 6])),
    ):
        assert np.allclose(chat.p_wait, call.p_wait, rtol=1e-12)
        assert np.allclose(chat.mean_wait, call.mean_wait, rtol=1e-12)
        assert np.allclose(chat.service_level(0.1), call.service_level(0.1), rtol=1e-12)


@pytest.mark.parametrize(("load", "patience"), [(3.0, 0.4), (9.0, 2.0), (0.3, 1.0)])
def test_two_agents_with_two_chats_state_by_state(load: float, patience: float) -> None:
    """The whole chain written out: one chat runs at 1, two of one agent at 0.6 each."""
    rates = [1.0, 2.0, 1.0 + 1.2, 2.4, *(2.4 + waiting / patience for waiting in range(1, 400))]
    weights = np.cumprod([1.0, *(load / rate for rate in rates)])
    shares = weights / weights.sum()
    queue = Chats(load, 1, patience, 2, [1, 0.6])
    assert float(queue.p_wait) == pytest.approx(shares[4:].sum(), rel=1e-11)
    waiting = np.arange(len(shares) - 4) @ shares[4:]
    assert float(queue.mean_wait) == pytest.approx(waiting / load, rel=1e-10)
    assert float(queue.occupancy) == pytest.approx(shares[1] / 2 + shares[2:].sum(), rel=1e-11)
    assert float(queue.p_abandon) == pytest.approx(waiting / patience / load, rel=1e-10)


def test_busy_share_without_patience() -> None:
    rates = [1.0, 2.0, 2.2, *([2.4] * 3000)]
    weights = np.cumprod([1.0, *(2 / rate for rate in rates)])
    shares = weights / weights.sum()
    assert float(PatientChats(2, 1, 2, [1, 0.6]).occupancy) == pytest.approx(shares[1] / 2 + shares[2:].sum())


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda: BoundedQueue(1, 1, 3, 2), OutOfRange, "places: fewer than agents"),
        (lambda: Chats(1, 1, 1, 1, []), OutOfRange, "speed: empty"),
        (lambda: Chats(1, 1, 1, 1, [1, 0]), OutOfRange, "speed: 0 at place 2"),
        (
            lambda: PatientChats(5, 1, 2, [1, 0.6]),
            Overloaded,
            r"2 agents cannot .* at least 5 agents",
        ),
        (lambda: effective_handle_time(600, 6), OutOfRange, "at_once: 6 is not in the table"),
    ],
)
def test_refused(ask, error, said: str) -> None:
    with pytest.raises(error, match=said):
        ask()


@pytest.mark.parametrize("module", [chats, states])
def test_examples(module) -> None:
    assert doctest.testmod(module).failed == 0
