"""The same questions three and six months later: for herself, never as evidence, and she may leave it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.ledger.models import Entry
from concerted.maths.months import add_months
from concerted.post.models import Notice
from concerted.practice.models import Attempt, Exam, FollowUp, ItemCount, Paper
from concerted.training import services
from concerted.training.tests.factories import publish_small_exam
from concerted.training.tests.test_item_counts import NOW, say

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE = "/learn/tests/final/again/"


@pytest.fixture
def final() -> Exam:
    return publish_small_exam()


@pytest.fixture
def amal() -> Person:
    return make_person("Amal", email="amal@example.org")


def sit(person: Person, exam: Exam, fits: bool = True, at: datetime = NOW) -> Attempt:
    attempt = services.start_exam(exam, language="en", by=person, at=at)
    for number in Paper.objects.get(attempt=attempt).questions:
        say(attempt, number, fits)
    return services.hand_in_paper(attempt, by=person, at=at)


def make_due(months: int = 3) -> FollowUp:
    FollowUp.objects.filter(months=months).update(due_on=TODAY)
    return FollowUp.objects.get(months=months)


def _client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_it_is_planned_once_she_passes_and_counted_from_her_latest_pass(final: Exam, amal: Person) -> None:
    sit(amal, final, fits=False)
    assert not FollowUp.objects.exists()
    sit(amal, final)
    latest = sit(amal, final)
    planned = FollowUp.objects.values_list("months", "due_on", "after")
    assert list(planned) == [(months, add_months(TODAY, months), latest.pk) for months in (3, 6)]


def test_she_is_told_once_in_neutral_words_when_it_is_due(final: Exam, amal: Person) -> None:
    sit(amal, final)
    assert services.remind_again(TODAY, at=NOW) == 0
    make_due()
    assert [services.remind_again(TODAY, at=NOW) for _again in range(2)] == [1, 0]
    notice = Notice.objects.get(kind="again")
    assert (notice.person, notice.link) == (amal, PAGE)


def test_the_same_questions_come_again_and_she_sees_then_and_now(final: Exam, amal: Person) -> None:
    first = sit(amal, final)
    entries, facts = Entry.objects.count(), Evidence.objects.count()
    client = _client(amal)
    assert client.get(PAGE).status_code == 404, "not due yet"
    make_due()
    assert "The same questions come again" in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"do": "begin"})["Location"] == f"{PAGE}ask/"
    attempt = FollowUp.objects.get(months=3).attempt
    assert attempt is not None
    questions = Paper.objects.get(attempt=attempt).questions
    assert sorted(questions) == sorted(Paper.objects.get(attempt=first).questions)
    say(attempt, questions[0], True)
    say(attempt, questions[1], False)
    shown = client.get(f"{PAGE}ask/?n=1").content.decode()
    assert "Why " not in shown
    assert "In place" not in shown
    client.post(f"{PAGE}ask/", {"do": "hand-in"})
    assert "1 of 2 answers fit" in client.get(f"{PAGE}ask/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "100 in 100 right" in page
    assert "50 in 100 right" in page
    assert Attempt.objects.get(pk=first.pk).score == 100
    assert (Entry.objects.count(), Evidence.objects.count()) == (entries, facts), "no evidence, and no line about her"
    later = ItemCount.objects.filter(what_kind="exam", what=final.pk, months=3)
    assert sorted(later.values_list("people", "right")) == [(1, 0), (1, 1)]


def test_she_leaves_it_and_is_not_asked_again(final: Exam, amal: Person) -> None:
    sit(amal, final)
    make_due()
    client = _client(amal)
    client.post(PAGE, {"do": "leave"})
    assert client.get(PAGE).status_code == 404
    sit(amal, final)
    FollowUp.objects.update(due_on=TODAY)
    assert services.remind_again(TODAY, at=NOW) == 0
    assert not FollowUp.objects.filter(left_at=None).exists()


def test_nobody_else_gets_there(final: Exam, amal: Person) -> None:
    sit(amal, final)
    make_due()
    assert _client(make_person("Bela")).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302


def test_begun_and_handed_in_twice_it_is_one(final: Exam, amal: Person) -> None:
    sit(amal, final)
    due = make_due()
    attempts = {services.start_again(due, language="en", by=amal, at=NOW).pk for _tab in range(2)}
    assert len(attempts) == 1
    attempt = Attempt.objects.get(pk=attempts.pop())
    number = Paper.objects.get(attempt=attempt).questions[0]
    say(attempt, number, True)
    services.hand_in_paper(attempt, by=amal, at=NOW + timedelta(hours=1))
    services.hand_in_paper(attempt, by=amal, at=NOW + timedelta(hours=2))
    assert ItemCount.objects.get(question=number, months=3).people == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(final: Exam, amal: Person, rows: int, django_assert_num_queries: Any) -> None:
    for _pass in range(rows):
        sit(amal, final)
        FollowUp.objects.update(due_on=TODAY)
    client = _client(amal)
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)
