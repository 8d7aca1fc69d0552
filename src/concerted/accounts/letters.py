"""The letters of this room: composed from short, neutral templates and put into the outbox."""

import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from concerted.post.services import write_words


def write(
    template: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    at: datetime.datetime,
    until: datetime.datetime | None = None,
) -> None:
    """Compose `template` (…_subject.txt, …_message.txt) and put it into the outbox, in the caller's transaction.

    From `until` on it is not sent any more.
    """
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    write_words(to, language, subject=subject, body=body, at=at, until=until)
