"""The same questions again, three and six months after a test was passed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.maths.months import add_months
from concerted.practice.models import Attempt, FollowUp, Paper
from concerted.practice.rules import draw
from concerted.practice.services.attempts import AttemptRefused, open_attempt

#: The kind of its attempts; what they are at is the follow-up.
FOLLOW_UP = "again"
AFTER_MONTHS = (3, 6)


def plan_follow_ups(passed: Attempt) -> None:
    """Plan when the questions of a test she passed are asked again; in the transaction that closes it.

    Passed anew, it is counted from now on. Nothing is planned where she left it before. At most four queries.
    """
    mine = FollowUp.objects.filter(person=passed.person_id, exam=passed.what)
    if mine.filter(left_at__isnull=False).exists():
        return
    mine.filter(attempt=None).delete()
    assert passed.finished_at is not None
    day = timezone.localdate(passed.finished_at)
    FollowUp.objects.bulk_create(
        FollowUp(
            person_id=passed.person_id,
            exam_id=passed.what,
            after=passed,
            months=months,
            due_on=add_months(day, months),
        )
        for months in AFTER_MONTHS
    )


def follow_up_due(person: Any, code: str, on: date) -> FollowUp | None:
    """The latest one of a test that has fallen due and that she has not left; None when there is none. One query."""
    held = FollowUp.objects.filter(person=person, exam__code=code, due_on__lte=on, left_at=None)
    return held.select_related("exam", "after", "attempt").order_by("-due_on", "-pk").first()


@transaction.atomic
def begin_follow_up(follow_up: FollowUp, *, language: str, by: Any, at: datetime) -> Attempt:
    """Her open attempt at it, or a new one: the questions she had when she passed, in another order, without a clock.

    Raises `AttemptRefused` before its day, when she left it, and when it is done: it is asked once.
    """
    held = FollowUp.objects.select_for_update(of=("self",)).select_related("after").get(pk=follow_up.pk)
    if held.left_at or timezone.localdate(at) < held.due_on:
        raise AttemptRefused(_("Nothing is asked again now."))
    if held.attempt_id is not None:
        return Attempt.objects.get(pk=held.attempt_id)
    attempt = open_attempt(by, FOLLOW_UP, held.pk, held.after.version, language=language, at=at)
    questions = Paper.objects.get(attempt=held.after_id).questions
    mixed = draw([(questions, len(questions))], str(attempt.pk))
    Paper.objects.get_or_create(attempt=attempt, defaults={"questions": mixed})
    held.attempt = attempt
    held.save(update_fields=["attempt"])
    return attempt


def leave_follow_ups(follow_up: FollowUp, *, at: datetime) -> None:
    """Ask her nothing again about this test."""
    FollowUp.objects.filter(person=follow_up.person_id, exam=follow_up.exam_id, left_at=None).update(left_at=at)
