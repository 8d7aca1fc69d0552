"""The blocks of a case conference's file: seats with their facts, questions, moments with decisions, endings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.sections import Block
from concerted.practice.scenario.conditions import Unreadable, parse_condition, parse_effects
from concerted.practice.scenario.conference import Ask, Decision, Fact, Moment, Outcome, Seat
from concerted.practice.scenario.story import DEBRIEF
from concerted.text.rules import SectionText

_ENTRY = re.compile(r"- \[([a-z][a-z0-9_]{0,19})\] +(.+)")
_LINE = re.compile(r"([a-z]+): *(.+)")
_PART = re.compile(r"### *([a-z][a-z0-9-]*)")
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)
#: What may stand below an entry of each kind of block; the first of these kinds has none.
_BELOW = {
    "seat": ("needed", "locates", "told", "spilled"),
    "asks": ("to", "about"),
    "moment": ("if", "effects", "lost", "basis"),
}
_KIND = {"seat": "fact", "asks": "ask", "moment": "choice"}


@dataclass
class _Entry:
    """A fact, a question or a decision, as its lines tell it."""

    line: int
    key: str
    words: str
    facts: dict[str, tuple[int, str]] = field(default_factory=dict)
    why: list[str] = field(default_factory=list)

    def of(self, name: str) -> str:
        return self.facts.get(name, (0, ""))[1]


@dataclass
class _Part:
    """What stands below the heading of a block, or below one of its ### headings."""

    line: int
    text: list[str] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)

    @property
    def markdown(self) -> str:
        return "\n".join(self.text).strip("\n")


