"""What the glossary says: the entries of packs, with what was written here in their place or beside them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from concerted.text.models import GlossaryEntry, GlossaryWording
from concerted.text.wording import WordEntry


@dataclass(frozen=True)
class GlossaryLine:
    """An entry as it holds. `no`: of the last wording written here, 0 for what a pack says untouched; `packed`: what
    a pack says, where it has the entry; `gone`: it was taken out, and is found nowhere.
    """

    key: str
    words: WordEntry
    no: int = 0
    gone: bool = False
    packed: WordEntry | None = None


def words_in(row: GlossaryEntry | GlossaryWording) -> WordEntry:
    """The words of a row."""
    language = row.language if isinstance(row, GlossaryEntry) else row.language_id
    return WordEntry(language, tuple(row.avoid), row.prefer, row.why, tuple(row.terms), row.idea)


def glossary_lines(*languages: str) -> list[GlossaryLine]:
    """Every entry of these languages, taken out or not: in the order of their packs, then our own. Two queries."""
    later = GlossaryWording.objects.filter(language=OuterRef("language"), key=OuterRef("key"), no__gt=OuterRef("no"))
    last = GlossaryWording.objects.filter(~Exists(later), language__in=languages).order_by("pk")
    here = {row.key: row for row in last}
    lines = []
    for entry in GlossaryEntry.objects.filter(language__in=languages).order_by("pack", "place"):
        packed, over = words_in(entry), here.pop(entry.key, None)
        lines.append(_line(over, packed) if over else GlossaryLine(entry.key, packed, packed=packed))
    return [*lines, *(_line(row) for row in here.values())]


def _line(row: GlossaryWording, packed: WordEntry | None = None) -> GlossaryLine:
    return GlossaryLine(row.key, words_in(row), row.no, row.gone, packed)


def glossary_of(*languages: str) -> list[WordEntry]:
    """The entries of these languages that hold, those written here first: a word has their reason. Two queries."""
    lines = sorted(glossary_lines(*languages), key=lambda line: line.no == 0)
    return [line.words for line in lines if not line.gone]


def wordings_of(language: str, key: str) -> QuerySet[GlossaryWording]:
    """All that was ever written here for an entry, newest first, with who wrote it."""
    return GlossaryWording.objects.filter(language=language, key=key).select_related("by").order_by("-no")
