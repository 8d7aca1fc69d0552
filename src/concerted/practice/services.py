import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from concerted.practice.models import Attempt, Step


class AttemptRefused(Exception):
    """The step cannot be taken; the message says why and what to do."""


@transaction.atomic
def open_attempt(
    person: Any, what_kind: str, what: int, version: int, *, language: str, most: int = 0, at: datetime
) -> Attempt:
    """The open attempt of a person at something, or a new one with the next number.

    `most` attempts are allowed (0: any number). Raises `AttemptRefused` when they are used up.
    """
    mine = Attempt.objects.filter(person=person, what_kind=what_kind, what=what)
    found = mine.filter(finished_at=None).first()
    if found:
        return found
    no = (mine.aggregate(last=Max("no"))["last"] or 0) + 1
    if most and no > most:
        raise AttemptRefused(_("You have used all your attempts. Ask your trainer or coordinator what to do next."))
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                person=person, what_kind=what_kind, what=what, version=version, no=no, language=language, started_at=at
            )
    except IntegrityError:
        # A second tab opened it in the same moment.
        return mine.get(finished_at=None)


@transaction.atomic
def save_step(
    attempt_id: int,
    part: str,
    *,
    client_key: uuid.UUID,
    answer: Any = None,
    right: bool | None = None,
    at: datetime,
) -> Step:
    """Save one step. The same key again is the same step: the first answer stays and is returned.

    Raises `AttemptRefused` when the attempt is finished, or when the key comes back with another answer.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt_id)
    before = Step.objects.filter(attempt=attempt, client_key=client_key).first()
    if before:
        if (before.part, before.answer) != (part, answer):
            raise AttemptRefused(
                _("This form was already sent with another answer. The first one stays. Open the page again.")
            )
        return before
    if attempt.finished_at:
        raise AttemptRefused(_("This attempt is finished. Nothing was changed."))
    seq = (attempt.steps.aggregate(last=Max("seq"))["last"] or 0) + 1
    return Step.objects.create(
        attempt=attempt, client_key=client_key, seq=seq, part=part, answer=answer, right=right, at=at
    )


def finish_attempt(attempt: Attempt, *, score: int, passed: bool, at: datetime) -> Attempt:
    """Close an attempt with its result, in the caller's transaction."""
    attempt.finished_at, attempt.score, attempt.passed = at, score, passed
    attempt.save(update_fields=["finished_at", "score", "passed"])
    return attempt
