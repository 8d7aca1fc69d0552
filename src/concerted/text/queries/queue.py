from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet, Sum

from concerted.directory.models import Person
from concerted.text.models import ContentLanguage, Section, Translation, TranslationCount
from concerted.text.queries.reading import titles_shown
from concerted.text.rules import STATES

#: What a queue may be narrowed to, and the condition on a document's counts.
NARROWED = {
    "review": Q(waiting__gt=0),
    "outdated": Q(outdated__gt=0),
    "missing": Q(missing__gt=0),
    "draft": Q(draft__gt=0) | Q(machine__gt=0),
}


@dataclass(frozen=True)
class Standing:
    """How many sections stand in which state."""

    missing: int = 0
    outdated: int = 0
    draft: int = 0
    machine: int = 0
    reviewed: int = 0
    tested: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        return self.missing + self.outdated + self.draft + self.machine + self.reviewed + self.tested

    @property
    def readable(self) -> int:
        """Sections that readers are shown in this language."""
        return self.reviewed + self.tested

    @property
    def to_do(self) -> int:
        return self.total - self.readable


@dataclass(frozen=True)
class LanguageLine:
    """A language with its standing over all texts."""

    language: ContentLanguage
    standing: Standing


@dataclass(frozen=True)
class DocumentLine:
    """A document in the queue of a language."""

    public: str
    title: str
    title_language: str
    standing: Standing


_FIELDS = (*STATES, "waiting")


def languages_standing() -> list[LanguageLine]:
    """Every language with the sum of its counts. Two queries, whatever the number of texts."""
    sums = {
        code: Standing(**dict(zip(_FIELDS, numbers, strict=True)))
        for code, *numbers in TranslationCount.objects.order_by()
        .values("language")
        .annotate(**{f"s_{name}": Sum(name) for name in _FIELDS})
        .values_list("language", *(f"s_{name}" for name in _FIELDS))
    }
    return [LanguageLine(one, sums.get(one.pk, Standing())) for one in ContentLanguage.objects.all() if one.pk in sums]


def queue_of(language: str, *, only: str = "") -> QuerySet[TranslationCount]:
    """The documents of a language, those with most to do first; `only` narrows to one of NARROWED."""
    rows = TranslationCount.objects.filter(language=language)
    if only in NARROWED:
        rows = rows.filter(NARROWED[only])
    to_do = F("missing") + F("outdated") + F("draft") + F("machine")
    return rows.annotate(to_do=to_do).order_by("-waiting", "-outdated", "-to_do", "document")


def document_lines(rows: Iterable[TranslationCount], language: str) -> list[DocumentLine]:
    """The rows of one page with their titles in that language where there are. Two queries."""
    held = list(rows)
    names = titles_shown([row.document_id for row in held], language)
    publics = {row.document_id: str(row.document.public) for row in held}
    return [
        DocumentLine(
            publics[row.document_id],
            names[row.document_id].words if row.document_id in names else row.document.key,
            names[row.document_id].language if row.document_id in names else row.document.language,
            Standing(**{name: getattr(row, name) for name in _FIELDS}),
        )
        for row in held
    ]


@dataclass(frozen=True)
class TranslatorLine:
    """What one translator has in a language: sections readers see, drafts, and what waits for a second person."""

    person: Person
    entry: int
    readable: int
    drafts: int
    waiting: int


def translators_of(language: ContentLanguage) -> list[TranslatorLine]:
    """Those who translate into a language, by name, with their part. Two queries."""
    entries = list(language.translators.select_related("person").order_by("person__name", "pk"))
    done: dict[int, list[int]] = {entry.person_id: [0, 0, 0] for entry in entries}
    current = Section.objects.filter(version=F("version__document__published")).values("hash")
    rows = Translation.objects.filter(language=language.pk, by__in=list(done), source_hash__in=current)
    for person, state, ready in rows.values_list("by", "state", "ready"):
        place = 2 if ready else 1 if state in ("draft", "machine") else 0
        done[person][place] += 1
    return [TranslatorLine(entry.person, entry.pk, *done[entry.person_id]) for entry in entries]
