"""What is answered again from kept work is the answer of the whole plan, to the last byte."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import Answers, project
from concerted.planning.rules.projection import redraw as redrawing
from concerted.planning.tests.test_projection import plan_of

MEGABYTES = 64_000_000


@cache
def plain(name: str, draws: int = 40) -> Plan:
    return plan_of(name, draws=draws, months=12)


def edited(plan: Plan, **people: int) -> Plan:
    """With other numbers of people (and half of them women, where women are counted)."""
    places = dict(plan.territories)
    for key, number in people.items():
        women = None if places[key].women is None else max(1, number // 2)
        places[key] = places[key].model_copy(update={"people": number, "women": women})
    return plan.model_copy(update={"territories": places})


def counted(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Territories whose draws are done from now on."""
    done: list[str] = []
    work = redrawing.courses_of

    def courses_of(plan: Plan, stretch: Any, heard: Any) -> Any:
        done.append(stretch.territory)
        return work(plan, stretch, heard)

    def moved(plan: Plan) -> Any:
        done.append("all")
        return whole(plan)

    whole = redrawing.moved
    monkeypatch.setattr(redrawing, "courses_of", courses_of)
    monkeypatch.setattr(redrawing, "moved", moved)
    return done


NAMES = ("delegation", "helpline", "mandate", "referral-protocol-victoria")
_ANSWERS = Answers(MEGABYTES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_random_edits_are_answered_as_if_all_were_done_again(data: st.DataObject) -> None:
    plan = plain(data.draw(st.sampled_from(NAMES)))
    places = st.sampled_from(list(plan.territories))
    people = data.draw(st.dictionaries(places, st.integers(1, 2_000_000), max_size=3))
    if data.draw(st.booleans()):
        service = next(iter(plan.services))
        away = data.draw(st.sampled_from([0.2, 0.35]))
        one = plan.services[service]
        staff = one.staff.model_copy(update={"away": away})
        plan = plan.model_copy(update={"services": {**plan.services, service: one.model_copy(update={"staff": staff})}})
    changed = edited(plan, **people)
    assert _ANSWERS(changed).fingerprint == project(changed).fingerprint


def test_one_territory_is_done_again_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, answers = plain("referral-protocol-victoria"), Answers(MEGABYTES)
    done = counted(answers, monkeypatch)
    answers(plan)
    for number in (10_000, 20_000, 30_000):
        answers(edited(plan, alpine=number))
    assert done == ["all", "alpine", "alpine", "alpine", "alpine"], "once as it was, and once for each value"
    answers(edited(plan, alpine=30_000))
    answers(plan)
    assert len(done) == 5, "what was asked lately is not done again"


def test_what_all_share_is_done_again_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, answers = plain("referral-protocol-victoria"), Answers(MEGABYTES)
    done = counted(answers, monkeypatch)
    answers(plan)
    for change in ({"seed": 5}, {"draws": 39}, {"months": 11}, {"start": "2027-02"}):
        other = plan.model_copy(update=change)
        assert answers(other).fingerprint == project(other).fingerprint
    assert done == ["all"] * 5
    answers(plan.model_copy(update={"title": "Other words", "options": {}, "funding": {}}))
    assert len(done) == 5, "words and funds move no draw"


def test_training_that_finds_slack_is_shared_by_people_so_all_change(monkeypatch: pytest.MonkeyPatch) -> None:
    plan, answers = plain("delegation"), Answers(MEGABYTES)
    answers(plan)
    changed = edited(plan, forest=900_000)
    assert answers(changed).fingerprint == project(changed).fingerprint


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = plain("referral-protocol-victoria")
    answers = Answers(MEGABYTES)
    answers(plan)
    one = answers.size
    bounded = Answers(3 * one)
    for seed in range(6):
        bounded(plan.model_copy(update={"seed": seed}))
        assert bounded.size <= 3 * one
    assert bounded.size == 3 * one
    for number, place in enumerate(list(plan.territories)[:20]):
        bounded(edited(plan.model_copy(update={"seed": 5}), **{place: 1000 + number}))
    assert max(len(held.near) for held in bounded._held) == redrawing.NEAR
    assert max(len(held.heard) for held in bounded._held) == redrawing.HEARD
    nothing = Answers(one - 1)
    assert nothing(plan).fingerprint == project(plan).fingerprint
    assert nothing.size == 0, "a plan too large to keep is answered as before"


def test_threads_share_what_is_kept() -> None:
    plan, answers = plain("referral-protocol-victoria"), Answers(MEGABYTES)
    places = list(plan.territories)[:6]
    plans = [edited(plan, **{place: number}) for number in (5_000, 50_000) for place in places]
    wanted = [project(one).fingerprint for one in plans]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda one: answers(one).fingerprint, plans * 2)) == wanted * 2
