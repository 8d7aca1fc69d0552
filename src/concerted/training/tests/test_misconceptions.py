"""What many in a group take for true: shares of enough people, and nobody's answer."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Group, Membership, Person
from concerted.directory.tests.factories import grant_role, make_group, make_person, make_territory
from concerted.practice.models import Bank, Question
from concerted.training.queries.misconceptions import group_report
from concerted.training.tests.factories import publish_small_bank
from concerted.training.tests.test_item_counts import practise

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def bank() -> Bank:
    return publish_small_bank()


@pytest.fixture
def people() -> list[Person]:
    return [make_person(f"Member {n}") for n in range(8)]


@pytest.fixture
def group(people: list[Person]) -> Group:
    return make_group("Night duty", make_territory("North"), *people)


def _path(group: Group) -> str:
    return f"/learn/group/{group.public}/"


def _client(role: str, scope: Any = None) -> Client:
    person, client = make_person(role), Client()
    grant_role(person, role, *([scope] if scope else []))
    client.force_login(person)
    return client


def _answer(people: list[Person], bank: Bank, wrong: int) -> None:
    for n, person in enumerate(people):
        practise(person, bank, [n >= wrong, True, True, None])


def test_it_says_how_many_hold_it_and_where_it_can_be_read(bank: Bank, group: Group, people: list[Person]) -> None:
    Question.objects.filter(key="one").update(rests_on=["core/C1/why"])
    _answer(people, bank, wrong=6)
    page = _client("trainer", group).get(_path(group)).content.decode()
    for seen in ("About 75 in 100", "of 5 people or more", "low", "Question one?", "Second", "/learn/core/"):
        assert seen in page
    assert "Member" not in page


def test_what_few_hold_is_named_without_a_number(bank: Bank, group: Group, people: list[Person]) -> None:
    _answer(people, bank, wrong=4)
    report = group_report(group, TODAY, "en")
    assert (report.held, report.few) == ((), ("form", "low"))
    page = _client("trainer", group).get(_path(group)).content.decode()
    assert "Held by fewer than 5 people, or by nobody:" in page
    assert "in 100" not in page


def test_her_latest_answers_count_once(bank: Bank, group: Group, people: list[Person]) -> None:
    _answer(people, bank, wrong=6)
    _answer(people, bank, wrong=5)
    _answer([make_person("Somebody else")], bank, wrong=1)
    [low] = group_report(group, TODAY, "en").held
    assert (low.tag, low.share) == ("low", 60)


def test_a_small_group_and_few_answers_show_nothing(bank: Bank, group: Group, people: list[Person]) -> None:
    _answer(people[:4], bank, wrong=4)
    report = group_report(group, TODAY, "en")
    assert (report.held, report.few) == ((), ())
    Membership.objects.filter(person__in=people[:4]).update(until=TODAY)
    assert group_report(group, TODAY, "en").too_few


def test_only_who_teaches_or_coordinates_the_group_sees_it(bank: Bank, group: Group, people: list[Person]) -> None:
    other = make_group("Day duty", group.territory, *people)
    trainer, nora = _client("trainer", group), _client("national_coordinator")
    assert [client.get(_path(group)).status_code for client in (trainer, nora)] == [200, 200]
    assert trainer.get(_path(other)).status_code == 404
    assert _path(group) in trainer.get(f"/people/groups/{group.public}/").content.decode()
    member = Client()
    member.force_login(people[0])
    for stranger in (member, _client("author"), _client("manager")):
        assert stranger.get(_path(group)).status_code == 404
    assert Client().get(_path(group)).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(
    bank: Bank, group: Group, people: list[Person], rows: int, django_assert_num_queries: Any
) -> None:
    more = [bank, publish_small_bank("more"), publish_small_bank("most")][:rows]
    for one in more:
        _answer(people[: 4 + rows], one, wrong=4 + rows)
    client = _client("trainer", group)
    client.get(_path(group))
    with django_assert_num_queries(10):
        client.get(_path(group))
