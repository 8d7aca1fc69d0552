from collections import defaultdict
from collections.abc import Iterable

from django.db.models import F

from concerted.text.models import Section, Translation
from concerted.text.rules import SectionShown


def read_sections(version_ids: Iterable[int], language: str) -> dict[int, list[SectionShown]]:
    """The sections of these versions in a reader's language, in their order. Two queries; one in the source language.

    Only reviewed translations of the very wording are shown; everything else is shown in its source language and says so.
    """
    ids = list(version_ids)
    sections = list(
        Section.objects.filter(version__in=ids)
        .order_by("version", "place")
        .values_list(
            "version_id",
            "version__document_id",
            "version__document__language",
            "key",
            "kind",
            "title",
            "markdown",
            "data",
            "hash",
        )
    )
    documents = {row[1] for row in sections if row[2] != language}
    fresh: dict[tuple[int, str, str], tuple[str, str]] = {}
    known: set[tuple[int, str]] = set()
    if documents:
        rows = Translation.objects.filter(
            document__in=documents, language=language, state=Translation.State.REVIEWED
        ).order_by("revision")
        for document, key, source, title, markdown in rows.values_list(
            "document_id", "key", "source_hash", "title", "markdown"
        ):
            fresh[document, key, source] = (title, markdown)
            known.add((document, key))
    shown: dict[int, list[SectionShown]] = defaultdict(list)
    for version, document, source_language, key, kind, title, markdown, data, digest in sections:
        words = fresh.get((document, key, digest))
        if source_language == language or not (title or markdown):
            shown[version].append(SectionShown(key, kind, title, markdown, data, digest, language))
        elif words:
            shown[version].append(SectionShown(key, kind, words[0], words[1], data, digest, language))
        else:
            behind = (document, key) in known
            shown[version].append(
                SectionShown(key, kind, title, markdown, data, digest, source_language, behind, not behind)
            )
    return shown


def titles(document_ids: Iterable[int], language: str) -> dict[int, str]:
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
            state=Translation.State.REVIEWED,
        )
        .order_by("revision")
        .values_list("document_id", "source_hash", "markdown")
    }
    return {document: translated.get((document, digest), markdown) for document, _l, markdown, digest in rows}
