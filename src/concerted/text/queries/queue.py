from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum

from concerted.directory.models import Person, Role
from concerted.kit.prepared import Prepared
from concerted.text.models import ContentLanguage, Document, Section, Translation, TranslationCount
from concerted.text.rules import READABLE, STATES

#: Documents on one page of a queue.
SIZE = 25
#: What a queue may be narrowed to ("": not at all), and the condition on a document's counts.
NARROWED = {
    "": Q(pk__gt=0),
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


def _standing(language: str) -> Any:
    """One row: the sum of each count over a language, then how many documents there are, in all and narrowed."""
    sums = {f"s_{name}": Sum(name) for name in _FIELDS}
    sizes = {f"n_{only}": Count("pk", filter=fits) for only, fits in NARROWED.items()}
    held = TranslationCount.objects.filter(language=language).order_by().values("language")
    return held.annotate(**sums, **sizes).values_list(*sums, *sizes)


_STANDING = Prepared(_standing, str)


def standing_of(language: str) -> tuple[Standing, dict[str, int]]:
    """The standing of one language over all texts, and how many documents its queue has, whole ("") and narrowed.

    One query.
    """
    for row in _STANDING.rows(language):
        numbers, sizes = row[: len(_FIELDS)], row[len(_FIELDS) :]
        return Standing(*numbers), dict(zip(NARROWED, sizes, strict=True))
    return Standing(), dict.fromkeys(NARROWED, 0)


def _titled(language: str, only: str) -> Any:
    """The documents of a language, those with most to do first, with their title in the source and in the language."""
    to_do = F("missing") + F("outdated") + F("draft") + F("machine")
    title = Section.objects.filter(version=OuterRef("document__published"), key="title")
    wording = Section.objects.filter(version=OuterRef(OuterRef("document__published")), key="title")
    own = Translation.objects.filter(
        document=OuterRef("document"),
        key="title",
        language=language,
        state__in=READABLE,
        source_hash__in=wording.order_by().values("hash"),
    )
    return (
        TranslationCount.objects.filter(NARROWED[only], language=language)
        .annotate(to_do=to_do)
        .order_by("-waiting", "-outdated", "-to_do", "document")
        .values_list(
            "document__public",
            "document__key",
            "document__language",
            Subquery(title.order_by().values("markdown")[:1]),
            Subquery(own.order_by("-revision").values("markdown")[:1]),
            *_FIELDS,
        )
    )


def _first_page(only: str) -> Prepared:
    return Prepared(lambda language: _titled(language, only)[:SIZE], str)


_FIRST = {only: _first_page(only) for only in NARROWED}


def queue_of(language: str, *, only: str = "", page: int = 1) -> list[DocumentLine]:
    """A page of the queue of a language; `only` narrows it to one of NARROWED. One query."""
    start = (page - 1) * SIZE
    rows = _FIRST[only].rows(language) if page == 1 else list(_titled(language, only)[start : start + SIZE])
    return [_line(row, language) for row in rows]


def _line(row: Sequence[Any], language: str) -> DocumentLine:
    public, key, written, title, own, *numbers = row
    return DocumentLine(str(public), own or title or key, language if own else written, Standing(*numbers))


def next_text(language: str, document: Document) -> DocumentLine | None:
    """The text of the queue with the most to write, other than this one. One query."""
    rows = _titled(language, "").filter(Q(outdated__gt=0) | Q(missing__gt=0) | Q(machine__gt=0))
    rows = rows.exclude(document=document)
    return next((_line(row, language) for row in rows[:1]), None)


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
    current = Section.objects.filter(version=F("version__document__published")).order_by().values("hash")
    held = Translation.objects.filter(language=language.pk, by__in=list(done), source_hash__in=current).order_by()
    rows = held.values("by", "state", "ready").annotate(n=Count("pk")).values_list("by", "state", "ready", "n")
    for person, state, ready, number in rows:
        place = 2 if ready else 0 if state in READABLE else 1
        done[person][place] += number
    return [TranslatorLine(entry.person, entry.pk, *done[entry.person_id]) for entry in entries]


@dataclass(frozen=True)
class TranslatedLine:
    """A language somebody translates into: the parts that wait for her review, and those behind their source."""

    language: ContentLanguage
    to_review: int
    outdated: int


def translated_by(person: Person) -> list[TranslatedLine]:
    """The languages a person was entered for, with what waits for her in each. Her own drafts wait for somebody else.

    Three queries, however many languages there are.
    """
    languages = list(ContentLanguage.objects.filter(translators__person=person.pk).order_by("code"))
    codes = [one.pk for one in languages]
    counted = TranslationCount.objects.filter(language__in=codes).order_by().values("language")
    outdated = dict(counted.annotate(n=Sum("outdated")).values_list("language", "n"))
    current = Section.objects.filter(version=F("version__document__published")).order_by().values("hash")
    ready = Translation.objects.filter(language__in=codes, ready=True, source_hash__in=current)
    held = ready.exclude(by=person.pk).order_by().values("language")
    to_review = dict(held.annotate(n=Count("pk")).values_list("language", "n"))
    return [TranslatedLine(one, to_review.get(one.pk, 0), outdated.get(one.pk, 0)) for one in languages]


def could_translate(language: ContentLanguage, on: date) -> QuerySet[Person]:
    """Those who hold the role of translator on a day and are not entered for the language."""
    held = Role.in_force(on).filter(role="translator").order_by().values("person")
    return Person.objects.filter(pk__in=held).exclude(translates__language=language).order_by("name", "pk")
