"""Referrals: everything that comes in arrives somewhere, in time, and nothing grows without end."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from concerted.maths.referrals import Network, ReferralsRefused, heaviest_circle, settled, travel

NAMES = ("helpline", "advocacy", "police", "health", "shelter", "legal aid")


def response() -> Network:
    """A helpline that refers to five services, each with its clock in weeks."""
    shares = np.zeros((6, 6))
    shares[0, 1:] = 0.20, 0.08, 0.05, 0.06, 0.04
    shares[1, 2:] = 0.15, 0.10, 0.12, 0.30
    shares[2, [1, 3, 4]] = 0.30, 0.10, 0.05
    shares[3, 1] = 0.10
    shares[4, 5] = 0.25
    return Network(
        NAMES,
        shares,
        np.array([0.0, 3, 1, 0.5, 4, 6]),
        np.array([0.0, 12, 6, 2, 16, 40]),
        np.array([0.8, 1, 1, 1, 0.9, 1]),
    )


def alone(case_length: float) -> Network:
    return Network(("advocacy",), np.zeros((1, 1)), np.zeros(1), np.array([case_length]), np.ones(1))


def test_twelve_week_cases_after_twelve_weeks() -> None:
    flow = travel(alone(12), np.full((104, 1), 5.0))
    final = settled(alone(12), [5.0]).open_cases[0, 0]
    assert final == pytest.approx(60), "the reference's 5 referrals a week open for 12 weeks"
    assert flow.open_cases[11, 0] / final == pytest.approx(1 - np.exp(-1), abs=1e-12)
    assert flow.open_cases[-1, 0] / final > 0.999


def test_open_cases_solve_their_equation() -> None:
    weekly = np.random.default_rng(1).gamma(2, 2, 30)
    flow = travel(alone(7), weekly[:, None], open_at_start=[9.0])
    now = 9.0
    for week, come in enumerate(weekly):
        solved = solve_ivp(lambda _t, held, come=come: come - held / 7, (0, 1), [now], rtol=1e-10, atol=1e-10)
        now = float(solved.y[0, -1])
        assert flow.open_cases[week, 0] == pytest.approx(now, abs=1e-7)


def test_a_steady_helpline_settles_where_the_matrix_says() -> None:
    calls = np.zeros(6)
    calls[0] = 100
    flow = travel(response(), np.tile(calls, (700, 1)))
    final = settled(response(), calls)
    assert flow.arrivals[-1] == pytest.approx(final.arrivals[0], rel=1e-6)
    assert flow.open_cases[-1] == pytest.approx(final.open_cases[0], rel=1e-5)
    assert final.arrivals[0] == pytest.approx(calls + final.arrivals[0] @ response().handed_on)


def test_legal_aid_breaks_long_after_the_helpline_opens() -> None:
    calls = np.zeros((104, 6))
    calls[:, 0] = 100
    flow = travel(response(), calls)
    ceiling = settled(response(), calls[0]).open_cases[0] * 0.7
    over = flow.first_over(np.where(ceiling > 0, ceiling, np.inf))
    assert over[0] == -1, "the helpline keeps no case open"
    assert 12 < over[1] < over[5]
    assert over[5] > 40


def test_a_referral_comes_after_its_delay() -> None:
    once = Network(("a", "b"), np.array([[0, 1.0], [0, 0]]), np.array([2.25, 0.0]), np.zeros(2), np.ones(2))
    flow = travel(once, [[8.0, 0.0]] + [[0.0, 0.0]] * 5)
    assert flow.arrivals[:, 1].tolist() == [0, 0, 6, 2, 0, 0]


def test_each_way_may_have_its_own_delay() -> None:
    shares = np.array([[0, 0.5, 0.5], [0, 0, 0], [0, 0, 0]])
    delay = np.array([[0, 1.0, 3.0], [0, 0, 0], [0, 0, 0]])
    flow = travel(Network(("a", "b", "c"), shares, delay, np.zeros(3), np.ones(3)), [[2.0, 0, 0]] + [[0.0] * 3] * 4)
    assert flow.arrivals[:, 1:].T.tolist() == [[0, 1, 0, 0, 0], [0, 0, 0, 1, 0]]


def test_who_is_not_answered_is_not_referred() -> None:
    half = dataclasses.replace(response(), answered=np.array([0.4, 1, 1, 1, 0.9, 1]))
    calls = np.zeros((50, 6))
    calls[:, 0] = 10
    whole, less = travel(response(), calls), travel(half, calls)
    assert less.arrivals[:, 1:] == pytest.approx(whole.arrivals[:, 1:] / 2)


networks = st.integers(1, 5).flatmap(
    lambda count: st.tuples(
        st.lists(st.lists(st.floats(0, 1), min_size=count, max_size=count), min_size=count, max_size=count),
        st.lists(st.floats(0, 5), min_size=count, max_size=count),
        st.lists(st.floats(0, 30), min_size=count, max_size=count),
    )
)


def network_of(drawn: tuple) -> Network:
    shares, delay, length = (np.array(part) for part in drawn)
    shares = shares * 0.9 / max(1, shares.sum(1).max())
    return Network(tuple("abcde"[: len(length)]), shares, delay, length, np.ones(len(length)))


@settings(max_examples=60, deadline=None)
@given(drawn=networks)
def test_nothing_in_nothing_out_and_all_of_it_arrives(drawn: tuple) -> None:
    network = network_of(drawn)
    count = len(network.names)
    nothing = travel(network, np.zeros((8, count)))
    assert not nothing.arrivals.any()
    assert not nothing.open_cases.any()
    once = np.zeros((400, count))
    once[0] = 1
    total = travel(network, once).arrivals.sum(0)
    assert total == pytest.approx(settled(network, np.ones(count)).arrivals[0], rel=1e-4)


@settings(max_examples=40, deadline=None)
@given(drawn=networks, parts=st.integers(2, 4))
def test_territories_add_up(drawn: tuple, parts: int) -> None:
    network = network_of(drawn)
    outside = np.random.default_rng(parts).gamma(1, 3, (parts, 20, len(network.names)))
    each, together = travel(network, outside), travel(network, outside.sum(0))
    assert each.arrivals.sum(0) == pytest.approx(together.arrivals)
    assert each.open_cases.sum(0) == pytest.approx(together.open_cases, abs=1e-9)


def test_units_do_not_matter() -> None:
    calls = np.full((40, 1), 7.0)
    weekly = travel(alone(12), calls).open_cases[:, 0]
    daily = travel(alone(12 * 7), np.repeat(calls / 7, 7, axis=0)).open_cases[6::7, 0]
    assert daily == pytest.approx(weekly)


def test_a_circle_that_grows_is_refused_by_name() -> None:
    shares = response().shares.copy()
    shares[1, 2], shares[2, 1] = 0.9, 1.3
    with pytest.raises(ReferralsRefused, match=r"advocacy → police → advocacy\. Every round .* Lower these shares"):
        dataclasses.replace(response(), shares=shares)
    shares[2, 1] = 0.9
    assert 0.9 < dataclasses.replace(response(), shares=shares).radius < 1


def test_the_heaviest_circle_may_be_long_or_short() -> None:
    ring = np.roll(np.eye(4), 1, axis=1) * 1.1
    assert len(heaviest_circle(ring)) == 5
    ring[2, 2] = 1.5
    assert heaviest_circle(ring) == [2, 2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"shares": np.zeros((2, 6))}, r"6 services, but shares has the shape \(2, 6\)"),
        ({"shares": np.full((6, 6), -0.1)}, "helpline: shares has a value missing or below zero"),
        ({"case_length": np.array([0, 1, np.nan, 1, 1, 1])}, "police: case_length"),
        ({"answered": np.array([1, 1, 1, 1, 1.2, 1])}, "shelter: more is answered than arrives"),
    ],
)
def test_networks_that_make_no_sense_are_refused(change: dict, words: str) -> None:
    with pytest.raises(ReferralsRefused, match=words):
        dataclasses.replace(response(), **change)


def test_arrivals_below_zero_are_refused() -> None:
    for outside in (np.full((3, 6), -1.0), np.ones(6), np.ones((0, 6)), np.ones((3, 5))):
        with pytest.raises(ReferralsRefused, match="every period and 6 services"):
            travel(response(), outside)
