"""The glossary as packs bring it, and as it is written here; see docs/adr/0018-glossary-beside-packs.md."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.access import GLOSSARY
from concerted.text.models import ContentLanguage, GlossaryEntry, GlossaryWording
from concerted.text.queries.glossary import GlossaryLine, glossary_lines, words_in
from concerted.text.wording import WordEntry, can_be_found


class GlossaryRefused(Exception):
    """The entry cannot be written like this; the message says why and what to do."""


class GlossaryMoved(GlossaryRefused):
    """Somebody else changed the entry while she wrote."""


def token_of(line: GlossaryLine) -> str:
    """What a page remembers of the entry it showed, so that two people at once are told apart."""
    facts = [line.no, line.gone, line.words.avoid, line.words.prefer, line.words.why, line.words.terms, line.words.idea]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def new_key() -> str:
    """The key of an entry that is nowhere yet."""
    return uuid.uuid4().hex


@transaction.atomic
def write_entry(
    language: ContentLanguage, key: str, words: WordEntry, *, seen: str, by: Any, at: datetime
) -> GlossaryWording | None:
    """Let an entry say these words from now on, over what a pack says; a `key` that is nowhere makes a new entry.

    `seen`: `token_of` the entry she was shown, "" for a new one. The same words again write nothing. Raises
    GlossaryMoved when the entry moved on meanwhile, and GlossaryRefused when a word would have two reasons.
    """
    lines = _locked(language, "U" if seen else "C", by)
    held = next((line for line in lines if line.key == key), None)
    if held and not held.gone and held.words == words:
        return None
    if held and token_of(held) != seen:
        raise GlossaryMoved(_("Somebody else changed this entry while you wrote. Look at it below, then save again."))
    _refuse_unusable(words)
    _refuse_twice(words, held, [line.words for line in lines if line.key != key and not line.gone])
    return _append(language, key, words, held, "glossary entry written", by=by, at=at)


@transaction.atomic
def take_out(language: ContentLanguage, key: str, *, seen: str, by: Any, at: datetime) -> GlossaryWording | None:
    """Let an entry hold no longer, a pack's too. It can be written again. Raises GlossaryMoved as above."""
    lines = _locked(language, "D", by)
    held = next((line for line in lines if line.key == key), None)
    if held is None or held.gone:
        return None
    if token_of(held) != seen:
        raise GlossaryMoved(
            _("Somebody else changed this entry while you looked at it. Look at it below, then take it out.")
        )
    return _append(language, key, held.words, held, "glossary entry taken out", gone=True, by=by, at=at)


def _locked(language: ContentLanguage, verb: str, by: Any) -> list[GlossaryLine]:
    """The entries of a language, while nobody else writes in it."""
    access.allow(by, verb, GLOSSARY, language)
    ContentLanguage.objects.select_for_update().get(pk=language.pk)
    return glossary_lines(language.pk)


def _append(
    language: ContentLanguage,
    key: str,
    words: WordEntry,
    held: GlossaryLine | None,
    act: str,
    *,
    gone: bool = False,
    by: Any,
    at: datetime,
) -> GlossaryWording:
    made = GlossaryWording.objects.create(
        language=language, key=key, no=(held.no if held else 0) + 1, gone=gone, by=by, at=at, **_columns(words)
    )
    record(act, by=by, object_kind="glossary wording", object_id=made.pk)
    return made


def _columns(words: WordEntry) -> dict[str, Any]:
    return {
        "avoid": list(words.avoid),
        "prefer": words.prefer,
        "why": words.why,
        "terms": list(words.terms),
        "idea": words.idea,
    }


def _refuse_unusable(words: WordEntry) -> None:
    if not words.avoid and not words.terms:
        raise GlossaryRefused(_("Write a word to avoid, or a term: else this entry is found nowhere."))
    for phrase in (*words.avoid, *words.terms):
        if not can_be_found(phrase):
            raise GlossaryRefused(
                _("“%(words)s” cannot be found. Write a star only at the end of a word.") % {"words": phrase[:60]}
            )


def _refuse_twice(words: WordEntry, held: GlossaryLine | None, others: Sequence[WordEntry]) -> None:
    """One word cannot have two reasons, nor one term two entries; what two packs brought so stays as it is."""
    for kind in ("avoid", "terms"):
        taken = {phrase.casefold(): other for other in others for phrase in getattr(other, kind)}
        before = getattr(held.words, kind) if held and not held.gone else ()
        for phrase in getattr(words, kind):
            if phrase not in before and (other := taken.get(phrase.casefold())):
                raise GlossaryRefused(
                    _("“%(words)s” stands already with “%(prefer)s”. Change that entry, or leave the word out here.")
                    % {"words": phrase, "prefer": other.prefer}
                )


@transaction.atomic
def replace_glossary(pack: str, entries: Sequence[WordEntry]) -> bool:
    """Put a pack's entries in the place of those it brought before. Returns whether anything changed.

    An entry that shares an avoided word with one that was there is that entry still, so that what was written here
    lies over it as before.
    """
    rows = list(GlossaryEntry.objects.filter(pack=pack).order_by("place"))
    if [words_in(row) for row in rows] == list(entries):
        return False
    keys = {(row.language, phrase.casefold()): row.key for row in rows for phrase in row.avoid}
    GlossaryEntry.objects.filter(pack=pack).delete()
    given: dict[str, WordEntry] = {}
    for entry in entries:
        known = (keys.get((entry.language, phrase.casefold())) for phrase in entry.avoid)
        given[next((key for key in known if key and key not in given), None) or new_key()] = entry
    GlossaryEntry.objects.bulk_create(
        GlossaryEntry(pack=pack, language=entry.language, place=place, key=key, **_columns(entry))
        for place, (key, entry) in enumerate(given.items())
    )
    return True
