"""An instrument's file into its items and its words; see docs/readiness.md."""

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, read_lines, split_head, text_of
from concerted.packs.reading.in_parts import InParts
from concerted.packs.reading.sections import Block, read_blocks
from concerted.packs.reading.translations import read_translation
from concerted.packs.reading.units import HEAD
from concerted.practice.rules.instruments import FILLED, InstrumentShape, InstrumentText, Item
from concerted.text.rules import SectionText

_ALLOWED = frozenset({"kind", "floor", "ready", "fills", "at", "of"})
_NAMED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")
_LEVEL = re.compile(r"- \[(\d)\] +(\S.*)")
_SAID = re.compile(r"(evidence|default): +(\S.*)")
_SHARE = re.compile(r"\d{1,3}(\.\d)?")
_MOST_LEVELS = 6


@dataclass(frozen=True)
class InstrumentFile(InParts):
    """An instrument as a file tells it. `parts`: HEAD or the key of an item -> its sections, for translation marks."""

    path: Path
    code: str
    shape: InstrumentShape
    parts: dict[str, tuple[SectionText, ...]]
    marks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class InstrumentRead:
    """An instrument and its translations, by language."""

    file: InstrumentFile
    translations: dict[str, InstrumentFile] = field(default_factory=dict)

    def text(self, place: int, pack: str) -> InstrumentText:
        return InstrumentText(self.file.code, self.file.sections, self.file.shape, place, pack)


def read_instruments(folder: Path, faults: Faults) -> tuple[InstrumentRead, ...]:
    """Every instrument of a pack, in the order of their names."""
    found: dict[str, InstrumentRead] = {}
    files = sorted((folder / "instruments").glob("*.md"))
    for path in (path for path in files if _NAMED.fullmatch(path.name)):
        own = faults.of(str(path.relative_to(folder)))
        file = _read(path, own)
        if file is None:
            continue
        if file.code != path.stem:
            own.add(
                file.head.line("instrument"),
                _("The file is called “%(name)s”, the instrument “%(code)s”.") % {"name": path.name, "code": file.code},
                _("Give both the same name."),
            )
        found[path.stem] = InstrumentRead(file)
    read = partial(_read, translated=True)
    for path in (path for path in files if not _NAMED.fullmatch(path.name)):
        own = faults.of(str(path.relative_to(folder)))
        read_translation(path, found, own, _("Name it like the instrument it translates."), read)
    return tuple(found.values())


def _read(path: Path, own: Faults, *, translated: bool = False) -> InstrumentFile | None:
    """The instrument in a file; None when it cannot be read at all. A translation brings words only."""
    lines = read_lines(path, own)
    split = split_head(lines, own) if lines is not None else None
    if lines is None or split is None:
        return None
    head, first = split
    parts = {HEAD: _words(head, own)}
    where = {HEAD: head.line("title")}
    blocks = read_blocks(lines, first, own, kinds=("item",), allowed=_ALLOWED)
    items = []
    for block in blocks:
        where[block.key] = block.line
        parts[block.key] = _sections(block, own)
        if not translated:
            items.append(_item(block, sum(section.kind == "level" for section in parts[block.key]), own))
    marks = {block.key: block.facts.get("of", "") for block in blocks} | {HEAD: str(head.facts.get("of") or "")}
    shape = InstrumentShape(tuple(items))
    return InstrumentFile(path, code_of(head, "instrument", own), shape, parts, marks, where, head, tuple(blocks))


def _words(head: Head, faults: Faults) -> tuple[SectionText, ...]:
    return tuple(
        SectionText(name, text_of(head, name, faults, most=most), name)
        for name, most in (("title", 120), ("summary", 600), ("note", 600))
    )


def _sections(block: Block, faults: Faults) -> tuple[SectionText, ...]:
    """An item's question, the words of its levels in order, what counts as evidence, and the safe default.

    Further lines go on with what stands above them.
    """
    found: list[tuple[str, str, list[str]]] = [("", "item", [])]
    levels = 0
    for line, text in block.body:
        bare = text.strip()
        if level := _LEVEL.fullmatch(bare):
            if int(level[1]) != levels:
                faults.add(line, _("Level %(n)s is out of order.") % {"n": level[1]}, _("Count levels from [0] on."))
            found.append((f".level-{levels}", "level", [level[2]]))
            levels += 1
        elif said := _SAID.fullmatch(bare):
            found.append((f".{said[1]}", said[1], [said[2]]))
        else:
            found[-1][2].append(bare)
    _check_parts(block, [kind for _key, kind, _text in found], faults)
    return tuple(
        SectionText(block.key + key, ("\n" if kind == "item" else " ").join(words).strip(), kind, block.title)
        if kind == "item"
        else SectionText(block.key + key, " ".join(words).strip(), kind)
        for key, kind, words in found
    )


def _check_parts(block: Block, kinds: list[str], faults: Faults) -> None:
    if not 2 <= kinds.count("level") <= _MOST_LEVELS:
        faults.add(
            block.line,
            _("“%(key)s” needs two to six levels.") % {"key": block.key},
            _("Describe each in words: - [0] Nothing is written."),
        )
    for kind in ("evidence", "default"):
        if kinds.count(kind) != 1:
            faults.add(
                block.line,
                _("“%(key)s” needs one line “%(kind)s:”.") % {"key": block.key, "kind": kind},
                _("Say what counts as evidence, and which level counts while there is none."),
            )


def _item(block: Block, levels: int, faults: Faults) -> Item:
    floor, ready = (_level(block, name, levels, faults) for name in ("floor", "ready"))
    if floor > ready:
        faults.add(block.line, _("The floor lies above ready."), _("Write floor=1 ready=2."))
    fills = block.facts.get("fills", "")
    if fills not in ("", *FILLED):
        faults.add(
            block.line,
            _("The system cannot fill in “%(value)s”.") % {"value": fills[:40]},
            _("Use one of: %(kinds)s.") % {"kinds": ", ".join(FILLED)},
        )
    return Item(block.key, levels, floor, ready, fills, _shares(block, levels, faults) if fills else ())


def _level(block: Block, name: str, levels: int, faults: Faults) -> int:
    written = block.facts.get(name, "")
    if not (written.isdecimal() and len(written) < 9 and 0 < int(written) < max(levels, 2)):
        faults.add(
            block.line,
            _("“%(key)s” does not say which level is its %(name)s.") % {"key": block.key, "name": name},
            _("Write floor=1 ready=2 in its braces: below the floor is a gap, from ready on it is met."),
        )
        return 1
    return int(written)


def _shares(block: Block, levels: int, faults: Faults) -> tuple[float, ...]:
    written = block.facts.get("at", "").split(",")
    shares = tuple(float(one) for one in written if _SHARE.fullmatch(one) and float(one) <= 100)
    if len(shares) != len(written) or len(shares) != levels - 1 or sorted(set(shares)) != list(shares):
        faults.add(
            block.line,
            _("“%(key)s” does not say from which share on each level begins.") % {"key": block.key},
            _("Write one rising share of a hundred for each level above 0: at=50,80,95."),
        )
    return shares
