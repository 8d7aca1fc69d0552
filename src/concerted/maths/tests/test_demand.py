"""Hours of the week, small places, and sums that add up to the last unit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaincinv

from concerted.maths.demand import (
    HOURS,
    ExposureRefused,
    ProfileRefused,
    SumRefused,
    forecast,
    hour_profile,
    pooled_rates,
    reconcile,
    shared_out,
    weekly_loads,
)
from concerted.maths.tests.series import HERE, table

weights = st.lists(st.floats(0, 1e6), min_size=1, max_size=30).filter(lambda parts: sum(parts) > 1e-6)


def places_of_a_country(*, alike: float | None, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Counts by hour of 80 places, some with very few, and the profiles they came from."""
    chance = np.random.default_rng(seed)
    common = 1 + 0.7 * np.sin(2 * np.pi * (np.arange(HOURS) - 13) / 24)
    common /= common.sum()
    own = np.tile(common, (80, 1)) if alike is None else chance.dirichlet(common * alike, 80)
    totals = np.repeat([30, 100, 300, 3000], 20)
    return np.array([chance.multinomial(total, row) for total, row in zip(totals, own, strict=True)]), own


def test_small_places_borrow_their_hours() -> None:
    counts, own = places_of_a_country(alike=400)
    drawn = hour_profile(counts)
    raw, common = counts / counts.sum(1, keepdims=True), counts.sum(0) / counts.sum()

    def error(profiles: np.ndarray) -> np.ndarray:
        return np.abs(profiles - own).sum(1)

    assert drawn.sum(1) == pytest.approx(np.ones(80))
    assert error(drawn).mean() < error(raw).mean() * 0.6
    assert error(drawn).mean() < error(np.tile(common, (80, 1))).mean() * 0.95


def test_places_that_are_alike_have_one_profile() -> None:
    counts, own = places_of_a_country(alike=None)
    drawn = hour_profile(counts)
    assert np.abs(drawn - own).sum(1).max() < 0.2
    assert hour_profile(counts[0], towards=own[0]).shape == (HOURS,)


def test_loads_have_the_units_they_say() -> None:
    profile = np.full(HOURS, 1 / HOURS)
    assert weekly_loads(HOURS * 5, profile, 1 / 3) == pytest.approx(np.full(HOURS, 5 / 3))
    assert weekly_loads([0.0, 1.0], profile, 0.5).shape == (2, HOURS)
    assert not weekly_loads(0.0, profile, 0.5).any()


@pytest.mark.parametrize(
    ("counts", "words"),
    [(np.zeros(HOURS), "Nothing was counted"), (np.ones(24), "168 hours"), (-np.ones(HOURS), "zero or more")],
)
def test_profiles_of_nothing_are_refused(counts: np.ndarray, words: str) -> None:
    with pytest.raises(ProfileRefused, match=words):
        hour_profile(counts)
    with pytest.raises(ProfileRefused, match="takes 0 hours"):
        weekly_loads(1.0, np.ones(HOURS) / HOURS, 0)


def test_rates_of_small_places_are_nearer_the_truth() -> None:
    chance = np.random.default_rng(7)
    people = np.repeat([500.0, 5_000, 50_000], 60)
    truth = chance.gamma(4, 0.002 / 4, len(people))
    counts = chance.poisson(truth * people)
    pooled = pooled_rates(counts, people)
    small = slice(0, 60)
    assert np.abs(pooled.rate - truth)[small].mean() < 0.7 * np.abs(counts / people - truth)[small].mean()
    assert pooled.common == pytest.approx(counts.sum() / people.sum())
    assert pooled.weight == pytest.approx(4 / 0.002, rel=0.4)
    low, high = pooled.interval()
    assert ((low <= truth) & (truth <= high)).mean() == pytest.approx(0.8, abs=0.06)


def test_rates_of_real_councils_are_drawn_by_size() -> None:
    file = HERE / "au_vic_lga_family_incidents_annual.csv"
    columns = {"place": "local_government_area", "step": "year_ending"}
    counts = table(file, **columns, count="family_incidents_count")[:, -1]
    people = table(file, **columns, count="population_persons")[:, -1]
    pooled = pooled_rates(counts, people)
    moved = np.abs(pooled.rate - counts / people)
    assert moved[np.argmin(people)] > moved[np.argmax(people)]
    assert 0.005 < pooled.common < 0.03


