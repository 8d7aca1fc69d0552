"""The questions of a test she passed, asked again: for herself, never as evidence."""

from datetime import date, datetime

from django.db import transaction

from concerted.directory.models import Person
from concerted.kit import access
from concerted.post.services import notify
from concerted.practice import services as practice
from concerted.practice.models import Attempt, FollowUp
from concerted.training.access import TAKING


def start_again(follow_up: FollowUp, *, language: str, by: Person, at: datetime) -> Attempt:
    """Her open attempt at it, or a new one. Raises `AttemptRefused` before its day, and when she left it."""
    access.allow(by, "U", TAKING, follow_up)
    return practice.begin_follow_up(follow_up, language=language, by=by, at=at)


def leave_again(follow_up: FollowUp, *, by: Person, at: datetime) -> None:
    """She is asked nothing again about this test. Nobody is told, and nothing follows from it."""
    access.allow(by, "U", TAKING, follow_up)
    practice.leave_follow_ups(follow_up, at=at)


def remind_again(on: date, *, at: datetime) -> int:
    """Tell people with an account of what is due, once for each; how many were told."""
    due = FollowUp.objects.filter(due_on__lte=on, told_at=None, left_at=None, attempt=None)
    reachable = due.filter(person__email__isnull=False, person__is_active=True)
    told = 0
    for follow_up in reachable.select_related("person", "exam").order_by("pk").iterator(chunk_size=500):
        with transaction.atomic():
            # Two workers at once: who marks it first tells her.
            if FollowUp.objects.filter(pk=follow_up.pk, told_at=None, left_at=None).update(told_at=at):
                link, dedupe = f"/learn/tests/{follow_up.exam.code}/again/", f"again:{follow_up.pk}"
                told += notify(follow_up.person, "again", link=link, dedupe=dedupe, at=at, mail=True) is not None
    return told
