"""Effects of initiatives: cards, courses, and what a launch did."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.maths.demand import CARDS, Course, Effect, EffectRefused, card, launch_effect, multiplied

STEADY = [4, 6, 5, 7, 5, 6, 4, 8, 6, 5, 7, 6, 12, 15, 14, 18, 17, 19, 21, 20, 23, 22, 25, 24]


def test_counts_that_vary_less_than_poisson_make_nobody_surer() -> None:
    found = launch_effect(STEADY, before=12)
    assert found.level.low < found.level.ratio < found.level.high
    assert found.dispersion == 1


def test_a_launch_that_varies_is_less_sure() -> None:
    chance = np.random.default_rng(3)
    mean = np.where(np.arange(104) < 52, 40.0, 80.0)
    sure = launch_effect(chance.poisson(mean), before=52)
    unsure = launch_effect(chance.negative_binomial(4, 4 / (4 + mean)), before=52)
    assert unsure.dispersion > 5 * sure.dispersion
    assert unsure.level.spread > 2 * sure.level.spread
    assert sure.level.low < 2 < sure.level.high
    assert unsure.level.low < 2 < unsure.level.high


def test_a_season_is_not_taken_for_a_launch() -> None:
    months = np.arange(36)
    season = np.exp(0.4 * np.sin(2 * np.pi * months / 12))
    counts = np.round(1000 * season)
    assert launch_effect(counts, before=12, season=season).level.ratio == pytest.approx(1, abs=0.01)
    assert abs(launch_effect(counts, before=12).level.ratio - 1) > 0.2


def test_a_gap_is_left_out() -> None:
    counts = np.array(STEADY, dtype=float)
    counts[5] = np.nan
    assert launch_effect(counts, before=12).level.ratio == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize(
    ("counts", "before", "words"),
    [([1, 2, 3, 4], 2, "three or more"), ([0, 0, 0, 5, 6, 7], 3, "no ratio exists. Plan with added counts")],
)
def test_launches_that_say_nothing_are_refused(counts: list, before: int, words: str) -> None:
    with pytest.raises(EffectRefused, match=words):
        launch_effect(counts, before=before)


def test_published_effects_are_as_printed() -> None:
    printed = {
        "pathway_with_advocate": (30.24, 20.55, 44.77),
        "training_alone": (0.95, 0.13, 6.84),
        "advocate_withdrawn": (1 - 0.70, 1 - 0.87, 1 - 0.23),
    }
    for key, numbers in printed.items():
        assert dataclasses.astuple(card(key).effect) == pytest.approx(numbers)
    assert card("short_number").effect.ratio == 1.45
    assert card("first_response_model").effect.ratio == 1.30
    assert card("lockdown").effect.ratio == pytest.approx(13_162 / 8_176, abs=0.005)
    assert len({one.key for one in CARDS}) == len(CARDS)


def test_assumed_intervals_say_so() -> None:
    for one in CARDS:
        if one.interval.startswith("assumed"):
            assert one.effect.low == 1
            assert one.effect.high == pytest.approx(one.effect.ratio**2)


def test_an_effect_without_a_source_is_refused() -> None:
    for name in ("source", "setting", "doubts"):
        with pytest.raises(EffectRefused, match=f"names no {name}"):
            dataclasses.replace(CARDS[0], **{name: " "})
    with pytest.raises(EffectRefused, match=r"no effect “magic”\. Take one of: pathway_with_advocate"):
        card("magic")


@given(
    start=st.floats(0, 50),
    length=st.floats(0.1, 50),
    lasting=st.floats(0, 50),
    half_life=st.floats(0.1, 50) | st.none(),
    ramp=st.sampled_from(["step", "linear", "approach"]),
)
def test_courses_rise_then_fall(
    start: float, length: float, lasting: float, half_life: float | None, ramp: str
) -> None:
    course = Course(start, ramp, length, start + lasting, half_life)
    times = np.linspace(0, 200, 401)
    share = course.share(times)
    assert (share[times < start] == 0).all()
    assert ((share >= 0) & (share <= 1)).all()
    assert (np.diff(share[times <= start + lasting]) >= 0).all()
    assert (np.diff(share[times >= start + lasting]) <= 0).all()
    in_days = Course(start * 7, ramp, length * 7, (start + lasting) * 7, half_life and half_life * 7)
    assert in_days.share(times * 7) == pytest.approx(share, abs=1e-6)


def test_an_approach_is_at_63_in_100_after_its_length() -> None:
    assert Course(0, "approach", 12).share(12) == pytest.approx(0.632, abs=0.001)


@pytest.mark.parametrize(
    ("course", "words"),
    [
        ({"ramp": "linear"}, "takes time"),
        ({"half_life": 0.0}, "no time"),
        ({"support_ends": 1.0}, "before the initiative starts"),
    ],
)
def test_courses_that_make_no_sense_are_refused(course: dict, words: str) -> None:
    with pytest.raises(EffectRefused, match=words):
        Course(5, **course)
    with pytest.raises(EffectRefused, match="above zero, in order"):
        Effect(2, 3, 4)


def test_own_weeks_move_what_is_believed() -> None:
    believed, seen = card("pathway_with_advocate").effect, Effect(4, 3, 5.3333333)
    now = believed.updated(seen)
    assert 4 < now.ratio < believed.ratio
    assert now.spread < min(believed.spread, seen.spread)
    exact = Effect(2, 2, 2)
    assert believed.updated(exact) == exact == exact.updated(believed)


def test_effects_multiply_by_draw_and_week() -> None:
    effect = card("pathway_with_advocate").effect
    draws = effect.quantile((np.arange(2000) + 0.5) / 2000)
    share = Course(4, "linear", 8).share(np.arange(20))
    factors = multiplied(draws[:, None], share)
    assert factors.shape == (2000, 20)
    assert (factors[:, :5] == 1).all()
    assert np.quantile(factors[:, -1], [0.025, 0.5, 0.975]) == pytest.approx([20.5, 30.24, 44.6], rel=0.02)