@dataclass
class Table:
    """Everything read of the blocks."""

    faults: Faults
    #: A translation brings words only; who needs what stands in its source.
    translated: bool
    seats: list[Seat] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    parts: dict[str, tuple[SectionText, ...]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def told(self) -> tuple[tuple[Seat, ...], tuple[Ask, ...], tuple[Moment, ...], tuple[Outcome, ...]]:
        """Seats, questions, moments and outcomes, as `Conference` takes them after its variables."""
        return tuple(self.seats), tuple(self.asks), tuple(self.moments), tuple(self.outcomes)

    def take(self, block: Block) -> None:
        """Read one block into it."""
        when, parts = self._cut(block)
        own = parts[""]
        sections = [(block.line, SectionText(block.key, own.markdown, block.kind, block.title))]
        sections += self._words(block, parts)
        self.parts[block.key] = tuple(section for _line, section in sections)
        self.lines |= {section.key: line for line, section in sections}
        if self.translated:
            return
        if block.kind == "seat":
            self.seats.append(Seat(block.key, block.facts.get("sector", ""), tuple(map(self._fact, own.entries))))
            if not block.facts.get("sector"):
                self.faults.add(block.line, _("The seat names no sector."), _("Write sector=health in its braces."))
        elif block.kind == "asks":
            self.asks += [Ask(one.key, self._needed(one, "to"), self._needed(one, "about")) for one in own.entries]
        elif block.kind == "moment":
            decisions = {seat: tuple(map(self._decision, part.entries)) for seat, part in parts.items() if seat}
            self.moments.append(Moment(block.key, self._day(block), when, decisions))
        elif block.kind == "ending":
            self.outcomes.append(Outcome(block.key, when))

    def _cut(self, block: Block) -> tuple[str, dict[str, _Part]]:
        """The condition of the block, and its parts: "" what stands first, then what stands below each ### heading."""
        when = ""
        parts = {"": _Part(block.line)}
        now = parts[""]
        for number, text in block.body:
            bare = text.strip()
            if match := _PART.fullmatch(bare):
                now = parts.setdefault(match[1], _Part(number))
                if block.kind in ("ending", "debrief") and match[1] not in DEBRIEF:
                    self.faults.add(
                        number,
                        _("A debrief has no part “%(name)s”.") % {"name": match[1][:40]},
                        _("Use one of: %(kinds)s.") % {"kinds": ", ".join(DEBRIEF)},
                    )
            elif bare.startswith("if:") and not now.entries and not any(now.text):
                when = self._sound(number, bare[3:].strip(), effects=False)
            elif match := _ENTRY.fullmatch(bare):
                now.entries.append(_Entry(number, match[1], match[2]))
            elif now.entries and bare:
                self._below(number, bare, block.kind, now.entries[-1])
            elif not now.entries:
                now.text.append(text)
        self._once(parts)
        return when, parts

    def _below(self, number: int, bare: str, kind: str, entry: _Entry) -> None:
        """A line below an entry: one of its facts, or a line of the look back."""
        allowed = _BELOW.get(kind, ())
        match = _LINE.fullmatch(bare)
        if bare.startswith(">"):
            entry.why.append(bare[1:].strip())
        elif match and match[1] in allowed:
            entry.facts[match[1]] = (number, match[2].strip())
        else:
            self.faults.add(
                number,
                _("This line belongs to nothing above it."),
                _("Below an entry stand %(names)s, and the look back after >.")
                % {"names": ", ".join(f"{name}:" for name in allowed) or "-"},
            )

    def _once(self, parts: dict[str, _Part]) -> None:
        for part in parts.values():
            seen: set[str] = set()
            for entry in part.entries:
                if entry.key in seen or (entry.key in self._facts_before and part is parts[""]):
                    self.faults.add(
                        entry.line,
                        _("“%(key)s” stands here twice.") % {"key": entry.key},
                        _("Give each entry a key of its own; facts keep theirs over all seats."),
                    )
                seen.add(entry.key)

    @property
    def _facts_before(self) -> set[str]:
        return {fact.key for seat in self.seats for fact in seat.facts} if not self.asks else set()

    def _words(self, block: Block, parts: dict[str, _Part]) -> list[tuple[int, SectionText]]:
        """Every string below the heading under its permanent key, and the line it stands on."""
        found = []
        debrief = block.kind in ("ending", "debrief")
        for name, part in parts.items():
            place = f"{block.key}.{name}" if name else block.key
            if name and (debrief or part.markdown):
                found.append((part.line, SectionText(place, part.markdown, "debrief" if debrief else "block")))
            for entry in part.entries:
                key = f"{place}.{entry.key}"
                found.append((entry.line, SectionText(key, entry.words, _KIND.get(block.kind, "choice"))))
                if entry.why:
                    found.append((entry.line, SectionText(f"{key}.why", "\n".join(entry.why).strip(), "why")))
                if entry.of("basis"):
                    found.append((entry.line, SectionText(f"{key}.basis", entry.of("basis"), "basis")))
        return found

    def _fact(self, entry: _Entry) -> Fact:
        needed = tuple(one.strip() for one in entry.of("needed").split(",") if one.strip())
        told, spilled = (self._sound(*entry.facts.get(name, (0, "")), effects=True) for name in ("told", "spilled"))
        return Fact(entry.key, needed, entry.of("locates") == "yes", told, spilled)

    def _decision(self, entry: _Entry) -> Decision:
        line, lost = entry.facts.get("lost", (entry.line, "0"))
        if not _NUMBER.fullmatch(lost):
            self.faults.add(
                line, _("“%(value)s” is no number of days.") % {"value": lost[:40]}, _("Write it in digits.")
            )
            lost = "0"
        when = self._sound(*entry.facts.get("if", (0, "")), effects=False)
        effects = self._sound(*entry.facts.get("effects", (0, "")), effects=True)
        return Decision(entry.key, when, effects, int(lost), "basis" in entry.facts)

    def _needed(self, entry: _Entry, name: str) -> str:
        if not entry.of(name):
            self.faults.add(
                entry.line,
                _("The question “%(key)s” does not say %(name)s.") % {"key": entry.key, "name": f"{name}:"},
                _("Write to: the seat asked, and about: the fact that answers it."),
            )
        return entry.of(name)

    def _day(self, block: Block) -> int:
        day = block.facts.get("day", "0")
        if not _NUMBER.fullmatch(day):
            self.faults.add(block.line, _("“%(value)s” is no day.") % {"value": day[:40]}, _("Count days from day=0."))
            return 0
        return int(day)

    def _sound(self, number: int, written: str, *, effects: bool) -> str:
        """What is written, if it can be read; says so where not."""
        try:
            if written:
                _read = parse_effects(written) if effects else parse_condition(written)
        except Unreadable as fault:
            self.faults.add(number, _(fault.message) % {"value": fault.value}, _(fault.remedy))
            return ""
        return written


def read_table(blocks: Sequence[Block], faults: Faults, *, translated: bool = False) -> Table:
    """Seats, questions, moments and endings out of the blocks of a file, with every string and its line."""
    table = Table(faults, translated)
    for block in blocks:
        table.take(block)
    return table
