import uuid
from datetime import datetime
from typing import Any

from django.db import transaction

from concerted.directory.models import Person
from concerted.kit import access
from concerted.ledger.services import record
from concerted.practice import services as practice
from concerted.practice.models import Attempt, Bank, Exam
from concerted.training.access import TAKING
from concerted.training.services.certifying import open_gates


def start_quiz(bank: Bank, *, language: str, by: Person, at: datetime) -> Attempt:
    """Her open attempt at the questions of a bank, or a new one."""
    access.allow(by, "C", TAKING)
    return practice.begin_quiz(bank, language=language, by=by, at=at)


def start_exam(exam: Exam, *, language: str, more_time: bool = False, by: Person, at: datetime) -> Attempt:
    """Her open attempt at a test, or a new one with questions drawn for her. Raises `AttemptRefused`."""
    access.allow(by, "C", TAKING)
    return practice.begin_exam(exam, language=language, more_time=more_time, by=by, at=at)


def answer_on_paper(
    attempt: Attempt, question: int, answer: Any, *, client_key: uuid.UUID, by: Person, at: datetime
) -> None:
    """Save one answer. Raises `BadAnswer` and `AttemptRefused`; nothing is stored then."""
    access.allow(by, "U", TAKING, attempt)
    practice.answer_paper(attempt, question, answer, client_key=client_key, at=at)


@transaction.atomic
def hand_in_paper(attempt: Attempt, *, by: Person, at: datetime) -> Attempt:
    """Close her paper; handed in before, the first result stays. A test is written down in the ledger, and when it is
    passed it opens the modules whose gate it is.
    """
    access.allow(by, "U", TAKING, attempt)
    attempt, new = practice.hand_in(attempt, at=at)
    if new and attempt.what_kind == practice.TEST:
        record("test handed in", by=by, object_kind="attempt", object_id=attempt.pk, about=by)
        if attempt.passed:
            open_gates(attempt, by=by, at=at)
    return attempt
