from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import F

from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.text.models import Section, Translation, TranslationCount
from concerted.text.rules import READABLE, SectionShown

_FIELDS = ("key", "kind", "title", "markdown", "data", "hash")


@dataclass(frozen=True)
class Written:
    """A version as its author wrote it."""

    document: int
    language: str
    sections: tuple[SectionShown, ...]


@remember(2000)
def as_written(version_id: int) -> Written:
    """A version in its source language; read once a process, since a version never changes. One query."""
    rows = list(
        Section.objects.filter(version=version_id)
        .order_by("place")
        .values_list("version__document_id", "version__document__language", *_FIELDS)
    )
    document, language = rows[0][:2] if rows else (0, "")
    sections = (
        SectionShown(key, kind, title, markdown, data, digest, language)
        for _document, _language, key, kind, title, markdown, data, digest in rows
    )
    return Written(document, language, tuple(sections))


def read_sections(version_ids: Iterable[int], language: str) -> dict[int, Sequence[SectionShown]]:
    """The sections of these versions in a reader's language, in their order. One query; none in the source language.

    Only reviewed translations of the very wording are shown; everything else is shown in its source language and says
    so. Versions and translations that a process reads for the first time cost a query each.
    """
    written = {version: as_written(version) for version in version_ids}
    foreign = sorted({one.document for one in written.values() if one.language != language})
    stamps = _stamps(foreign, language) if foreign else {}
    return {
        version: one.sections
        if one.language == language
        else _sections_in(version, language, stamps[one.document])
        if one.document in stamps
        else _all_in_language(one, _translated(one.document, language), language)
        for version, one in written.items()
    }


_STAMPS = Prepared(
    lambda one, other, language: (
        TranslationCount.objects.filter(document__in=[one, other], language=language)
        .order_by()
        .values_list("document_id", "revision")
    ),
    int,
    int,
    str,
)


def _stamps(documents: Sequence[int], language: str) -> dict[int, int]:
    """Document -> the number that is raised whenever its translations into this language change."""
    if len(documents) <= 2:
        return dict(_STAMPS.rows(documents[0], documents[-1], language))
    rows = TranslationCount.objects.filter(document__in=documents, language=language).order_by()
    return dict(rows.values_list("document_id", "revision"))


@remember(2000)
def _sections_in(version_id: int, language: str, revision: int) -> tuple[SectionShown, ...]:
    """A version in another language, as it stands at a revision of its translations."""
    one = as_written(version_id)
    return _all_in_language(one, _translated(one.document, language), language)


def _all_in_language(
    one: Written, words: dict[str, dict[str, tuple[str, str]]], language: str
) -> tuple[SectionShown, ...]:
    return tuple(_in_language(section, words.get(section.key, {}), language) for section in one.sections)


def _translated(document: int, language: str) -> dict[str, dict[str, tuple[str, str]]]:
    """Section key -> source hash -> (title, words), reviewed translations only, the latest of each."""
    found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    rows = Translation.objects.filter(document=document, language=language, state__in=READABLE).order_by("revision")
    for key, source, title, markdown in rows.values_list("key", "source_hash", "title", "markdown"):
        found[key][source] = (title, markdown)
    return found


def in_every_language(version_id: int, keys: Iterable[str]) -> dict[str, list[str]]:
    """Key of a section -> its words as written, then those of each reviewed translation of this very wording.

    One query.
    """
    one, wanted = as_written(version_id), set(keys)
    mine = {section.key: section for section in one.sections if section.key in wanted}
    rows = Translation.objects.filter(document=one.document, key__in=mine, state__in=READABLE).order_by("revision")
    latest = {
        (key, language): markdown
        for key, language, source, markdown in rows.values_list("key", "language", "source_hash", "markdown")
        if source == mine[key].hash
    }
    found = {key: [section.markdown] for key, section in mine.items()}
    for (key, _language), markdown in latest.items():
        found[key].append(markdown)
    return found


def _in_language(section: SectionShown, translated: dict[str, tuple[str, str]], language: str) -> SectionShown:
    words = translated.get(section.hash)
    if words:
        return replace(section, title=words[0], markdown=words[1], language=language)
    if not (section.title or section.markdown):
        return replace(section, language=language)
    return replace(section, behind=bool(translated), missing=not translated)


@dataclass(frozen=True)
class TitleShown:
    """A document's title and the language it stands in."""

    words: str
    language: str


def titles(document_ids: Iterable[int], language: str) -> dict[int, str]:
    """The words of `titles_shown`, for where no mark of the language can be set. Two queries."""
    return {document: title.words for document, title in titles_shown(document_ids, language).items()}


def titles_shown(document_ids: Iterable[int], language: str) -> dict[int, TitleShown]:
    """The title of each document's published version, in the reader's language where there is one. Two queries."""
    rows = list(
        Section.objects.filter(
            version__document__in=list(document_ids), version__document__published=F("version"), key="title"
        ).values_list("version__document_id", "version__document__language", "markdown", "hash")
    )
    translated = {
        (document, source): markdown
        for document, source, markdown in Translation.objects.filter(
            document__in=[row[0] for row in rows if row[1] != language],
            key="title",
            language=language,
            state__in=READABLE,
        )
        .order_by("revision")
        .values_list("document_id", "source_hash", "markdown")
    }
    return {
        document: TitleShown(translated[document, digest], language)
        if (document, digest) in translated
        else TitleShown(markdown, written)
        for document, written, markdown, digest in rows
    }
