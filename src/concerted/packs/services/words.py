"""The translations a pack brings, stored where they were made from the present wording.

Each function gives how many sections are new. What is behind waits for its translator.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from concerted.directory.models import Person
from concerted.packs.reading.heads import HeadTranslated
from concerted.packs.reading.modules import ModuleFolder
from concerted.packs.reading.programmes import ProgrammeFolder
from concerted.packs.reading.translations import Translatable
from concerted.packs.reading.units import mark_of
from concerted.text.models import Document, Translation
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import count_document, save_translation
from concerted.training.models import Module, Programme


def translate_head(
    written: ModuleFolder | ProgrammeFolder, published: Module | Programme, by: Person | None, at: datetime
) -> int:
    """Title, summary and aims, and the name of the credential."""
    new = translate_facts(published.document, written.text.sections, written.heads, by, at)
    for language, head in written.heads.items():
        if head.mark == mark_of(written.text.sections):
            published.credential.names |= {language: head.sections[0].markdown}
            published.credential.save(update_fields=["names"])
    return new


def translate_facts(
    document: Document,
    source: Sequence[SectionText],
    heads: Mapping[str, HeadTranslated],
    by: Person | None,
    at: datetime,
) -> int:
    """Words that stand in a file of facts."""
    mark = mark_of(tuple(source))
    current = {language: head for language, head in heads.items() if head.mark == mark}
    return sum(_store(document, source, head.sections, language, by, at) for language, head in current.items())


def translate_file(
    document: Document, source: Translatable, other: Translatable, language: str, by: Person | None, at: datetime
) -> int:
    """The sections of a file, part by part."""
    new = 0
    for key, sections in other.parts.items():
        made_of = source.parts.get(key, ())
        if made_of and other.marks.get(key) == mark_of(made_of):
            new += _store(document, made_of, sections, language, by, at)
    return new


def translate_module(module: ModuleFolder, published: Module, by: Person | None, at: datetime) -> int:
    """A module's own words, and those of its units."""
    new = translate_head(module, published, by, at)
    documents = {unit.code: unit.document for unit in published.units.select_related("document")}
    sources = {unit.code: unit for unit in module.units}
    for (code, language), other in module.translations.items():
        new += translate_file(documents[code], sources[code], other, language, by, at)
    return new


def _store(
    document: Document,
    source: Sequence[SectionText],
    translated: Sequence[SectionText],
    language: str,
    by: Person | None,
    at: datetime,
) -> int:
    hashes = {section.key: hash_of(section) for section in source}
    new = 0
    for section in translated:
        if section.key not in hashes:
            continue
        row = save_translation(
            document,
            section.key,
            hashes[section.key],
            language,
            title=section.title,
            markdown=section.markdown,
            state=Translation.State.REVIEWED,
            by=by,
            at=at,
        )
        new += row.at == at
    if new:
        count_document(document, [language])
    return new
