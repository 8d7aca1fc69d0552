"""Writes into a translation what it was made from, so that it is known when the source moves on."""

import re
from pathlib import Path

from concerted.packs.reading.packs import PackFolder
from concerted.packs.reading.translations import Translatable
from concerted.packs.reading.units import HEAD, mark_of

_HEADING = re.compile(r"^(## .*\{#)([a-z0-9-]+)([^{}]*)(\}\s*)$")
_OF = re.compile(r"\s*\bof=\S+")


def stamp(pack: PackFolder, only: Path | None = None) -> list[Path]:
    """Stamp every translation of a pack, or only the file `only`; the files that changed."""
    changed = []
    for module in pack.modules:
        sources = {unit.code: unit for unit in module.units}
        for (code, _language), translated in module.translations.items():
            if only in (None, translated.path) and _stamp_file(translated, sources[code]):
                changed.append(translated.path)
        for head in module.heads.values():
            if only in (None, head.path) and _stamp_yaml(head.path, mark_of(module.text.sections)):
                changed.append(head.path)
    for scenario in pack.scenarios:
        for other in scenario.translations.values():
            if only in (None, other.path) and _stamp_file(other, scenario.file):
                changed.append(other.path)
    for programme in pack.programmes:
        for head in programme.heads.values():
            if only in (None, head.path) and _stamp_yaml(head.path, mark_of(programme.text.sections)):
                changed.append(head.path)
    return changed


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
