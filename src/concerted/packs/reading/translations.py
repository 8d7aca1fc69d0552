"""A translated unit held against its source: the same parts in the same shape, and which of them are behind."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.units import mark_of
from concerted.practice.rules import QuestionText
from concerted.text.rules import SectionText

#: What of a marking says which answers are right.
_ANSWERS = ("right", "order", "pairs", "value", "tolerance", "slips")
#: How the translation of a file beside it is called: name.fr.md.
_TRANSLATED = re.compile(r"([a-z0-9-]+)\.([a-z]{2,3})\.md")


class Translatable(Protocol):
    """What a unit's and a scenario's file have in common: parts under keys, with marks and lines."""

    @property
    def path(self) -> Path: ...
    @property
    def parts(self) -> dict[str, tuple[SectionText, ...]]: ...
    @property
    def marks(self) -> dict[str, str]: ...
    @property
    def lines(self) -> dict[str, int]: ...
    @property
    def questions(self) -> tuple[QuestionText, ...]: ...


Source = TypeVar("Source")
File = TypeVar("File", bound=Translatable)


class Translated(Protocol[File]):
    """What was read of a file, and its translations by language."""

    @property
    def file(self) -> File: ...
    @property
    def translations(self) -> dict[str, File]: ...


def read_translation(
    path: Path,
    found: Mapping[str, Translated[File]],
    faults: Faults,
    remedy: str,
    read: Callable[[Path, Faults], File | None],
) -> None:
    """Read a translation, hold it against its source and put it there. `found` and `remedy` as for `source_of`."""
    match = source_of(path, found, faults, remedy)
    translated = read(path, faults) if match is not None else None
    if match is None or translated is None:
        return
    source, language = match
    compare(source.file, translated, faults)
    source.translations[language] = translated


def source_of(path: Path, found: Mapping[str, Source], faults: Faults, remedy: str) -> tuple[Source, str] | None:
    """What a file called name.fr.md translates, and into which language; None, and a fault, when that is not there.

    `found`: the sources by name; `remedy`: what to do where there is none of that name.
    """
    match = _TRANSLATED.fullmatch(path.name)
    if match is None or match[2] not in dict(settings.LANGUAGES):
        faults.add(1, _("This file's name is not understood."), _("Call it name.md, or name.fr.md in French."))
        return None
    if match[1] not in found:
        faults.add(1, _("This translation has no source."), remedy)
        return None
    return found[match[1]], match[2]


def compare(source: Translatable, other: Translatable, faults: Faults) -> None:
    """Hold a translation against its source: the same parts in the same shape; says which are behind."""
    unmarked = not any(other.marks.values())
    if unmarked:
        faults.warn(1, _("The translation carries no marks."), _("Run `concerted pack stamp` when it is finished."))
    for key in source.parts:
        if key not in other.parts:
            faults.warn(
                1,
                _("The section “%(key)s” is not translated.") % {"key": key},
                _("Readers see it in the source language."),
            )
    for key, sections in other.parts.items():
        line = other.lines.get(key, 1)
        if key not in source.parts:
            faults.add(
                line, _("The source has no section “%(key)s”.") % {"key": key}, _("Correct the key, or take it away.")
            )
            continue
        if _shape(sections) != _shape(source.parts[key]):
            faults.add(
                line,
                _("“%(key)s” is not built like its source.") % {"key": key},
                _("Keep kind, options and their order; translate the words only."),
            )
        elif not other.marks.get(key) and not unmarked:
            faults.warn(
                line,
                _("“%(key)s” carries no mark.") % {"key": key},
                _("Run `concerted pack stamp` when it is finished."),
            )
        elif not unmarked and other.marks[key] != mark_of(source.parts[key]):
            faults.warn(
                line,
                _("“%(key)s” is behind: its source has changed.") % {"key": key},
                _("Translate it anew, then run `concerted pack stamp`."),
            )
    right = {question.key: question.marking for question in source.questions}
    for question in other.questions:
        marking = right.get(question.key)
        if marking is not None and _answers(marking) != _answers(question.marking):
            faults.add(
                other.lines.get(question.key, 1),
                _("“%(key)s” marks other answers as right than its source.") % {"key": question.key},
                _("Keep the order of the options and which is right."),
            )


def _shape(sections: tuple[SectionText, ...]) -> list[tuple[str, str, Any]]:
    # A note may be left out; everything else stands as in the source.
    return [(section.key, section.kind, section.data) for section in sections if section.kind != "note"]


def _answers(marking: dict[str, Any]) -> dict[str, Any]:
    return {name: marking[name] for name in _ANSWERS if name in marking}
