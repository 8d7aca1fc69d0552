"""A draft as a file: read with the reader of packs, each fault told with the passage it stands in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from concerted.packs.quality.limits import check_lengths
from concerted.packs.quality.passages import scenario_sheet
from concerted.packs.reading.conferences import CASE_ALLOWED, CASE_KINDS, ConferenceFile, conference_in
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.files import read_yaml, split_head
from concerted.packs.reading.scenarios import ScenarioFile, scenario_in
from concerted.packs.reading.scenes import Scene, read_scene
from concerted.packs.reading.sections import Block, read_blocks
from concerted.packs.reading.tables import Table, read_table
from concerted.packs.workshop.writing import whole
from concerted.text.wording import WordEntry

#: The place of a fault that belongs to no passage.
HEAD = ""
_KINDS = ("passage", "ending", "debrief")
_ALLOWED = frozenset({"kind", "skip", "speaker", "of"})
_SEATS = re.compile(r"^seats:.*$", re.MULTILINE)
_HEADING = re.compile(r"## +(.*?)\s*\{")
_SEAT = re.compile(r"## .*\{#[^{}]*\bkind=seat\b")


@dataclass(frozen=True)
class Script:
    """What a draft comes to: the scenario as far as it can be read, and its faults with the key of their passage.

    `starts`: the line each passage starts in, and its key.
    """

    file: ScenarioFile | ConferenceFile | None
    faults: tuple[tuple[str, Fault], ...]
    starts: tuple[tuple[int, str], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it may be published: warnings do not stand in the way."""
        return self.file is not None and not any(not fault.warning for _place, fault in self.faults)

    @property
    def title(self) -> str:
        """What its head calls it; nothing where it does not."""
        return str(self.file.head.facts.get("title", "")) if self.file else ""


def title_of(head: str) -> str:
    """What the head of a draft calls it, without the rest being read; nothing where it does not."""
    read = read_yaml(head.split("\n"), Faults("head"))
    title = read.facts.get("title") if read else None
    return title if isinstance(title, str) else ""


def has_seats(head: str) -> bool:
    """Whether a draft with this head is a case conference."""
    return _SEATS.search(head) is not None


def whole_script(head: str, texts: Iterable[str]) -> str:
    """The whole file. The seats that a head counts are those that stand below it: no author counts them here."""
    texts = list(texts)
    seats = sum(_SEAT.match(text) is not None for text in texts)
    return whole(_SEATS.sub(f"seats: {seats}", head, count=1), texts)


def read_script(code: str, head: str, passages: Sequence[tuple[str, str]]) -> Script:
    """Read a draft; `passages`: (key, text) in order."""
    faults = Faults(f"{code}.md", titles={key: heading_of(text) or key for key, text in passages})
    starts: list[tuple[int, str]] = []
    line = head.rstrip().count("\n") + 4
    for key, text in passages:
        starts.append((line, key))
        line += text.rstrip().count("\n") + 2
    lines = whole_script(head, (text for _key, text in passages)).split("\n")
    read = conference_in if has_seats(head) else scenario_in
    file = read(lines, Path(f"{code}.md"), faults)
    return Script(file, _placed(faults, starts), tuple(starts))


def wording_of(script: Script, language: str, glossary: Sequence[WordEntry]) -> tuple[tuple[str, Fault], ...]:
    """What makes a draft hard to read, as `concerted pack check` tells it: never a reason not to publish it."""
    if script.file is None:
        return ()
    faults = Faults(script.file.path.name)
    check_lengths(scenario_sheet(script.file, Path(), language), glossary, faults, whole=True)
    return _placed(faults, script.starts)


def _placed(faults: Faults, starts: Sequence[tuple[int, str]]) -> tuple[tuple[str, Fault], ...]:
    return tuple((_place_of(fault.line, starts), fault) for fault in sorted(faults.found))


def heading_of(text: str) -> str:
    """What the heading of a passage says; nothing where there is none."""
    match = _HEADING.match(text)
    return match[1] if match else ""


def _place_of(line: int, starts: Sequence[tuple[int, str]]) -> str:
    return next((key for start, key in reversed(starts) if start <= line), HEAD)


def read_passage(text: str) -> tuple[Scene | None, str, tuple[Fault, ...]]:
    """One passage, its kind (passage, ending, debrief), and its faults; None when it is not one block of the format."""
    faults = Faults("passage")
    blocks = read_blocks(text.split("\n"), 1, faults, kinds=_KINDS, allowed=_ALLOWED)
    if len(blocks) != 1:
        return None, "passage", tuple(faults.found)
    return read_scene(blocks[0], faults), blocks[0].kind, tuple(faults.found)


def read_part(text: str) -> tuple[Block | None, Table, tuple[Fault, ...]]:
    """One block of a case conference as a table that holds nothing else; None when it is not one block."""
    faults = Faults("part")
    blocks = read_blocks(text.split("\n"), 1, faults, kinds=CASE_KINDS, allowed=CASE_ALLOWED)
    table = read_table(blocks, faults)
    return (blocks[0] if len(blocks) == 1 else None), table, tuple(faults.found)


def cut_script(content: str, faults: Faults) -> tuple[str, list[tuple[str, str]]] | None:
    """A file cut into its head and (key, text) of its passages; None, and faults, when it cannot be."""
    lines = content.replace("\r\n", "\n").split("\n")
    split = split_head(lines, faults)
    if split is None:
        return None
    _head, first = split
    head = "\n".join(lines[1 : first - 2])
    kinds, allowed = (CASE_KINDS, CASE_ALLOWED) if has_seats(head) else (_KINDS, _ALLOWED)
    blocks = read_blocks(lines, first, faults, kinds=kinds, allowed=allowed)
    if any(not fault.warning for fault in faults.found):
        return None
    ends = [block.line for block in blocks[1:]] + [len(lines) + 1]
    texts = [
        "\n".join(lines[block.line - 1 : end - 1]).strip("\n") + "\n" for block, end in zip(blocks, ends, strict=True)
    ]
    return head, [(block.key, text) for block, text in zip(blocks, texts, strict=True)]
