"""A case conference's file into its map and its words; see docs/scenario-format.md, "Many seats, one case"."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from concerted.packs.reading.conference_faults import in_words
from concerted.packs.reading.embedded import check_pictures
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import Head, code_of, number_of, read_lines, split_head
from concerted.packs.reading.in_parts import InParts
from concerted.packs.reading.scenarios import has_seats, head_words, variable_lines, variables_of
from concerted.packs.reading.sections import Block, read_blocks
from concerted.packs.reading.tables import read_table
from concerted.packs.reading.translations import read_translation
from concerted.packs.reading.units import HEAD
from concerted.practice.scenario.checking_conference import check
from concerted.practice.scenario.conference import Conference
from concerted.text.rules import SectionText

#: Kinds of blocks, the usual one first, and what a heading may say of itself.
CASE_KINDS = ("moment", "seat", "asks", "ending", "debrief")
CASE_ALLOWED = frozenset({"kind", "sector", "day", "of"})
#: More cannot be weighed at one table.
MOST_SEATS = 8


@dataclass(frozen=True)
class ConferenceFile(InParts):
    """A case conference as a file tells it. `parts`: HEAD or the key of a block -> its sections."""

    path: Path
    code: str
    minutes: int
    conference: Conference
    parts: dict[str, tuple[SectionText, ...]]
    marks: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    head: Head = field(default_factory=Head)
    blocks: tuple[Block, ...] = ()

    @property
    def told(self) -> Conference:
        return self.conference

    @property
    def sectors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(seat.sector for seat in self.conference.seats))


@dataclass(frozen=True)
class ConferenceRead:
    """A case conference and its translations, by language."""

    file: ConferenceFile
    translations: dict[str, ConferenceFile]


def read_conferences(folder: Path, faults: Faults, taken: Iterable[str] = ()) -> tuple[ConferenceRead, ...]:
    """Every case conference among the scenarios of a pack, by name. `taken`: the codes of its other scenarios."""
    found: dict[str, ConferenceRead] = {}
    codes = set(taken)
    files = [path for path in sorted((folder / "scenarios").glob("*.md")) if has_seats(path)]
    for path in (path for path in files if "." not in path.stem):
        name = str(path.relative_to(folder))
        file = read_conference(path, name, faults)
        if file is None:
            continue
        if file.code in codes:
            faults.of(name).add(
                file.head.line("scenario"),
                _("The code “%(code)s” is already used by another scenario.") % {"code": file.code},
                _("Give each scenario a code of its own."),
            )
        codes.add(file.code)
        found[path.stem] = ConferenceRead(file, {})
    read = partial(_read, translated=True)
    for path in (path for path in files if "." in path.stem):
        own = faults.of(str(path.relative_to(folder)))
        read_translation(path, found, own, _("Name it like the scenario it translates."), read)
    return tuple(found.values())


def read_conference(path: Path, name: str, faults: Faults, *, translated: bool = False) -> ConferenceFile | None:
    """The case conference in a file; None when it cannot be read at all. `name`: how faults call the file."""
    return _read(path, faults.of(name), translated=translated)


def _read(path: Path, own: Faults, *, translated: bool = False) -> ConferenceFile | None:
    lines = read_lines(path, own)
    return conference_in(lines, path, own, translated=translated) if lines is not None else None


def conference_in(lines: list[str], path: Path, own: Faults, *, translated: bool = False) -> ConferenceFile | None:
    """The case conference these lines hold; None when they cannot be read at all."""
    split = split_head(lines, own)
    if split is None:
        return None
    head, first = split
    variables, named = variables_of(head, own)
    parts: dict[str, tuple[SectionText, ...]] = {HEAD: head_words(head, own, you=False) + named}
    blocks = read_blocks(lines, first, own, kinds=CASE_KINDS, allowed=CASE_ALLOWED)
    table = read_table(blocks, own, translated=translated)
    parts |= table.parts
    conference = Conference(variables, *table.told())
    where = {HEAD: head.line("title"), **variable_lines(head), **table.lines}
    check_pictures((section for sections in parts.values() for section in sections), where, own)
    if not translated:
        _count(conference, head, own)
        _look(conference, parts, where, own)
    return ConferenceFile(
        path,
        code_of(head, "scenario", own),
        number_of(head, "minutes", own, least=1, most=240),
        conference,
        parts,
        _marks(blocks, head),
        where,
        head,
        tuple(blocks),
    )


def _marks(blocks: list[Block], head: Head) -> dict[str, str]:
    return {block.key: block.facts.get("of", "") for block in blocks} | {HEAD: str(head.facts.get("of") or "")}


def _count(conference: Conference, head: Head, faults: Faults) -> None:
    """The head says how many seats there are: a seat that was taken away by mistake is seen."""
    counted = number_of(head, "seats", faults, least=2, most=MOST_SEATS)
    if counted != len(conference.seats):
        faults.add(
            head.line("seats"),
            _("The head counts %(counted)s seats, below stand %(there)s.")
            % {"counted": counted, "there": len(conference.seats)},
            _("Correct the number, or the seats."),
        )


def _look(
    conference: Conference, parts: dict[str, tuple[SectionText, ...]], where: dict[str, int], faults: Faults
) -> None:
    """What is wrong with it, told with its line."""
    words = {section.key for sections in parts.values() for section in sections if section.markdown}
    shared = {key.partition(".")[2] for key in words if key.startswith("debrief.")}
    words |= {f"{outcome.key}.{part}" for outcome in conference.outcomes for part in shared}
    for finding in check(conference, words):
        message, remedy = in_words(finding, faults.titles)
        line = where.get(finding.place, where.get(finding.place.rpartition(".")[0], 1))
        faults.warn(line, message, remedy) if finding.warning else faults.add(line, message, remedy)
