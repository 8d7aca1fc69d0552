from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.kit import access
from concerted.ledger.services import record
from concerted.text.access import TRANSLATION
from concerted.text.exchange import po, tmx, xliff12, xliff21
from concerted.text.exchange.matching import matched
from concerted.text.exchange.segments import Back, ExchangeRefused, LeftOut, Returned
from concerted.text.models import ContentLanguage, Document, Translation
from concerted.text.queries.outgoing import pieces_of, source_language_of
from concerted.text.rules import normal
from concerted.text.services.counting import count_document
from concerted.text.services.memory import MemoryTaken, take_memory
from concerted.text.services.translations import next_revision

State = Translation.State
#: format -> (ending of the file, how it is written)
FORMATS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "xliff12": ("xlf", xliff12.write),
    "xliff21": ("xlf", xliff21.write),
    "po": ("po", po.write),
    "tmx": ("tmx", tmx.write),
}


@dataclass(frozen=True)
class Imported:
    """What became of a file: parts that are new drafts, parts that said nothing new, segments nobody translated yet,
    and segments left out with why.
    """

    language: str
    taken: int
    unchanged: int
    untranslated: int
    left_out: tuple[LeftOut, ...]


def export_language(
    language: str,
    format_name: str = "xliff12",
    *,
    document: Document | None = None,
    prefill: bool = False,
    only_to_do: bool = False,
) -> bytes:
    """A translator's file of one document or of all. The same texts give the same bytes.

    Raises ExchangeRefused when nothing is to be sent.
    """
    pieces = pieces_of(language, document=document, only_to_do=only_to_do)
    source = document.language if document else source_language_of(language)
    return FORMATS[format_name][1](pieces, source, language, prefill=prefill)


def _read(content: bytes, languages: tuple[str, ...]) -> Back:
    """Whatever format it is, by its first bytes."""
    head = _head(content)
    if b"<xliff" in head:
        newer = b'version="2' in head or b"version='2" in head or b"xliff:document:2" in head
        return (xliff21 if newer else xliff12).read(content, languages=languages)
    if b"msgid" in content[:20_000]:
        return po.read(content, languages=languages)
    raise ExchangeRefused("format", _("This is no XLIFF, PO or TMX file. Send back the file your tool saved."))


def _head(content: bytes) -> bytes:
    """How a file begins, in small letters; what is written in UTF-16 reads the same."""
    return content[:4000].replace(b"\0", b"").lower()


def import_file(content: bytes, *, by: Any, at: datetime, dry_run: bool = False) -> Imported | MemoryTaken:
    """Take in what comes back from a translator's tool: a memory as offers, any other file as drafts.

    Raises ExchangeRefused for a file that cannot be taken at all.
    """
    taken = take_memory if b"<tmx" in _head(content) else take_drafts
    return taken(content, by=by, at=at, dry_run=dry_run)


@transaction.atomic
def take_drafts(content: bytes, *, by: Any, at: datetime, dry_run: bool = False) -> Imported:
    """Take in translations as drafts: what the file calls finished waits for a second person. What was made for a
    wording that is no longer there, or lost a mark, is left out with the reason.

    Raises ExchangeRefused for a file that cannot be taken at all.
    """
    written = Document.objects.order_by().values_list("language", flat=True).distinct()
    back = _read(content, (*ContentLanguage.objects.values_list("pk", flat=True), *written))
    if by is not None:
        access.allow(by, "C", TRANSLATION, back.target_language)
    fitting = matched(back, pieces_of(back.target_language))
    documents = {f"{one.room}/{one.key}": one for one in Document.objects.filter(published__isnull=False)}
    by_document: dict[str, list[Returned]] = defaultdict(list)
    for returned in fitting.returned:
        by_document[returned.document].append(returned)
    taken = unchanged = 0
    for name, parts in by_document.items():
        new, same = _take(documents[name], parts, back.target_language, by, at, dry_run)
        taken, unchanged = taken + new, unchanged + same
    if taken and not dry_run:
        record("translations taken in", by=by, object_kind="language", object_id=back.target_language)
    faults = tuple(one for one in fitting.left_out if one.code != "untranslated")
    return Imported(back.target_language, taken, unchanged, len(fitting.left_out) - len(faults), faults)


_MENDED = ("title", "markdown", "at", "ready", "state", "remark")


def _take(
    document: Document, parts: list[Returned], language: str, by: Any, at: datetime, dry_run: bool
) -> tuple[int, int]:
    """How many parts of a document are new, and how many say what is there already."""
    Document.objects.select_for_update().get(pk=document.pk)
    latest: dict[tuple[str, str], Translation] = {}
    for translation in Translation.objects.filter(document=document, language=language).order_by("revision"):
        latest[translation.key, translation.source_hash] = translation
    fresh, mended, same = [], [], 0
    for part in parts:
        title, markdown = normal(part.title), normal(part.markdown)
        last = latest.get((part.key, part.source_hash))
        ready, state = part.state == "reviewed", State.MACHINE if part.state == "machine" else State.DRAFT
        own = last is not None and last.state in (State.DRAFT, State.MACHINE) and last.by_id == getattr(by, "pk", None)
        # Words that she confirmed in her tool without changing one are finished by that.
        confirmed = own and last is not None and ready and not last.ready
        if last and (last.title, last.markdown) == (title, markdown) and not confirmed:
            same += 1
        elif last and own:
            last.title, last.markdown, last.at, last.ready, last.state = title, markdown, at, ready, state
            last.remark = ""
            mended.append(last)
        else:
            words = {"title": title, "markdown": markdown, "ready": ready, "state": state, "by": by, "at": at}
            fresh.append(next_revision(last, document, part.key, part.source_hash, language, **words))
    if not dry_run and (fresh or mended):
        Translation.objects.bulk_create(fresh, batch_size=500)
        Translation.objects.bulk_update(mended, _MENDED, batch_size=200)
        count_document(document, [language])
    return len(fresh) + len(mended), same
