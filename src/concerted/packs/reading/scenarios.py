"""A scenario's file into its map and its words, and back the faults with their lines; see docs/scenario-format.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.reading.embedded import check_pictures
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, list_of, number_of, read_lines, split_head, text_of
from concerted.packs.reading.form_words import not_filled_in
from concerted.packs.reading.in_parts import InParts
from concerted.packs.reading.scenes import Scene, read_scene
from concerted.packs.reading.sections import Block, read_blocks
from concerted.packs.reading.story_faults import in_words
from concerted.packs.reading.translations import read_translation
from concerted.packs.reading.units import HEAD
from concerted.practice.scenario.checking import check
from concerted.practice.scenario.conditions import NAME, Unreadable
from concerted.practice.scenario.story import SHOWN, Band, Interrupt, Passage, Story, Variable
from concerted.text.rules import SectionText

_ALLOWED = frozenset({"kind", "skip", "speaker", "of"})
_KINDS = ("passage", "ending", "debrief")
_NAMED = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_INTERRUPT = re.compile(r"(.+?)\s*->\s*([a-z0-9-]+)")
MOST_VALUE = 1000


@dataclass(frozen=True)
class ScenarioFile(InParts):
    """A scenario as a file tells it. `parts`: HEAD or the key of a passage -> its sections, for translation marks."""

    path: Path
    code: str
    minutes: int
    sectors: tuple[str, ...]
    story: Story
    parts: dict[str, tuple[SectionText, ...]]
    marks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    blocks: tuple[Block, ...] = ()

    @property
    def told(self) -> Story:
        return self.story


@dataclass(frozen=True)
class ScenarioRead:
    """A scenario and its translations, by language."""

    file: ScenarioFile
    translations: dict[str, ScenarioFile]


def read_scenarios(folder: Path, faults: Faults) -> tuple[ScenarioRead, ...]:
    """Every scenario of a pack, in the order of their names."""
    found: dict[str, ScenarioRead] = {}
    codes: dict[str, str] = {}
    files = [path for path in sorted((folder / "scenarios").glob("*.md")) if not has_seats(path)]
    for path in (path for path in files if _NAMED.fullmatch(path.name)):
        name = str(path.relative_to(folder))
        file = read_scenario(path, name, faults)
        if file is None:
            continue
        if file.code in codes:
            faults.of(name).add(
                file.head.line("scenario"),
                _("The code “%(code)s” is already used in %(file)s.") % {"code": file.code, "file": codes[file.code]},
                _("Give each scenario a code of its own."),
            )
        codes.setdefault(file.code, name)
        found[path.stem] = ScenarioRead(file, {})
    read = partial(_read, translated=True)
    for path in (path for path in files if not _NAMED.fullmatch(path.name)):
        own = faults.of(str(path.relative_to(folder)))
        read_translation(path, found, own, _("Name it like the scenario it translates."), read)
    return tuple(found.values())


def has_seats(path: Path) -> bool:
    """Whether a file of the folder is a case conference: its head counts seats (`reading.conferences` reads it)."""
    try:
        head = path.read_bytes()[:4000].partition(b"\n---")[0]
    except OSError:
        return False
    return any(line.startswith(b"seats:") for line in head.splitlines())


def read_scenario(path: Path, name: str, faults: Faults, *, translated: bool = False) -> ScenarioFile | None:
    """The scenario in a file; None when it cannot be read at all. `name`: how faults call the file."""
    return _read(path, faults.of(name), translated=translated)


def _read(path: Path, own: Faults, *, translated: bool = False) -> ScenarioFile | None:
    lines = read_lines(path, own)
    return scenario_in(lines, path, own, translated=translated) if lines is not None else None


def scenario_in(lines: list[str], path: Path, own: Faults, *, translated: bool = False) -> ScenarioFile | None:
    """The scenario these lines hold; None when they cannot be read at all."""
    split = split_head(lines, own)
    if split is None:
        return None
    head, first = split
    variables, named = variables_of(head, own)
    parts: dict[str, tuple[SectionText, ...]] = {HEAD: head_words(head, own) + named}
    blocks = read_blocks(lines, first, own, kinds=_KINDS, allowed=_ALLOWED)
    scenes = [read_scene(block, own, translated=translated) for block in blocks]
    parts |= {scene.key: scene.sections for scene in scenes}
    story = Story(variables, tuple(scene.passage for scene in scenes if scene.passage), _interrupts(head, own))
    where = _lines_of(head, scenes)
    check_pictures((section for sections in parts.values() for section in sections), where, own)
    if story.passages and not translated:
        _look(story, parts, where, own)
    marks = {block.key: block.facts.get("of", "") for block in blocks} | {HEAD: str(head.facts.get("of") or "")}
    return ScenarioFile(
        path,
        code_of(head, "scenario", own),
        number_of(head, "minutes", own, least=1, most=240),
        tuple(list_of(head, "sectors", own)),
        story,
        parts,
        marks,
        where,
        head,
        tuple(blocks),
    )


def head_words(head: Head, faults: Faults, *, you: bool = True) -> tuple[SectionText, ...]:
    """Title, summary, who she is, content note and aims. `you`: whether the head says who she is."""
    sections = [
        SectionText("title", text_of(head, "title", faults, most=120), "title"),
        SectionText("summary", text_of(head, "summary", faults), "summary"),
        *([SectionText("you", text_of(head, "you", faults), "you")] if you else []),
        SectionText("note", text_of(head, "note", faults), "note"),
    ]
    aims: Any = head.facts.get("aims")
    if not isinstance(aims, dict) or not aims or not all(isinstance(words, str) for words in aims.values()):
        told = _("The scenario names no aims."), _("Write them at the head, numbered.")
        faults.add(head.line("aims"), *(told if faults.titles is None else not_filled_in("aims")))
        aims = {}
    return (*sections, *(SectionText(f"aim-{number}", words, "aim") for number, words in aims.items()))


def variables_of(head: Head, faults: Faults) -> tuple[tuple[Variable, ...], tuple[SectionText, ...]]:
    """What changes, and what it is called: `variable.safety`, `variable.safety.b1`."""
    written: Any = head.facts.get("variables") or {}
    if not isinstance(written, dict):
        faults.add(
            head.line("variables"), _("“%(key)s” is not a list of names.") % {"key": "variables"}, _how_to_write()
        )
        return (), ()
    found, sections = [], []
    for name, facts in written.items():
        line = head.line_in("variables", str(name))
        if not isinstance(name, str) or not NAME.fullmatch(name):
            faults.add(
                line,
                _("“%(name)s” is not a name.") % {"name": str(name)[:40]},
                _("Use small letters, digits and _, at most 30, beginning with a letter."),
            )
            continue
        if facts == "flag":
            found.append(Variable(name))
            continue
        if not isinstance(facts, dict):
            faults.add(line, _("“%(name)s” is not understood.") % {"name": name}, _how_to_write())
            continue
        variable, words = _variable(name, facts, line, faults)
        found.append(variable)
        sections += words
    return tuple(found), tuple(sections)


def variable_lines(head: Head) -> dict[str, int]:
    """The line of each thing that changes, by its name."""
    written: Any = head.facts.get("variables") or {}
    return {str(name): head.line_in("variables", str(name)) for name in written if isinstance(written, dict)}


def _how_to_write() -> str:
    return _("Write name: flag, or name: {label: Her safety, start: 4, range: 0-10, shown: always, bands: ...}.")


def _variable(name: str, facts: dict[str, Any], line: int, faults: Faults) -> tuple[Variable, list[SectionText]]:
    low, high = _range(facts.get("range", "0-10"), line, faults)
    start, shown = facts.get("start", low), facts.get("shown", "always")
    if not isinstance(start, int) or not low <= start <= high:
        faults.add(
            line,
            _("“%(name)s” starts outside its range.") % {"name": name},
            _("Begin from %(low)s to %(high)s.") % {"low": low, "high": high},
        )
        start = low
    if shown not in SHOWN:
        faults.add(
            line,
            _("“%(name)s” does not say when it is shown.") % {"name": name},
            _("Use one of: %(kinds)s.") % {"kinds": ", ".join(SHOWN)},
        )
        shown = "never"
    sections = []
    if shown != "never":
        sections.append(SectionText(f"variable.{name}", str(facts.get("label") or name), "variable"))
    bands = []
    for number, (ends, words) in enumerate((facts.get("bands") or {}).items(), start=1):
        bands.append(Band(f"b{number}", *_range(ends, line, faults)))
        sections.append(SectionText(f"variable.{name}.b{number}", str(words), "band"))
    variable = Variable(name, start, low, high, shown, tuple(bands))
    covered = [value for band in bands for value in range(band.low, band.high + 1)]
    if shown != "never" and sorted(covered) != list(range(low, high + 1)):
        faults.add(
            line,
            _("The bands of “%(name)s” leave a gap or overlap.") % {"name": name},
            _("Give each number from %(low)s to %(high)s one band.") % {"low": low, "high": high},
        )
    return variable, sections


def _range(written: Any, line: int, faults: Faults) -> tuple[int, int]:
    match = _RANGE.fullmatch(str(written).strip())
    low, high = (int(match[1]), int(match[2])) if match else (0, -1)
    if match is None and isinstance(written, int):
        low = high = written
    if not 0 <= low <= high <= MOST_VALUE:
        faults.add(line, _("“%(value)s” is not a range.") % {"value": str(written)[:40]}, _("Write it as 0-10."))
        return 0, 10
    return low, high


def _interrupts(head: Head, faults: Faults) -> tuple[Interrupt, ...]:
    found = []
    for written in list_of(head, "interrupts", faults):
        line = head.line_in("interrupts", written)
        match = _INTERRUPT.fullmatch(written.strip())
        if match is None:
            faults.add(
                line,
                _("“%(value)s” is no interruption.") % {"value": written[:60]},
                _("Write a condition and where it leads: time <= 0 -> knock."),
            )
            continue
        interrupt = Interrupt(match[1], match[2])
        try:
            _read = interrupt.condition
        except Unreadable as fault:
            faults.add(line, _(fault.message) % {"value": fault.value}, _(fault.remedy))
            continue
        found.append(interrupt)
    return tuple(found)


def _lines_of(head: Head, scenes: list[Scene]) -> dict[str, int]:
    where = {HEAD: head.line("title"), "interrupts": head.line("interrupts")} | variable_lines(head)
    return where | {key: line for scene in scenes for key, line in scene.lines.items()}


def _look(story: Story, parts: dict[str, tuple[SectionText, ...]], where: dict[str, int], faults: Faults) -> None:
    """What is wrong with the map, told with its line."""
    words = {section.key for sections in parts.values() for section in sections if section.markdown}
    shared = {key.partition(".")[2] for key in words if key.startswith("debrief.")}
    words |= {f"{passage.key}.{part}" for passage in _endings(story) for part in shared}
    for finding in check(story, words):
        message, remedy = in_words(finding, faults.titles)
        line = where.get(finding.place, where.get(finding.place.partition(".")[0], 1))
        faults.warn(line, message, remedy) if finding.warning else faults.add(line, message, remedy)


def _endings(story: Story) -> Iterator[Passage]:
    return (passage for passage in story.passages if passage.ending)
