"""Answers to questions are counted once a person, in the transaction that closes her paper."""

import random
import uuid
from statistics import correlation

import pytest
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_sector
from concerted.practice.models import Attempt, Bank, ItemCount, OptionCount, Paper, QuestionVersion
from concerted.practice.rules import Sums
from concerted.training import services
from concerted.training.tests.factories import publish_small_bank, publish_small_exam

pytestmark = pytest.mark.django_db
NOW = timezone.now()
RIGHT = {"single": "a", "multiple": ["a", "b"], "ordering": ["a", "b"], "matching": {"a": "a", "b": "b"}}
WRONG = {"single": "b", "multiple": ["b"], "ordering": ["b", "a"], "matching": {"a": "b", "b": "a"}}


@pytest.fixture
def bank() -> Bank:
    return publish_small_bank()


def in_sector(name: str, sector: str = "health") -> Person:
    person = make_person(name)
    make_position(person, make_agency(f"Agency of {name}", sector=make_sector(sector)))
    return person


def practise(person: Person, bank: Bank, right: list[bool | None], language: str = "en") -> Attempt:
    """Answer the questions of a bank rightly, wrongly or (None) not at all, and hand in."""
    attempt = services.start_quiz(bank, language=language, by=person, at=NOW)
    for number, fits in zip(Paper.objects.get(attempt=attempt).questions, right, strict=True):
        if fits is not None:
            say(attempt, number, fits)
    return services.hand_in_paper(attempt, by=person, at=NOW)


def say(attempt: Attempt, number: int, fits: bool) -> None:
    kind = QuestionVersion.objects.get(pk=number).kind
    answer = (RIGHT if fits else WRONG)[kind]
    services.answer_on_paper(attempt, number, answer, client_key=uuid.uuid4(), by=attempt.person, at=NOW)


def held(**where: object) -> list[tuple[int, int, int, int, int]]:
    rows = ItemCount.objects.filter(**where).order_by("question_id")
    return list(rows.values_list("people", "right", "rest", "rest_squared", "rest_right"))


def test_an_answer_counts_for_language_and_sector_with_the_rest_of_the_paper(bank: Bank) -> None:
    practise(in_sector("Amal"), bank, [True, True, False, None])
    assert held(language="en", sector="health") == [(1, 1, 33, 1089, 33), (1, 1, 33, 1089, 33), (1, 0, 67, 4489, 0)]
    practise(make_person("No post"), bank, [True, True, True, True], language="ar")
    assert held(language="ar", sector="") == [(1, 1, 100, 10000, 100)] * 4


def test_only_the_first_attempt_and_of_a_quiz_the_first_answer_count(bank: Bank) -> None:
    amal = in_sector("Amal")
    attempt = services.start_quiz(bank, language="en", by=amal, at=NOW)
    first = Paper.objects.get(attempt=attempt).questions[0]
    say(attempt, first, False)
    say(attempt, first, True)
    services.hand_in_paper(attempt, by=amal, at=NOW)
    services.hand_in_paper(attempt, by=amal, at=NOW)
    assert held() == [(1, 0, 0, 0, 0)]
    practise(amal, bank, [True] * 4)
    assert held() == [(1, 0, 0, 0, 0)]
    assert list(OptionCount.objects.values_list("option", "people")) == [("b", 1)]


def test_of_a_test_the_last_answer_counts_and_stays_when_she_is_forgotten() -> None:
    exam, amal = publish_small_exam(), in_sector("Amal")
    attempt = services.start_exam(exam, language="en", by=amal, at=NOW)
    first, _second = Paper.objects.get(attempt=attempt).questions
    say(attempt, first, False)
    say(attempt, first, True)
    services.hand_in_paper(attempt, by=amal, at=NOW)
    Attempt.objects.all().delete()
    assert held(what_kind="exam", what=exam.pk) == [(1, 1, 0, 0, 0)]


def test_counts_agree_with_a_look_at_every_answer(bank: Bank) -> None:
    """Random people against the slow way: Pearson's r between an answer and the share right of the others."""
    lot = random.Random(5)
    answers = [[lot.random() < 0.3 + 0.4 * (n % 2) for _question in range(4)] for n in range(24)]
    for n, right in enumerate(answers):
        practise(make_person(f"P{n}"), bank, list(right))
    for place, row in enumerate(held()):
        rest = [round(100 * (sum(one) - one[place]) / 3) for one in answers]
        slow = correlation([float(one[place]) for one in answers], rest)
        assert Sums(*row).discrimination == pytest.approx(slow)
        assert row[:2] == (24, sum(one[place] for one in answers))


@pytest.mark.parametrize("people", [0, 3])
def test_handing_in_asks_no_more_as_answers_grow(bank: Bank, people: int, django_assert_num_queries: object) -> None:
    for n in range(people + 1):
        practise(in_sector(f"P{n}"), bank, [True, False, True, False])
    amal = in_sector("Amal")
    attempt = services.start_quiz(bank, language="en", by=amal, at=NOW)
    for number in Paper.objects.get(attempt=attempt).questions:
        say(attempt, number, True)
    with django_assert_num_queries(15):  # type: ignore[operator]
        services.hand_in_paper(attempt, by=amal, at=NOW)


def test_another_right_answer_is_another_version_of_the_same_words(bank: Bank) -> None:
    """What was answered before stays marked as it was; who begins now is marked anew."""
    amal, before = in_sector("Amal"), bank.document.published
    attempt = services.start_quiz(bank, language="en", by=amal, at=NOW)
    corrected = publish_small_bank(right="b")
    assert before is not None
    assert corrected.document.published != before
    assert corrected.document.published.hash == before.hash  # type: ignore[union-attr]
    say(attempt, Paper.objects.get(attempt=attempt).questions[0], True)
    assert attempt.steps.get().right, "she stays on the version she began"
    bela = services.start_quiz(corrected, language="en", by=in_sector("Bela"), at=NOW)
    say(bela, Paper.objects.get(attempt=bela).questions[0], True)
    assert not bela.steps.get().right
    again = publish_small_bank(right="b")
    assert again.document.published == corrected.document.published, "the same once more is nothing new"
