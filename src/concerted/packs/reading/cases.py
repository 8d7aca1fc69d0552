"""A case study's file into its shape and its words; see docs/case-format.md."""

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.case_shape import shape_of
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, list_of, number_of, read_lines, split_head, text_of
from concerted.packs.reading.in_parts import InParts
from concerted.packs.reading.sections import Block, read_blocks
from concerted.packs.reading.translations import read_translation
from concerted.packs.reading.units import HEAD
from concerted.practice.rules import AFTER, NOTES, CaseShape, CaseText
from concerted.text.rules import SectionText

KINDS = ("document", "step", "questions", "model", *AFTER, NOTES)
_ALLOWED = frozenset({"kind", "minutes", "of"})
_NAMED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")
_ASKED = re.compile(r"- \[([a-z0-9-]+)\] +(.+)")


@dataclass(frozen=True)
class CaseFile(InParts):
    """A case study as a file tells it. `parts`: HEAD or the key of a block -> its sections, for translation marks."""

    path: Path
    code: str
    minutes: int
    sectors: tuple[str, ...]
    shape: CaseShape
    parts: dict[str, tuple[SectionText, ...]]
    marks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class CaseRead:
    """A case study and its translations, by language."""

    file: CaseFile
    translations: dict[str, CaseFile] = field(default_factory=dict)

    def text(self, place: int, pack: str) -> CaseText:
        file = self.file
        return CaseText(file.code, file.sections, file.shape, file.minutes, file.sectors, place, pack)


def read_cases(folder: Path, faults: Faults) -> tuple[CaseRead, ...]:
    """Every case study of a pack, in the order of their names."""
    found: dict[str, CaseRead] = {}
    files = sorted((folder / "cases").glob("*.md"))
    for path in (path for path in files if _NAMED.fullmatch(path.name)):
        own = faults.of(str(path.relative_to(folder)))
        file = _read(path, own)
        if file is None:
            continue
        if file.code != path.stem:
            own.add(
                file.head.line("case"),
                _("The file is called “%(name)s”, the case study “%(code)s”.") % {"name": path.name, "code": file.code},
                _("Give both the same name."),
            )
        found[path.stem] = CaseRead(file)
    read = partial(_read, translated=True)
    for path in (path for path in files if not _NAMED.fullmatch(path.name)):
        own = faults.of(str(path.relative_to(folder)))
        read_translation(path, found, own, _("Name it like the case study it translates."), read)
    return tuple(found.values())


def _read(path: Path, own: Faults, *, translated: bool = False) -> CaseFile | None:
    """The case study in a file; None when it cannot be read at all. A translation brings words only."""
    lines = read_lines(path, own)
    split = split_head(lines, own) if lines is not None else None
    if lines is None or split is None:
        return None
    head, first = split
    parts: dict[str, tuple[SectionText, ...]] = {HEAD: _words(head, own)}
    where = {HEAD: head.line("title")}
    blocks = read_blocks(lines, first, own, kinds=KINDS, allowed=_ALLOWED)
    for block in blocks:
        where[block.key] = block.line
        parts[block.key] = _asked(block, where, own) if block.kind == "questions" else (_section(block, own),)
    sectors = tuple(list_of(head, "sectors", own))
    minutes = number_of(head, "minutes", own, least=1, most=480)
    shape = CaseShape(()) if translated else shape_of(blocks, parts, sectors, head, own)
    marks = {block.key: block.facts.get("of", "") for block in blocks} | {HEAD: str(head.facts.get("of") or "")}
    return CaseFile(path, code_of(head, "case", own), minutes, sectors, shape, parts, marks, where, head, tuple(blocks))


def _words(head: Head, faults: Faults) -> tuple[SectionText, ...]:
    """Title, summary, content note and aims."""
    sections = [
        SectionText("title", text_of(head, "title", faults, most=120), "title"),
        SectionText("summary", text_of(head, "summary", faults), "summary"),
        SectionText("note", text_of(head, "note", faults), "note"),
    ]
    aims: Any = head.facts.get("aims")
    if not isinstance(aims, dict) or not aims or not all(isinstance(words, str) for words in aims.values()):
        faults.add(head.line("aims"), _("The case study names no aims."), _("Write them at the head, numbered."))
        aims = {}
    return (*sections, *(SectionText(f"aim-{number}", words, "aim") for number, words in aims.items()))


def _section(block: Block, faults: Faults) -> SectionText:
    if not block.markdown and block.kind != "step":
        faults.add(block.line, _("“%(key)s” holds no words.") % {"key": block.key}, _("Write them below its heading."))
    return SectionText(block.key, block.markdown, block.kind, block.title)


def _asked(block: Block, where: dict[str, int], faults: Faults) -> tuple[SectionText, ...]:
    """The questions of a step, a section for each sector: `- [health] What …`; further lines go on with the last."""
    asked: dict[str, list[str]] = {}
    for line, text in block.body:
        match = _ASKED.fullmatch(text.strip())
        if match is None and asked and text.strip() and not text.startswith("- "):
            next(reversed(asked.values())).append(text.strip())
        elif match is None and text.strip():
            faults.add(
                line,
                _("“%(value)s” is no question.") % {"value": text.strip()[:60]},
                _("Write - [shared] or - [sector], then the question."),
            )
        elif match is not None and match[1] in asked:
            faults.add(
                line,
                _("“%(sector)s” is asked twice in this step.") % {"sector": match[1]},
                _("Put both questions into one."),
            )
        elif match is not None:
            asked[match[1]] = [match[2]]
            where[f"{block.key}.{match[1]}"] = line
    return tuple(SectionText(f"{block.key}.{sector}", " ".join(words), "question") for sector, words in asked.items())
