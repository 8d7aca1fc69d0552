"""Many at once in one group, on a database with many writers: one step, one answer, and every word somewhere."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.ledger.models import Entry
from concerted.practice.models import CaseAnswer, CaseComment, CaseGroup
from concerted.practice.services import AnswerMoved
from concerted.training import services
from concerted.training.tests.case_factories import make_case_group

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8
SHARED, HEALTH = "monday-questions.shared", "monday-questions.health"


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Run `act` in eight threads that start together; what each gave back."""
    together = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        together.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def group_of_eight() -> tuple[CaseGroup, Person, list[Person]]:
    """All from health; the trainer who leads them."""
    trainer = make_person("Tara")
    grant_role(trainer, "trainer")
    people = [make_person(f"Amal {number}") for number in range(AT_ONCE)]
    return make_case_group(trainer, dict.fromkeys(people, "health")), trainer, people


def test_eight_who_write_at_once_are_told_apart() -> None:
    group, _trainer, people = group_of_eight()
    facts: dict[str, Any] = {"at": timezone.now()}
    found = at_once(
        lambda n: services.keep_answers(group, {SHARED: (f"Words {n}.", 0)}, page=f"{n}", by=people[n], **facts)[SHARED]
    )
    kept = [one for one in found if isinstance(one, CaseAnswer)]
    assert [one.text for one in kept] == [CaseAnswer.objects.get().text]
    assert sum(isinstance(one, AnswerMoved) for one in found) == AT_ONCE - 1


def test_an_answer_handed_in_at_once_is_one_and_brings_out_one_step() -> None:
    group, _trainer, people = group_of_eight()
    facts: dict[str, Any] = {"at": timezone.now()}
    for question in (SHARED, HEALTH):
        services.keep_answers(group, {question: ("Words.", 0)}, by=people[0], **facts)
    at_once(lambda n: services.hand_in_answer(group, (SHARED, HEALTH)[n % 2], by=people[n], **facts))
    assert CaseGroup.objects.get().step == 2
    assert Entry.objects.filter(verb="case answer handed in").count() == 2


def test_a_step_released_and_a_comment_sent_at_once_are_one() -> None:
    group, trainer, people = group_of_eight()
    facts: dict[str, Any] = {"by": trainer, "at": timezone.now()}
    services.keep_answers(group, {HEALTH: ("Words.", 0)}, by=people[0], at=facts["at"])
    services.hand_in_answer(group, HEALTH, by=people[0], at=facts["at"])
    answer, key = CaseAnswer.objects.select_related("group").get(), uuid.uuid4()
    at_once(lambda n: services.release_step(group, 1, **facts))
    at_once(lambda n: services.comment_on_answer(answer, "Good.", client_key=key, **facts))
    assert CaseGroup.objects.get().step == 2
    assert CaseComment.objects.count() == 1
    assert Entry.objects.filter(verb__in=["case step released", "case comment written"]).count() == 2
