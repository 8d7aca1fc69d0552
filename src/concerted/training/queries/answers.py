"""The answers that tell what somebody takes for true: those that count in her latest go at each thing."""

from collections.abc import Iterator

from django.db.models import QuerySet

from concerted.practice.models import Attempt, Step
from concerted.practice.queries import Marks, marks_of, stands
from concerted.practice.services import QUIZ, TEST
from concerted.training.queries.ways import units_of

MODULE = "module"
#: What is asked questions that find misconceptions.
ANSWERED = (QUIZ, TEST, MODULE)
#: (version of a text, key of the question there)
Asked = tuple[int, str]


def answers_that_count(attempts: QuerySet[Attempt]) -> Iterator[tuple[int, Asked, Marks, tuple[str, ...]]]:
    """(person, question, how it is marked, misconceptions shown) of the answer that counts in each latest attempt.

    Of a test the last answer counts, of anything else the first: after it she was told what fits.
    """
    done = attempts.filter(finished_at__isnull=False, what_kind__in=ANSWERED).order_by("no")
    latest = {(one.person_id, one.what_kind, one.what): one for one in done}
    by_pk = {one.pk: one for one in latest.values()}
    steps = Step.objects.filter(attempt__in=list(by_pk), right__isnull=False).order_by("attempt_id", "seq")
    counted: dict[tuple[int, str], object] = {}
    for number, part, answer in steps.values_list("attempt_id", "part", "answer"):
        if by_pk[number].what_kind == TEST or (number, part) not in counted:
            counted[number, part] = answer
    for (number, part), answer in counted.items():
        question = _asked_at(by_pk[number], part)
        marks = marks_of(*question) if question else None
        if question and marks and marks.counts:
            yield by_pk[number].person_id, question, marks, marks.mark(answer).tags


def _asked_at(attempt: Attempt, part: str) -> Asked | None:
    """The question that a part of an attempt is an answer to."""
    if attempt.what_kind != MODULE:
        return stands(int(part))
    code, _slash, key = part.partition("/")
    return next(((unit.version_id, key) for unit in units_of(attempt.version) if unit.unit.code == code), None)
