import secrets
from collections.abc import Iterable
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
    entry, held = _entry(verb, by, object_kind, object_id, about, words)
    entry.save(force_insert=True)
    if held is not None:
        held.save(force_insert=True)
    return entry


def record_many(verb: str, told: Iterable[tuple[Any, dict[str, Any]]], *, by: Any, object_kind: str) -> None:
    """The same for many objects at once, each (id, words). Two queries."""
    made = [_entry(verb, by, object_kind, object_id, None, words) for object_id, words in told]
    Entry.objects.bulk_create([entry for entry, _held in made])
    EntryWords.objects.bulk_create([held for _entry, held in made if held is not None])


def _entry(
    verb: str, by: Any, object_kind: str, object_id: Any, about: Any, words: dict[str, Any] | None
) -> tuple[Entry, EntryWords | None]:
    """A line with its digest, and its words; nothing is saved."""
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
    return entry, EntryWords(entry=entry, words=words, salt=salt) if words else None


@transaction.atomic
def erase_words(person: Any, *, by: Any) -> int:
    """Forget the words of every sealed entry about a person; the chain stays valid. Returns how many were forgotten.

    The system's own act, asked for by the erasure of a person. Words not yet sealed go with the next call.
    """
    erased, _ = EntryWords.objects.filter(entry__about_person_id=person.pk, entry__sealed_no__isnull=False).delete()
    record("words erased", by=by, object_kind="person", object_id=person.pk, about=person)
    return erased
