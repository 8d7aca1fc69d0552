import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from concerted.ledger.keys import ledger_key
from concerted.ledger.models import Entry, EntryWords
from concerted.ledger.rules import digest_of


def digest_facts(entry: Entry, words: Any, salt: str) -> tuple[Any, ...]:
    """What the digest of an entry stands for. The salt came later than the first entries, so it may be missing."""
    facts = (entry.at, entry.by_id, entry.verb, entry.object_kind, entry.object_id, entry.about_person_id, words)
    return (*facts, salt) if salt else facts


def record(
    verb: str, *, by: Any, object_kind: str, object_id: Any, about: Any = None, words: dict[str, Any] | None = None
) -> Entry:
    """Write one audit line in the caller's transaction; if it cannot be written, the act fails too.

    `by` is a person or None (the system); `about` the person it concerns; `words` what may name her, kept apart.
    """
    salt = secrets.token_hex(16) if words else ""
    entry = Entry(
        at=timezone.now(),
        by_id=getattr(by, "pk", None),
        verb=verb,
        object_kind=object_kind,
        object_id=str(object_id),
        about_person_id=getattr(about, "pk", None),
    )
    entry.digest = digest_of(ledger_key(), *digest_facts(entry, words or None, salt))
    entry.save(force_insert=True)
    if words:
        EntryWords.objects.create(entry=entry, words=words, salt=salt)
    return entry


@transaction.atomic
def erase_words(person: Any, *, by: Any) -> int:
    """Forget the words of every sealed entry about a person; the chain stays valid. Returns how many were forgotten.

    The system's own act, asked for by the erasure of a person. Words not yet sealed go with the next call.
    """
    erased, _ = EntryWords.objects.filter(entry__about_person_id=person.pk, entry__sealed_no__isnull=False).delete()
    record("words erased", by=by, object_kind="person", object_id=person.pk, about=person)
    return erased
