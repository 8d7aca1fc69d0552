import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from concerted.post.models import Letter, Notice


@transaction.atomic
def notify(
    person: Any,
    kind: str,
    *,
    facts: dict[str, Any] | None = None,
    link: str = "",
    dedupe: str | None = None,
    at: datetime,
    mail: bool = False,
) -> Notice | None:
    """Put a line into a person's inbox, in the caller's transaction; with `mail`, also one neutral letter.

    With `dedupe`, the same line is written once ever; None when it was there already.
    """
    if dedupe and Notice.objects.filter(dedupe=dedupe).exists():
        return None
    notice = Notice.objects.create(person=person, kind=kind, facts=facts or {}, link=link, dedupe=dedupe, at=at)
    if mail and person.email and person.is_active:
        write_letter(person.email, person.language or settings.LANGUAGE_CODE, at=at)
    return notice


def write_letter(to: str, language: str, *, at: datetime) -> Letter:
    """Compose the one neutral letter: no name, no topic, a link to the inbox."""
    with translation.override(language):
        subject = _("Something new for you")
        body = _("There is something new for you. Sign in to read it:\n\n%(address)s\n") % {
            "address": f"{settings.SITE_URL}/inbox/"
        }
    return write_words(to, language, subject=subject, body=body, at=at)


def write_words(to: str, language: str, *, subject: str, body: str, at: datetime) -> Letter:
    """Put a letter composed by the caller into the outbox: a code, a link. Neutral words only, in the reader's language."""
    return Letter.objects.create(
        to=to, language=language, subject=subject, body=body, message_id=f"<{uuid.uuid4()}@concerted>", at=at
    )
