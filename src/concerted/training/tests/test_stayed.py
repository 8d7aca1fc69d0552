"""What has stayed with a group: then and now of the same people, from five on, and nobody's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Group, Membership, Person
from concerted.directory.tests.factories import grant_role, make_group, make_person, make_territory
from concerted.practice.models import Exam, FollowUp, Paper
from concerted.training import services
from concerted.training.queries.stayed import Stayed, stayed_in
from concerted.training.tests.factories import publish_small_exam
from concerted.training.tests.test_again import sit
from concerted.training.tests.test_item_counts import NOW, say

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def final() -> Exam:
    return publish_small_exam()


@pytest.fixture
def group() -> Group:
    return make_group("Night duty", make_territory("North"), *(make_person(f"Member {n}") for n in range(6)))


def people_of(group: Group) -> list[Person]:
    return [one.person for one in group.memberships.order_by("pk")]


def answer_again(person: Person, right: int, months: int = 3, at: Any = NOW) -> None:
    """Answer what is due again: so many of the two questions rightly."""
    FollowUp.objects.filter(person=person, months=months).update(due_on=TODAY)
    due = FollowUp.objects.filter(person=person, months=months).latest("pk")
    attempt = services.start_again(due, language="en", by=person, at=at)
    for n, number in enumerate(Paper.objects.get(attempt=attempt).questions):
        say(attempt, number, n < right)
    services.hand_in_paper(attempt, by=person, at=at)


def shown(group: Group) -> list[tuple[int, int, int, int]]:
    return [(one.months, one.people, one.then, one.now) for one in stayed_in(group, TODAY, "en")]


def test_then_and_now_of_the_same_people_from_five_on(final: Exam, group: Group) -> None:
    people = people_of(group)
    for person in people:
        sit(person, final)
    for n, person in enumerate(people[:4]):
        answer_again(person, right=n % 2)
    assert shown(group) == [], "four are too few"
    answer_again(people[4], right=2)
    assert shown(group) == [(3, 5, 95, 40)]
    answer_again(people[0], right=2, months=6)
    assert shown(group) == [(3, 5, 95, 40)], "one alone after six months"


def test_only_who_is_in_the_group_today_counts(final: Exam, group: Group) -> None:
    for person in people_of(group)[:5]:
        sit(person, final)
        answer_again(person, right=1)
    assert shown(group) == [(3, 5, 95, 50)]
    Membership.objects.filter(person=people_of(group)[0]).update(until=TODAY)
    assert shown(group) == []


def test_asked_again_twice_she_counts_once_by_the_latest(final: Exam, group: Group) -> None:
    for person in people_of(group)[:5]:
        sit(person, final)
        answer_again(person, right=0)
    amal = people_of(group)[0]
    sit(amal, final, at=NOW + timedelta(minutes=1))
    answer_again(amal, right=2, at=NOW + timedelta(minutes=2))
    assert shown(group) == [(3, 5, 95, 20)]


def test_the_page_of_the_group_shows_it_without_a_name(final: Exam, group: Group) -> None:
    trainer, client = make_person("Tara"), Client()
    grant_role(trainer, "trainer", group)
    client.force_login(trainer)
    path = f"/learn/group/{group.public}/"
    assert "What has stayed" not in client.get(path).content.decode()
    for person in people_of(group):
        sit(person, final)
        answer_again(person, right=1)
    page = client.get(path).content.decode()
    for seen in ("What has stayed", "The test", "3 months later"):
        assert seen in page
    assert "Member" not in page
    assert [type(one) for one in stayed_in(group, TODAY, "en")] == [Stayed]


@pytest.mark.parametrize("rows", [5, 6])
def test_queries_do_not_grow(final: Exam, group: Group, rows: int, django_assert_num_queries: Any) -> None:
    for person in people_of(group)[:rows]:
        sit(person, final)
        answer_again(person, right=1)
    stayed_in(group, TODAY, "en")
    with django_assert_num_queries(2):
        stayed_in(group, TODAY, "en")
