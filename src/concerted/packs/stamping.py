"""Writes into a translation what it was made from, so that it is known when the source moves on."""

import re
from collections.abc import Iterator
from pathlib import Path

from concerted.packs.reading.banks import ExamRead
from concerted.packs.reading.heads import HeadTranslated
from concerted.packs.reading.modules import ModuleFolder
from concerted.packs.reading.packs import PackFolder
from concerted.packs.reading.programmes import ProgrammeFolder
from concerted.packs.reading.translations import Translatable
from concerted.packs.reading.units import HEAD, mark_of
from concerted.text.rules import SectionText

_HEADING = re.compile(r"^(## .*\{#)([a-z0-9-]+)([^{}]*)(\}\s*)$")
_OF = re.compile(r"\s*\bof=\S+")


def stamp(pack: PackFolder, only: Path | None = None) -> list[Path]:
    """Stamp every translation of a pack, or only the file `only`; the files that changed."""
    changed = [
        other.path for other, source in _files(pack) if only in (None, other.path) and _stamp_file(other, source)
    ]
    changed += [
        head.path
        for head, sections in _heads(pack)
        if only in (None, head.path) and _stamp_yaml(head.path, mark_of(sections))
    ]
    return changed


def _files(pack: PackFolder) -> Iterator[tuple[Translatable, Translatable]]:
    """Every translated file of sections, and its source."""
    for module in pack.modules:
        sources = {unit.code: unit for unit in module.units}
        yield from ((other, sources[code]) for (code, _language), other in module.translations.items())
    for scenario in pack.scenarios:
        yield from ((other, scenario.file) for other in scenario.translations.values())
    for conference in pack.conferences:
        yield from ((other, conference.file) for other in conference.translations.values())
    for case in pack.cases:
        yield from ((other, case.file) for other in case.translations.values())
    for instrument in pack.instruments:
        yield from ((other, instrument.file) for other in instrument.translations.values())
    for bank in pack.banks:
        yield from ((other, bank.file) for other in bank.translations.values())


def _heads(pack: PackFolder) -> Iterator[tuple[HeadTranslated, tuple[SectionText, ...]]]:
    """Every translated file of facts, and the words it was made from."""
    written: list[ModuleFolder | ExamRead | ProgrammeFolder] = [*pack.modules, *pack.exams, *pack.programmes]
    for one in written:
        yield from ((head, one.text.sections) for head in one.heads.values())


def _store(path: Path, before: str, after: str) -> bool:
    if after != before:
        path.write_text(after, encoding="utf-8")
    return after != before


def _stamp_yaml(path: Path, mark: str) -> bool:
    before = path.read_text(encoding="utf-8-sig")
    kept = [line for line in before.splitlines() if not line.startswith("of:")]
    return _store(path, before, "\n".join([*kept, f'of: "{mark}"']) + "\n")


def _stamp_file(translated: Translatable, source: Translatable) -> bool:
    before = translated.path.read_text(encoding="utf-8-sig")
    lines = before.splitlines()
    ends = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    head = [line for line in lines[1:ends] if not line.startswith("of:")]
    body = [_stamped(line, source) for line in lines[ends:]]
    mark = mark_of(source.parts[HEAD])
    return _store(translated.path, before, "\n".join(["---", *head, f'of: "{mark}"', *body]) + "\n")


def _stamped(line: str, source: Translatable) -> str:
    match = _HEADING.match(line)
    if not match or match[2] not in source.parts:
        return line
    return f"{match[1]}{match[2]}{_OF.sub('', match[3])} of={mark_of(source.parts[match[2]])}{match[4]}"
