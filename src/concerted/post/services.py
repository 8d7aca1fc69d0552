import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from concerted.kit import access
from concerted.post import letters
from concerted.post.access import NOTICE
from concerted.post.models import Letter, MailChoice, Notice


def notify(
    person: Any,
    kind: str,
    *,
    facts: dict[str, Any] | None = None,
    link: str = "",
    dedupe: str | None = None,
    at: datetime,
    mail: bool = False,
    entered: str | None = None,
) -> Notice | None:
    """Put a line into a person's inbox, in the caller's transaction; with `mail`, also one neutral letter.

    With `dedupe`, the same line is written once ever; None when it was there already. Who has no address herself, but
    was `entered` with one that belongs to somebody else, gets a letter that is over as soon as it is written: nobody
    may tell from the time it takes whose the address is.
    """
    if dedupe and Notice.objects.filter(dedupe=dedupe).exists():
        return None
    notice = Notice(person=person, kind=kind, facts=facts or {}, link=link, dedupe=dedupe, at=at)
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
            to = person.email or entered
            if mail and to and person.is_active and wants_mail(person):
                until = None if person.email else at
                write_letter(to, person.language or settings.LANGUAGE_CODE, at=at, until=until)
    except IntegrityError:
        # Somebody wrote the same line since we looked. Only our savepoint is undone, not the caller's change.
        if dedupe and Notice.objects.filter(dedupe=dedupe).exists():
            return None
        raise
    return notice


def set_aside(person: Any, link: str, *, at: datetime) -> None:
    """Mark lines that lead to a page as read, in the caller's transaction: what is new there is about to be told."""
    Notice.objects.filter(person=person, link=link, read_at=None).update(read_at=at)


def wants_mail(person: Any) -> bool:
    """Whether she wants mail when there is something new; she does until she says otherwise."""
    return not MailChoice.objects.filter(person=person, wanted=False).exists()


def write_letter(to: str, language: str, *, at: datetime, until: datetime | None = None) -> Letter:
    """Compose the one neutral letter: no name, no topic, a link to the inbox."""
    subject, body = letters.something_new(language)
    return write_words(to, language, subject=subject, body=body, at=at, until=until, optional=True)


def write_words(
    to: str,
    language: str,
    *,
    subject: str,
    body: str,
    at: datetime,
    until: datetime | None = None,
    optional: bool = False,
) -> Letter:
    """Put a letter composed by the caller into the outbox: a code, a link. Neutral words, in the reader's language.

    After `until` it is of no use and is not sent any more; `optional` letters tell how to switch them off.
    """
    from concerted.post.jobs import send

    letter = Letter.objects.create(
        to=to,
        language=language,
        subject=subject,
        body=body,
        message_id=f"<{uuid.uuid4()}@concerted>",
        at=at,
        until=until,
        optional=optional,
    )
    send.enqueue()
    return letter


@transaction.atomic
def read_notice(notice: Notice, *, by: Any, at: datetime) -> None:
    """Mark a notice as read; the first time counts."""
    access.allow(by, "U", NOTICE, notice)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


@transaction.atomic
def read_all(person: Any, *, upto: int, by: Any, at: datetime) -> int:
    """Mark as read what she has seen: notices up to the number `upto`. What came in meanwhile stays new."""
    access.allow(by, "U", NOTICE, Notice(person=person))
    return Notice.objects.filter(person=person, read_at=None, pk__lte=upto).update(read_at=at)


@transaction.atomic
def choose_mail(person: Any, wanted: bool, *, by: Any) -> None:
    """Say whether she wants mail when there is something new."""
    access.allow(by, "U", NOTICE, Notice(person=person))
    MailChoice.objects.update_or_create(person=person, defaults={"wanted": wanted})
