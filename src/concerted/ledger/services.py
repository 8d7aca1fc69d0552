from typing import Any

from django.utils import timezone

from concerted.ledger.models import Entry, EntryWords
from concerted.ledger.rules import digest_of


def record(
    verb: str, *, by: Any, object_kind: str, object_id: Any, about: Any = None, words: dict[str, Any] | None = None
) -> Entry:
    """Write one audit line in the caller's transaction; if it cannot be written, the act fails too.

    `by` is a person or None (the system); `about` the person it concerns; `words` what may name her, kept apart.
    """
    at = timezone.now()
    by_id = getattr(by, "pk", None)
    about_id = getattr(about, "pk", None)
    entry = Entry.objects.create(
        at=at,
        by_id=by_id,
        verb=verb,
        object_kind=object_kind,
        object_id=str(object_id),
        about_person_id=about_id,
        digest=digest_of(at, by_id, verb, object_kind, str(object_id), about_id, words),
    )
    if words:
        EntryWords.objects.create(entry=entry, words=words)
    return entry
