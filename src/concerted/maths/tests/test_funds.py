"""Promised funds against what is needed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.maths.portfolio import FundsRefused, cover, totals
from concerted.maths.tests.sites import CAPACITY, SPREAD, some_sites

money = st.floats(0, 1e6)


@given(
    needs=st.lists(st.lists(money, min_size=10, max_size=10), min_size=1, max_size=5),
    funds=st.lists(money, min_size=5, max_size=5),
    share=st.floats(0.05, 1),
)
def test_the_smallest_transfer_covers_everybody(needs: list, funds: list, share: float) -> None:
    held = np.array(funds[: len(needs)])
    found = cover(needs, held, share=share)
    after = held + found.moves + 1e-6
    assert (cover(needs, after, share=share).chance >= share - 1e-9).all()
    assert found.moves.sum() == pytest.approx(found.added, abs=1e-5)
    assert (after >= 0).all()
    assert ((found.short == 0) | (found.spare == 0)).all()
    assert found.added == 0 or not (after > found.needed + 1e-4).any(), "nobody keeps what others lack"


def test_who_is_short_first() -> None:
    needs = np.array([[1, 2, 3, 4, 5], [10, 20, 30, 40, 50], [1, 1, 1, 1, 1]])
    found = cover(needs, [2, 20, 1])
    assert found.chance.tolist() == [0.4, 0.4, 1]
    assert found.first_short == 1, "both suffice as rarely, but the second lacks more"
    assert found.added == 22
    assert cover(needs, [5, 50, 1]).first_short is None


def test_seat_hours_of_a_country_against_its_funds() -> None:
    hours = totals(some_sites(), CAPACITY, SPREAD, draws=500, seed=5).seat_hours
    price = 21.5
    needs = hours * price
    found = cover(needs, np.median(needs, axis=1))
    assert found.chance == pytest.approx(np.full(6, 0.5), abs=0.01)
    assert found.added == pytest.approx(found.short.sum())
    assert cover(needs, found.needed).chance == pytest.approx(np.full(6, 0.8), abs=0.005)


@pytest.mark.parametrize(
    ("needs", "funds", "words"),
    [
        ([[1.0, 2.0]], [1.0, 2.0], "one sum for each authority"),
        ([[1.0, -2.0]], [1.0], "Authority 1: needs"),
        ([[1.0], [2.0]], [1.0, np.nan], "Authority 2: funds"),
    ],
)
def test_what_cannot_be_compared_is_refused(needs: list, funds: list, words: str) -> None:
    with pytest.raises(FundsRefused, match=words):
        cover(needs, funds)
    with pytest.raises(FundsRefused, match="share of 0"):
        cover([[1.0]], [1.0], share=0)
