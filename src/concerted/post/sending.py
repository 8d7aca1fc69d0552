"""Handing letters over to the mail server: at least once, always under the same Message-ID, never again once marked.

    take     one conditional update: whoever makes it may hand the letter over; it comes up again if he falls silent
    hand over    outside any transaction: a mail server may take its time
    mark     one conditional update after the server accepted it; the words are gone with it

Killed between hand-over and mark, the letter goes out a second time under the same Message-ID, and the mail server or
the reader's program drops it. Killed anywhere else, it goes out once.
"""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F, Q

from concerted.post import letters
from concerted.post.models import Letter

TIMEOUT = 20
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=72)
MOST = 1000
Clock = Callable[[], datetime]


def send_due(clock: Clock, *, timeout: float = TIMEOUT) -> int:
    """Hand over every letter whose time has come; how many were accepted. A server that is away is asked once only."""
    connection: Any = get_connection(timeout=timeout)
    sent = 0
    try:
        for letter_id in list(_due(clock()).values_list("pk", flat=True)[:MOST]):
            letter = _take(letter_id, clock())
            if letter is None:
                continue
            try:
                connection.open()
                connection.send_messages([message_of(letter)])
            except OSError as error:  # smtplib's errors are among them
                _try_later(letter, error, clock())
                _drop(connection)
                if not isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
                    break
            else:
                sent += _mark(letter, clock())
    finally:
        _drop(connection)
    return sent


def _drop(connection: Any) -> None:
    """Close, whatever state the line is in."""
    try:
        connection.close()
    except OSError:
        connection.connection = None


def _due(at: datetime) -> Any:
    waiting = Letter.objects.filter(sent_at=None, given_up_at=None)
    return waiting.filter(Q(next_try_at=None) | Q(next_try_at__lte=at)).order_by("pk")


def _take(letter_id: int, at: datetime) -> Letter | None:
    stale = Q(until__lte=at) | Q(at__lte=at - GIVE_UP_AFTER)
    if _due(at).filter(stale, pk=letter_id).update(given_up_at=at, body=""):
        return None
    again = at + timedelta(seconds=settings.CONCERTED_HAND_OVER_SECONDS)
    if not _due(at).filter(pk=letter_id).update(next_try_at=again, tries=F("tries") + 1):
        return None
    return Letter.objects.get(pk=letter_id)


def message_of(letter: Letter) -> EmailMessage:
    """The letter as it goes out; the same every time, the date included."""
    headers = {
        "Message-ID": letter.message_id,
        "Date": format_datetime(letter.at),
        "Auto-Submitted": "auto-generated",
    }
    if letter.optional:
        headers["List-Unsubscribe"] = f"<{letters.choice_address()}>"
    return EmailMessage(letter.subject, letter.body, to=[letter.to], headers=headers)


def _mark(letter: Letter, at: datetime) -> int:
    # A code that was sent is not kept.
    return Letter.objects.filter(pk=letter.pk, sent_at=None).update(sent_at=at, next_try_at=None, body="")


def _try_later(letter: Letter, error: OSError, at: datetime) -> None:
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, tries=letter.tries)
    if _refused_for_good(error):
        mine.update(given_up_at=at, next_try_at=None, body="")
        return
    wait = min(FIRST_WAIT * 2 ** min(letter.tries - 1, 20), LONGEST_WAIT)
    mine.update(next_try_at=at + wait)


def _refused_for_good(error: OSError) -> bool:
    """Only a refusal of this very address is; any other permanent answer may be our own settings, put right later."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _ in error.recipients.values())
