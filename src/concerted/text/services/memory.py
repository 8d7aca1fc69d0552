from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.access import TRANSLATION
from concerted.text.exchange import tmx
from concerted.text.exchange.gather import left_out
from concerted.text.exchange.memory import language_among, plain_hash
from concerted.text.exchange.pairing import fault_in_words
from concerted.text.exchange.segments import LeftOut
from concerted.text.models import ContentLanguage, Offer
from concerted.text.queries.memory import sources_today
from concerted.text.rules import normal

#: Language, source language, hash of the source's plain words, hash of the words.
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class MemoryTaken:
    """What became of a translation memory: pairs that are offered now, pairs that were offered before, and those left
    out with why, pairs for other texts than ours last.
    """

    offered: int
    unchanged: int
    left_out: tuple[LeftOut, ...]


@transaction.atomic
def take_memory(content: bytes, *, by: Any, at: datetime, dry_run: bool = False) -> MemoryTaken:
    """Keep what a TMX file has for words of ours as offers to translators, in each language that `by` translates into.
    No translation changes.

    Raises ExchangeRefused for a file that cannot be taken at all.
    """
    memory = tmx.read(content)
    fresh, faults = _fitting(memory.offers, by, at)
    before = _known({language for language, *_rest in fresh})
    new = [offer for key, offer in fresh.items() if key not in before]
    if new and not dry_run:
        # Two people may bring the same memory at once: the same words are kept once.
        Offer.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
        for language in sorted({offer.language_id for offer in new}):
            record("memory taken in", by=by, object_kind="language", object_id=language)
    faults = sorted((*memory.left_out, *faults), key=lambda one: one.code == "elsewhere")
    return MemoryTaken(len(new), len(fresh) - len(new), tuple(faults))


@transaction.atomic
def drop_memory(language: ContentLanguage, taken_at: datetime, *, by: Any, at: datetime) -> int:
    """Let go of what a memory brought for one language; how many pairs that were. No translation changes.

    `taken_at`: when it came, which its pairs have in common. A pair that two memories brought belongs to the first.
    """
    access.allow(by, "U", TRANSLATION, language)
    dropped, _by_model = Offer.objects.filter(language=language, at=taken_at).delete()
    if dropped:
        record("memory taken away", by=by, object_kind="language", object_id=language.pk)
    return dropped


def _fitting(pairs: Iterable[tmx.Offer], by: Any, at: datetime) -> tuple[dict[Key, Offer], list[LeftOut]]:
    """The pairs whose source is among our words, each once, and the others with why."""
    codes = ContentLanguage.objects.values_list("pk", flat=True)
    into = {code.lower(): code for code in codes}
    hers = {code for code in codes if by is None or access.may(by, "C", TRANSLATION, code)}
    sources = sources_today()
    written = {language.lower(): language for language, _digest in sources}
    fitting: dict[Key, Offer] = {}
    faults: list[LeftOut] = []
    for pair in pairs:
        language = language_among(pair.target_language, into)
        source_language = language_among(pair.source_language, written)
        digest, words = plain_hash(pair.source), normal(pair.target)
        here = sources.get((source_language, digest), set())
        fault = "closed" if not language else "not-hers" if language not in hers else _fault(here, pair.source, words)
        if fault:
            faults.append(left_out(f"{pair.unit} ({pair.target_language})", fault))
            continue
        offer = Offer(
            source_language=source_language,
            source_hash=digest,
            language_id=language,
            words=words,
            words_hash=sha256(words.encode()).hexdigest(),
            at=at,
        )
        fitting[offer.language_id, source_language, digest, offer.words_hash] = offer
    return fitting, faults


def _fault(here: set[str], source: str, words: str) -> str:
    """Why words cannot be offered for any of the pieces that read like their source."""
    if not here:
        return "elsewhere"
    if words == normal(source):
        return "untranslated"
    faults = {fault_in_words(piece, words) for piece in here}
    return "" if "" in faults else min(faults)


def _known(languages: Iterable[str]) -> set[Key]:
    """What is kept already in these languages. One query each."""
    known: set[Key] = set()
    for language in languages:
        kept = Offer.objects.filter(language=language).order_by()
        known.update(kept.values_list("language_id", "source_language", "source_hash", "words_hash").iterator())
    return known
