import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.kit.dates import in_words
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt, Step
from concerted.practice.rules import opens_on

_COLUMNS = [field.attname for field in Attempt._meta.concrete_fields]
_LOCKED = Prepared(
    lambda attempt: Attempt.objects.select_for_update().filter(pk=attempt).order_by().values_list(*_COLUMNS), int
)
_SAVED = Prepared(
    lambda attempt: (
        Step.objects.filter(attempt=attempt).order_by("seq").values_list("seq", "client_key", "part", "answer")
    ),
    int,
)


class AttemptRefused(Exception):
    """The step cannot be taken; the message says why and what to do."""


class AttemptFinished(AttemptRefused):
    """The attempt was finished before, in another tab or on another device."""

    def __init__(self) -> None:
        super().__init__(_("This attempt is already finished; nothing was changed. Its result stands on its page."))


def next_opens(attempts: Iterable[Attempt], most: int) -> date | None:
    """The day the next attempt may begin after these, oldest first; None when nothing stands in its way."""
    done = [(bool(one.passed), timezone.localdate(one.finished_at)) for one in attempts if one.finished_at]
    return opens_on(done, most)


@transaction.atomic
def open_attempt(
    person: Any, what_kind: str, what: int, version: int, *, language: str, most: int = 0, at: datetime
) -> Attempt:
    """The open attempt of a person at something, or a new one with the next number.

    `most` attempts without success are allowed in a row (0: any number), see `rules.opens_on`. Raises `AttemptRefused`
    with the day on which the next may begin when they are used up.
    """
    mine = Attempt.objects.filter(person=person, what_kind=what_kind, what=what)
    found = mine.filter(finished_at=None).first()
    if found:
        return found
    no = (mine.aggregate(last=Max("no"))["last"] or 0) + 1
    opens = next_opens(mine.order_by("no"), most)
    if opens and timezone.localdate(at) < opens:
        raise AttemptRefused(
            _("You have used your attempts for now. You can try again on %(day)s.") % {"day": in_words(opens)}
        )
    try:
        with transaction.atomic():
            return Attempt.objects.create(
                person=person, what_kind=what_kind, what=what, version=version, no=no, language=language, started_at=at
            )
    except IntegrityError:
        # A second tab opened it in the same moment.
        return mine.get(finished_at=None)


def lock_attempt(attempt_id: int) -> Attempt:
    """The attempt as it is now, held until the caller's transaction ends: two tabs take turns. One query."""
    return Attempt.from_db("default", _COLUMNS, _LOCKED.rows(attempt_id)[0])


def steps_saved(attempt: Attempt) -> list[tuple[Any, ...]]:
    """(number, key of the form, part, answer) of every step of an attempt, in order. One query."""
    return _SAVED.rows(attempt.pk)


def save_step(
    attempt: Attempt,
    part: str,
    *,
    client_key: uuid.UUID,
    answer: Any = None,
    right: bool | None = None,
    at: datetime,
    before: list[tuple[Any, ...]] | None = None,
) -> bool:
    """Save one step of an attempt that `lock_attempt` gave; whether it is new. Two queries, or one with `before`.

    It belongs into the caller's transaction. The same key again is the same step: the first answer stays. Raises
    `AttemptRefused` when the attempt is finished, or when the key comes back with another answer. `before`: what
    `steps_saved` gave in this transaction.
    """
    before = steps_saved(attempt) if before is None else before
    for _seq, key, *saved in before:
        if key == client_key:
            if saved != [part, answer]:
                raise AttemptRefused(
                    _("This form was already sent with another answer. The first one stays. Open the page again.")
                )
            return False
    if attempt.finished_at:
        raise AttemptFinished
    seq = before[-1][0] + 1 if before else 1
    Step.objects.create(attempt=attempt, client_key=client_key, seq=seq, part=part, answer=answer, right=right, at=at)
    return True


def finish_attempt(attempt: Attempt, *, score: int, passed: bool, at: datetime) -> Attempt:
    """Close an attempt with its result, in the caller's transaction."""
    attempt.finished_at, attempt.score, attempt.passed = at, score, passed
    attempt.save(update_fields=["finished_at", "score", "passed"])
    return attempt
