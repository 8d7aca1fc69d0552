"""A draft as a file: read with the reader of packs, each fault told with the passage it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from concerted.packs.quality.limits import check_lengths
from concerted.packs.quality.passages import scenario_sheet
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.files import split_head
from concerted.packs.reading.scenarios import ScenarioFile, scenario_in
from concerted.packs.reading.scenes import Scene, read_scene
from concerted.packs.reading.sections import read_blocks
from concerted.packs.workshop.writing import whole
from concerted.text.wording import WordEntry

#: The place of a fault that belongs to no passage.
HEAD = ""


@dataclass(frozen=True)
class Script:
    """What a draft comes to: the scenario as far as it can be read, and its faults with the key of their passage.

    `starts`: the line each passage starts in, and its key.
    """

    file: ScenarioFile | None
    faults: tuple[tuple[str, Fault], ...]
    starts: tuple[tuple[int, str], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether it may be published: warnings do not stand in the way."""
        return self.file is not None and not any(not fault.warning for _place, fault in self.faults)


def read_script(code: str, head: str, passages: Sequence[tuple[str, str]]) -> Script:
    """Read a draft; `passages`: (key, text) in order."""
    faults = Faults(f"{code}.md")
    starts: list[tuple[int, str]] = []
    line = head.rstrip().count("\n") + 4
    for key, text in passages:
        starts.append((line, key))
        line += text.rstrip().count("\n") + 2
    lines = whole(head, (text for _key, text in passages)).split("\n")
    file = scenario_in(lines, Path(f"{code}.md"), faults)
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


def _place_of(line: int, starts: Sequence[tuple[int, str]]) -> str:
    return next((key for start, key in reversed(starts) if start <= line), HEAD)


def read_passage(text: str) -> tuple[Scene | None, str, tuple[Fault, ...]]:
    """One passage, its kind (passage, ending, debrief), and its faults; None when it is not one block of the format."""
    faults = Faults("passage")
    blocks = read_blocks(text.split("\n"), 1, faults, kinds=("passage", "ending", "debrief"), allowed=_ALLOWED)
    if len(blocks) != 1:
        return None, "passage", tuple(faults.found)
    return read_scene(blocks[0], faults), blocks[0].kind, tuple(faults.found)


_ALLOWED = frozenset({"kind", "skip", "speaker", "of"})


def cut_script(content: str, faults: Faults) -> tuple[str, list[tuple[str, str]]] | None:
    """A file cut into its head and (key, text) of its passages; None, and faults, when it cannot be."""
    lines = content.replace("\r\n", "\n").split("\n")
    split = split_head(lines, faults)
    if split is None:
        return None
    _head, first = split
    blocks = read_blocks(lines, first, faults, kinds=("passage", "ending", "debrief"), allowed=_ALLOWED)
    if any(not fault.warning for fault in faults.found):
        return None
    ends = [block.line for block in blocks[1:]] + [len(lines) + 1]
    texts = [
        "\n".join(lines[block.line - 1 : end - 1]).strip("\n") + "\n" for block, end in zip(blocks, ends, strict=True)
    ]
    return "\n".join(lines[1 : first - 2]), [(block.key, text) for block, text in zip(blocks, texts, strict=True)]
