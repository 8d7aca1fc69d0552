"""What of a plan stays when other places, posts and trainings are put into it."""

import copy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.planning.queries.own_plans import text_of
from concerted.planning.rules.plan import read_plan
from concerted.planning.rules.plan.facts import (
    MOST_TRAININGS,
    BaseRefused,
    Course,
    Place,
    Posts,
    Team,
    can_begin,
    made_from,
    place_key,
)
from concerted.planning.rules.plan.marks import load
from concerted.planning.rules.plan.part import Key

EXAMPLES = Path(__file__).parents[4] / "examples"
PLACES = {"a-1": Place("A", 100_000, 51_000, "Census"), "b-2": Place("B", 20_000, 10_000, "Census")}


def values(name: str) -> dict[str, object]:
    return load((EXAMPLES / f"{name}.yaml").read_text())[0]


def teams(base: dict[str, object], posts: Posts) -> dict[str, Team]:
    services: dict[str, dict[str, object]] = base["services"]  # type: ignore[assignment]
    return {key: Team(dict.fromkeys(PLACES, posts), "From the directory") for key in services}


@pytest.mark.parametrize("name", ["helpline", "delegation", "mandate"])
def test_an_example_with_other_places_is_a_plan_without_faults(name: str) -> None:
    base = values(name)
    before = copy.deepcopy(base)
    made = made_from(base, PLACES, teams(base, Posts(12, 9)), [])
    assert base == before
    plan = read_plan(text_of(made), EXAMPLES)
    assert list(plan.territories) == list(PLACES)
    assert plan.initiatives.keys() == base["initiatives"].keys()  # type: ignore[attr-defined]
    assert not plan.funding
    for option in plan.options.values():
        assert not any(".staff." in place or place.startswith("training.") for place in option.changes)


def test_numbers_of_each_place_become_a_rate() -> None:
    base = values("delegation")
    made = made_from(base, PLACES, teams(base, Posts(1, 1)), [])
    people = 980_000 + 540_000 + 260_000 + 61_000
    rate = made["services"]["helpline"]["contacts"]["per_10000"]
    assert rate == pytest.approx(10_000 * (260 + 150 + 64 + 14) / people, abs=1e-4)


def test_what_holds_for_its_own_places_only_is_refused() -> None:
    base = copy.deepcopy(values("helpline"))
    assert can_begin(base)
    past = {"history": {"2026-01": 410}, "source": "Counted"}
    base["services"]["helpline"]["contacts"] = past  # type: ignore[index]
    assert not can_begin(base)
    with pytest.raises(BaseRefused):
        made_from(base, PLACES, teams(base, Posts(1, 1)), [])


def test_no_more_trainings_than_a_plan_has_room_for_and_not_everybody_leaves() -> None:
    base = values("helpline")
    course = Course("Calm", "advocacy", 5, 1.5, 3, 0, 1.0, "Mandate")
    made = made_from(base, PLACES, teams(base, Posts(1, 1)), [course] * 30)
    plan = read_plan(text_of(made), EXAMPLES)
    assert len(plan.training) == MOST_TRAININGS
    assert plan.training["course-0"].turnover < 1


@given(st.floats(0, 500), st.floats(0, 1))
def test_filled_and_vacant_are_all_posts(meant: float, share: float) -> None:
    posts = Posts(round(meant, 2), round(meant * share, 2))
    assert posts.filled + posts.vacant == pytest.approx(posts.meant)


@given(st.text(max_size=120), st.integers(1, 10**9))
def test_every_name_has_a_key(name: str, number: int) -> None:
    from pydantic import TypeAdapter

    assert TypeAdapter(Key).validate_python(place_key(name, number)).endswith(f"-{number}")
