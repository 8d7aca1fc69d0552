"""The fast totals of a country against a loop over every cell."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.maths.portfolio import Chance, LoadBeyondTable, Sites, SitesRefused, Spread, agents_for, totals
from concerted.maths.reference import rows
from concerted.maths.tests.sites import CAPACITY, SPREAD, cell_by_cell, some_sites


def test_totals_are_those_of_every_cell() -> None:
    sites = some_sites()
    needed, short = cell_by_cell(sites, draws=60, seed=11)
    found = totals(sites, CAPACITY, SPREAD, draws=60, seed=11)
    assert (found.seat_hours == needed).all()
    assert (found.short_hours == short).all()
    assert short.any()
    assert (short == 0).any() or short.min() < short.max()


@pytest.mark.parametrize(("factor", "row"), [(0.5, "R00"), (2.5, "R03")])
def test_weekly_roll_up_of_the_reference(factor: float, row: str) -> None:
    """The self-check adds up cell by cell; the sums of sorted profiles come to the same number."""
    one = np.ones(1, dtype=np.int64)
    week = 0.05 * np.arange(1, 169)[None, :]
    sites = Sites(week, np.full((1, 1), factor), one * 0, one, at_least=one)
    assert totals(sites, CAPACITY, Spread(), draws=1, seed=1).nation.tolist() == rows()[row].numbers


def test_each_kind_has_its_own_table() -> None:
    sites = some_sites(12, 3)
    chat = CAPACITY * 2.5
    mixed = totals(replace(sites, kind=np.arange(12) % 2), np.stack([CAPACITY, chat]), SPREAD, draws=40, seed=5).nation
    calls = totals(sites.rows(np.arange(0, 12, 2)), CAPACITY, SPREAD, draws=40, seed=5).nation
    chats = totals(sites.rows(np.arange(1, 12, 2)), chat, SPREAD, draws=40, seed=5).nation
    assert (mixed == calls + chats).all()
    with pytest.raises(SitesRefused, match="Site 1001 is of kind 1, but there are 1 tables"):
        totals(replace(sites, kind=np.arange(12) % 2), CAPACITY, SPREAD, draws=1, seed=5)


def test_one_authority_can_be_done_again_by_itself() -> None:
    sites = some_sites()
    found = totals(sites, CAPACITY, SPREAD, draws=700, seed=5)
    alone = totals(sites.of(3), CAPACITY, SPREAD, draws=700, seed=5)
    assert (alone.seat_hours[3] == found.seat_hours[3]).all()
    assert not alone.seat_hours[:3].any()


def test_half_an_erlang_needs_two() -> None:
    assert agents_for([0.5] * 100, CAPACITY).sum() == 200


def test_more_draws_and_other_sites_leave_the_first_as_they_were() -> None:
    sites = some_sites()
    found = totals(sites, CAPACITY, SPREAD, draws=700, seed=5)
    assert (totals(sites, CAPACITY, SPREAD, draws=30, seed=5).seat_hours == found.seat_hours[:, :30]).all()
    without_one = totals(sites.rows(np.flatnonzero(sites.key != 1001)), CAPACITY, SPREAD, draws=700, seed=5)
    changed = (without_one.seat_hours != found.seat_hours).any(axis=1)
    assert changed.tolist() == [False, True, False, False, False, False]


@settings(max_examples=60, deadline=None)
@given(
    loads=st.lists(st.floats(0, 10), min_size=1, max_size=12),
    floor=st.integers(0, 4),
    scale=st.floats(0.1, 4),
)
def test_properties_of_one_site(loads: list[float], floor: int, scale: float) -> None:
    one = np.ones(1, dtype=np.int64)

    def needed(week: np.ndarray) -> int:
        sites = Sites(week[None, :], np.ones((1, 1)), one * 0, one, one * floor)
        return int(totals(sites, CAPACITY, Spread(), draws=1, seed=1).nation[0])

    week = np.array(loads)
    assert needed(week * 0) == floor * len(week), "no load needs the floor"
    assert needed(week) == agents_for(week, CAPACITY, at_least=floor).sum()
    assert needed(week) <= needed(week * (1 + scale)), "more load never needs fewer"


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**64 - 1), count=st.integers(1, 12))
def test_authorities_add_up_to_the_nation(seed: int, count: int) -> None:
    sites = some_sites(count, 3, weeks=1)
    found = totals(sites, CAPACITY, SPREAD, draws=20, seed=seed)
    alone = [totals(sites.rows(np.array([row])), CAPACITY, SPREAD, draws=20, seed=seed) for row in range(count)]
    assert (found.nation == sum(one.nation for one in alone)).all()
    assert found.quantile_of_sum(1.0) == found.nation.max()


def test_two_ways_to_say_nine_in_ten() -> None:
    found = totals(some_sites(), CAPACITY, SPREAD, draws=1000, seed=5)
    assert found.quantile_of_sum(0.9) < found.sum_of_quantiles(0.9)
    # Nine in ten of a thousand draws: the nine hundredth, which is a number of hours that was drawn.
    assert found.quantile_of_sum(0.9) == np.sort(found.nation)[899]
    assert found.sum_of_quantiles(0.9) == np.sort(found.seat_hours, axis=1)[:, 899].sum()
    alike = totals(some_sites(40, 1), CAPACITY, SPREAD, draws=1000, seed=5)
    assert alike.quantile_of_sum(0.9) == alike.sum_of_quantiles(0.9)


def test_chance_has_the_mean_and_spread_it_says() -> None:
    blocks = range(40)
    drawn = np.log([Chance(3, blocks, authority, SPREAD).factors(site) for authority, site in ((1, 1), (2, 2))])
    assert np.std(drawn) == pytest.approx(np.sqrt(0.13**2 + 0.15**2 + 0.3**2), rel=0.02)
    assert np.exp(drawn).mean() == pytest.approx(1, abs=0.01)
    assert np.corrcoef(drawn)[0, 1] == pytest.approx(0.13**2 / (0.13**2 + 0.15**2 + 0.3**2), abs=0.03)
    nation = Spread(nation=0.13)
    assert (Chance(3, blocks, 1, nation).factors(1) == Chance(3, blocks, 2, nation).factors(9)).all()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"weekly": -np.ones((40, 168))}, "Site 1000: weekly"),
        ({"weeks": np.full((40, 4), np.nan)}, "Site 1000: weeks"),
        ({"weekly": np.ones(40)}, "two dimensions"),
        ({"key": np.zeros(40, dtype=np.int64)}, "same key"),
        ({"at_least": np.full(40, -1)}, "Site 1000: at_least is -1"),
        ({"authority": np.zeros(3, dtype=np.int64)}, "40 sites, but 3 rows of authority"),
    ],
)
def test_sites_that_make_no_sense_are_refused(change: dict, words: str) -> None:
    good = some_sites()
    with pytest.raises(SitesRefused, match=words):
        Sites(**{**vars(good), **change})


def test_tables_and_loads_that_do_not_fit_are_refused() -> None:
    sites = some_sites()
    with pytest.raises(SitesRefused, match="begin at zero and rise"):
        totals(sites, [0, 1, 1], SPREAD, draws=1, seed=1)
    with pytest.raises(SitesRefused, match="0 draws"):
        totals(sites, CAPACITY, SPREAD, draws=0, seed=1)
    with pytest.raises(SitesRefused, match="a seed from zero"):
        totals(sites, CAPACITY, SPREAD, draws=1, seed=-1)
    with pytest.raises(LoadBeyondTable, match=r"Site 10\d\d: a load of .* longer table"):
        totals(sites, CAPACITY[:3], SPREAD, draws=10, seed=1)
    with pytest.raises(ValueError, match="spread of the nation is -1"):
        Spread(nation=-1)
