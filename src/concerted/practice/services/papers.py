"""Answering a paper: questions that were drawn once, each answer saved as it comes, one result at the end.

Two kinds of attempt have one. A *quiz* is every question of a bank, told at once whether it fits; the first answer to a
question counts. A *test* is drawn from banks, tells nothing before it is handed in, and the last answer counts.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit.dates import in_words
from concerted.kit.digits import localise
from concerted.practice.models import Attempt, Bank, Exam, ExamVersion, Paper, QuestionVersion, Step
from concerted.practice.queries import counts, marks_of, stands
from concerted.practice.rules import BadAnswer, Pool, draw, ends_at, opens_again, score
from concerted.practice.services.attempts import (
    AttemptFinished,
    AttemptRefused,
    finish_attempt,
    lock_attempt,
    open_attempt,
    save_step,
)
from concerted.practice.services.counting_items import count_again, count_items
from concerted.practice.services.exams import drawn_from
from concerted.practice.services.following_up import FOLLOW_UP, plan_follow_ups
from concerted.practice.services.reflections import keep_words

QUIZ, TEST = "bank", "exam"
#: Nothing is told before they are handed in, and the last answer to a question counts.
TOLD_LATE = (TEST, FOLLOW_UP)


@transaction.atomic
def begin_quiz(bank: Bank, *, language: str, by: Any, at: datetime) -> Attempt:
    """Her open attempt at all questions of a bank, or a new one on the wording that is published now."""
    version = bank.document.published_id
    if version is None:
        raise AttemptRefused(_("These questions are not published yet."))
    attempt = open_attempt(by, QUIZ, bank.pk, version, language=language, at=at)
    questions = QuestionVersion.objects.filter(version=attempt.version).order_by("pk").values_list("pk", flat=True)
    Paper.objects.get_or_create(attempt=attempt, defaults={"questions": list(questions)})
    return attempt


@transaction.atomic
def begin_exam(exam: Exam, *, language: str, more_time: bool, by: Any, at: datetime) -> Attempt:
    """Her open attempt at a test, or a new one with questions drawn for her.

    Raises `AttemptRefused` with the moment when the next may begin: attempts are counted, after a failure she waits.
    """
    version = exam.published
    if version is None:
        raise AttemptRefused(_("This test is not published yet."))
    mine = Attempt.objects.filter(person=by, what_kind=TEST, what=exam.pk)
    last = mine.order_by("-no").first()
    if last is not None:
        opens = opens_again(last.finished_at, version.wait_hours, passed=bool(last.passed))
        if opens is not None and at < opens:
            raise AttemptRefused(_("You can try again from %(moment)s on.") % {"moment": moment_in_words(opens)})
    attempt = open_attempt(by, TEST, exam.pk, version.pk, language=language, most=version.attempts, at=at)
    if not Paper.objects.filter(attempt=attempt).exists():
        pools = [_pool(one) for one in version.pools]
        closes = ends_at(attempt.started_at, version.minutes, more_time=more_time)
        drawn = draw(drawn_from(pools), str(attempt.pk))
        Paper.objects.create(attempt=attempt, questions=drawn, ends_at=closes)
    return attempt


def _pool(stored: dict[str, Any]) -> Pool:
    return Pool(stored["bank"], stored["questions"], tuple(stored["aims"]), tuple(stored.get("tags", ())))


def moment_in_words(moment: datetime) -> str:
    """A day and an hour as a person says it, in her language."""
    local = timezone.localtime(moment)
    return _("%(day)s, %(hour)s") % {"day": in_words(local.date()), "hour": localise(local.strftime("%H:%M"))}


def closed(paper: Paper, at: datetime) -> bool:
    """Whether the time of a paper is over."""
    return paper.ends_at is not None and at >= paper.ends_at


@transaction.atomic
def answer_paper(attempt: Attempt, question: int, answer: Any, *, client_key: uuid.UUID, at: datetime) -> None:
    """Save and mark one answer.

    Raises `BadAnswer` when it does not fit the question, `AttemptRefused` when the question is not on her paper or the
    attempt is over. Nothing is stored then. An answer that comes after the end is not taken: `hand_in` closes the
    paper with what was saved in time.
    """
    attempt = lock_attempt(attempt.pk)
    paper = Paper.objects.get(attempt=attempt.pk)
    if question not in paper.questions:
        raise AttemptRefused(_("This question is not on your paper. Here is where you are."))
    if attempt.finished_at:
        raise AttemptFinished
    if closed(paper, at):
        raise AttemptRefused(_("The time was over when this answer came. What you had saved before counts."))
    marks = marks_of(*stands(question))
    assert marks is not None
    if not marks.counts:
        return keep_words(attempt, str(question), answer, client_key=client_key, at=at)
    right = marks.mark(answer).right
    save_step(attempt, str(question), client_key=client_key, answer=answer, right=right, at=at)
    return None


@transaction.atomic
def hand_in(attempt: Attempt, *, at: datetime) -> tuple[Attempt, bool]:
    """Close a paper; the attempt with its result, and whether it was closed now: handed in before, its result stays.

    Of a test and of a follow-up the last answer to a question counts, of a quiz the first. What was not answered is not
    right. A paper whose time is over is closed as of its end. A quiz and a follow-up have no pass mark.
    """
    attempt = lock_attempt(attempt.pk)
    if attempt.finished_at:
        return attempt, False
    paper = Paper.objects.get(attempt=attempt.pk)
    steps = Step.objects.filter(attempt=attempt.pk).order_by("seq").values_list("part", "answer", "right")
    held = counted(steps, last=attempt.what_kind in TOLD_LATE)
    marked = [question for question in paper.questions if counts(*stands(question))]
    answers = {question: held[str(question)] for question in marked if str(question) in held}
    count = count_again if attempt.what_kind == FOLLOW_UP else count_items
    count(attempt, answers, len(marked), at=at)
    result = score(sum(right for _answer, right in answers.values()), len(marked))
    over = paper.ends_at if paper.ends_at is not None and closed(paper, at) else at
    pass_mark = ExamVersion.objects.get(pk=attempt.version).pass_mark if attempt.what_kind == TEST else 0
    attempt = finish_attempt(attempt, score=result, passed=result >= pass_mark, at=over)
    if attempt.what_kind == TEST and attempt.passed:
        plan_follow_ups(attempt)
    return attempt, True


def counted(steps: Iterable[tuple[str, Any, bool | None]], *, last: bool) -> dict[str, tuple[Any, bool]]:
    """Part -> the answer that counts, and whether it is right.

    >>> counted([("1", "b", False), ("1", "a", True)], last=False)
    {'1': ('b', False)}
    >>> counted([("1", "b", False), ("1", "a", True)], last=True)
    {'1': ('a', True)}
    """
    found: dict[str, tuple[Any, bool]] = {}
    for part, answer, right in steps:
        if last or part not in found:
            found[part] = (answer, bool(right))
    return found


__all__ = [
    "QUIZ",
    "TEST",
    "TOLD_LATE",
    "BadAnswer",
    "answer_paper",
    "begin_exam",
    "begin_quiz",
    "closed",
    "counted",
    "hand_in",
]
