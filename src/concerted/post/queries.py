from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from concerted.kit.prepared import Prepared
from concerted.post.models import Letter, MailChoice, Notice
from concerted.post.wordings import line_of


def unread_of(person: int) -> Any:
    """The number of notices a person (by id) has not read, in one row or, where there are none, in no row."""
    unread = Notice.objects.filter(person=person, read_at=None).order_by()
    return unread.values("person").annotate(n=Count("pk")).values("n")


_UNREAD = Prepared(lambda person: unread_of(person).values_list("n"), int)


def unread_count(person: Any) -> int:
    """How many notices a person has not read."""
    rows = _UNREAD.rows(person.pk)
    return rows[0][0] if rows else 0


def inbox(person: Any) -> QuerySet[Notice]:
    """Her notices, latest first."""
    return Notice.objects.filter(person=person)


@dataclass(frozen=True)
class Line:
    """A notice as the inbox shows it."""

    id: int
    at: datetime
    text: str
    link: str
    new: bool


def line(notice: Notice) -> Line:
    """A notice in the reader's language."""
    return Line(notice.pk, notice.at, line_of(notice.kind, notice.facts), notice.link, notice.read_at is None)


def latest_unread(person: Any, most: int = 3) -> list[Line]:
    """The newest lines she has not read; asked only where a page shows them."""
    return [line(notice) for notice in Notice.objects.filter(person=person, read_at=None)[:most]]


def mail_wanted(person: Any) -> bool:
    """Whether she wants mail when there is something new."""
    return not MailChoice.objects.filter(person=person, wanted=False).exists()


@dataclass(frozen=True)
class Outbox:
    """The outbox at a glance, without addresses or words."""

    waiting: int
    given_up: int
    oldest: datetime | None


def outbox() -> Outbox:
    """How many letters wait, since when, and how many could not be handed over.

    Letters that were over as soon as they were written were never meant to go out, and are not counted.
    """
    waiting = Q(sent_at=None, given_up_at=None)
    meant = Q(until=None) | Q(until__gt=F("at"))
    seen = Letter.objects.aggregate(
        waiting=Count("pk", filter=waiting),
        given_up=Count("pk", filter=meant & Q(given_up_at__isnull=False)),
        oldest=Min("at", filter=waiting),
    )
    return Outbox(**seen)