def test_nothing_recorded_anywhere_is_still_a_rate() -> None:
    pooled = pooled_rates([0, 0], [100, 1000])
    assert (pooled.rate > 0).all()
    assert pooled.interval()[0][0] == pytest.approx(pooled.scale[0] * gammaincinv(0.5, 0.1))


@pytest.mark.parametrize(
    ("counts", "people", "words"),
    [
        ([1, 2], [100, 0], "Place 2 has a population of 0"),
        ([1, 2], [np.nan, 5], "Place 1 has a population of nan"),
        ([1, -2], [100, 5], "Place 2 has a count of -2"),
    ],
)
def test_no_population_no_rate(counts: list, people: list, words: str) -> None:
    with pytest.raises(ExposureRefused, match=words):
        pooled_rates(counts, people)


@settings(max_examples=100, deadline=None)
@given(total=st.integers(0, 10**7), parts=weights)
def test_whole_parts_add_up(total: int, parts: list[float]) -> None:
    shared = shared_out(total, parts)
    exact = np.array(parts) / sum(parts) * total
    assert shared.sum() == total
    assert np.abs(shared - exact).max() < 1
    assert (shared[np.array(parts) == 0] == 0).all() or not total


@settings(max_examples=100, deadline=None)
@given(
    places=st.lists(st.tuples(st.floats(0, 1e5), st.floats(0.01, 1e5)), min_size=1, max_size=20),
    nation=st.floats(0, 1e6),
    surety=st.floats(0, 1e6),
)
def test_places_add_up_between_both_forecasts(places: list, nation: float, surety: float) -> None:
    told, spread = np.array(places).T
    moved = reconcile(told, nation, variance=spread, nation_variance=surety)
    summed = float(moved.sum())
    room = 1e-6 * (1 + nation + told.sum())
    assert (moved >= 0).all()
    assert min(nation, told.sum()) - room <= summed <= max(nation, told.sum()) + room
    counts = shared_out(round(summed), moved) if moved.any() else np.zeros(1)
    assert counts.sum() == (round(summed) if moved.any() else 0)


def test_a_sure_nation_and_an_unsure_one() -> None:
    sure = reconcile([10.0, 30.0], 50.0, variance=[1.0, 3.0], nation_variance=0.0)
    assert sure.tolist() == [12.5, 37.5]
    unsure = reconcile([10.0, 30.0], 50.0, variance=[1.0, 3.0], nation_variance=1e12)
    assert unsure == pytest.approx([10, 30])
    none_below_zero = reconcile([1.0, 100.0], 40.0, variance=[500.0, 500.0], nation_variance=0.0)
    assert none_below_zero.tolist() == pytest.approx([0, 40])


def test_forecasts_of_councils_and_of_the_state_add_up() -> None:
    file = HERE / "au_vic_lga_family_incidents_annual.csv"
    counts = table(file, place="local_government_area", step="year_ending", count="family_incidents_count")
    places, state = (forecast(held, ahead=2, cycle=1, per_year=1) for held in (counts, counts.sum(0)))
    moved = reconcile(places.mean, state.mean[0], variance=places.variance, nation_variance=state.variance[0])
    year = moved[:, 0]
    assert shared_out(round(float(year.sum())), year).sum() == round(float(year.sum()))
    assert abs(year.sum() - state.mean[0, 0]) <= abs(places.mean[:, 0].sum() - state.mean[0, 0]) + 1e-9


def test_sums_that_cannot_be_are_refused() -> None:
    with pytest.raises(SumRefused, match="at least one above zero"):
        shared_out(3, [0, 0])
    with pytest.raises(SumRefused, match="whole number from zero"):
        shared_out(-1, [1])
    with pytest.raises(SumRefused, match="below zero"):
        reconcile([-1.0], 1.0, variance=[1.0], nation_variance=1.0)
    with pytest.raises(SumRefused, match="missing or below zero"):
        reconcile([1.0], np.nan, variance=[1.0], nation_variance=1.0)
