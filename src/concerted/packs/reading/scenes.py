"""One passage of a scenario's file: its words, paragraphs on a condition, choices and where they lead, its debrief."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.sections import Block
from concerted.practice.scenario.conditions import Unreadable
from concerted.practice.scenario.story import DEBRIEF, Choice, Passage, Way
from concerted.practice.scenario.story import Block as Paragraph
from concerted.text.rules import SectionText

_CHOICE = re.compile(r"- \[([a-z][a-z0-9]{0,7})\] +(.+)")
_OPENS = re.compile(r"::: *([a-z][a-z0-9-]{0,19})(?: +if +([^|]+?)(?: *\| *(.+))?)?")
_WAY = re.compile(r"-> *([a-z0-9-]+)(?: +if +(.+))?")
_FACT = re.compile(r"(if|effects|basis): *(.+)")
_PART = re.compile(r"### *([a-z]+)")
MOST_CHOICES = 8


@dataclass
class _Offer:
    """A choice as its lines tell it."""

    line: int
    key: str
    label: str
    ways: list[Way] = field(default_factory=list)
    when: str = ""
    effects: str = ""
    basis: str = ""
    why: list[str] = field(default_factory=list)


@dataclass
class Scene:
    """A passage, or the debrief all endings share (`passage` None), with its sections and the lines they stand on."""

    key: str
    passage: Passage | None
    sections: tuple[SectionText, ...]
    lines: dict[str, int]


@dataclass
class _Reading:
    """What was read of one block so far."""

    block: Block
    faults: Faults
    #: A translation brings words only; where things lead stands in its source.
    translated: bool
    text: list[str] = field(default_factory=list)
    paragraphs: list[tuple[int, Paragraph, list[str]]] = field(default_factory=list)
    offers: list[_Offer] = field(default_factory=list)
    parts: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    inside: list[str] | None = None

    def line(self, number: int, text: str) -> None:
        """Take one line to where it belongs."""
        bare = text.strip()
        if self.inside is not None and not self.parts:
            if bare == ":::":
                self.inside = None
            else:
                self.inside.append(text)
        elif bare.startswith(":::"):
            self._paragraph(number, bare)
        elif match := _PART.fullmatch(bare):
            self._part(number, match[1])
        elif self.parts:
            next(reversed(self.parts.values()))[1].append(text)
        elif match := _CHOICE.fullmatch(bare):
            self._choice(number, match[1], match[2])
        elif self.offers:
            self._of_choice(number, bare)
        else:
            self.text.append(text)

    def _paragraph(self, number: int, bare: str) -> None:
        match = _OPENS.fullmatch(bare)
        if match is None or not (match[2] or self.translated):
            self.faults.add(
                number,
                _("“%(value)s” does not begin a paragraph on a condition.") % {"value": bare[:60]},
                _("Write ::: name if trust >= 4, and close it with ::: on a line of its own."),
            )
            self.inside = []
            return
        paragraph = Paragraph(match[1], match[2] or "", match[3] or "")
        self.inside = []
        if self.translated or self._sound(number, paragraph):
            self.paragraphs.append((number, paragraph, self.inside))

    def _part(self, number: int, name: str) -> None:
        if name not in DEBRIEF:
            self.faults.add(
                number,
                _("A debrief has no part “%(name)s”.") % {"name": name[:40]},
                _("Use one of: %(kinds)s.") % {"kinds": ", ".join(DEBRIEF)},
            )
        self.parts[name] = (number, [])

    def _choice(self, number: int, key: str, rest: str) -> None:
        label, arrow, way = rest.rpartition(" -> ")
        offer = _Offer(number, key, label.strip() if arrow else rest.strip())
        if arrow:
            self._way(number, offer, f"-> {way}")
        self.offers.append(offer)

    def _way(self, number: int, offer: _Offer, bare: str) -> None:
        match = _WAY.fullmatch(bare)
        if match is None:
            self.faults.add(
                number,
                _("“%(value)s” does not say where the choice leads.") % {"value": bare[:60]},
                _("Write -> the key of a passage, and if it depends: -> passage if safety >= 6."),
            )
            return
        way = Way(match[1], match[2] or "")
        if self._sound(number, way):
            offer.ways.append(way)

    def _of_choice(self, number: int, bare: str) -> None:
        offer = self.offers[-1]
        if not bare:
            return
        if bare.startswith("->"):
            self._way(number, offer, bare)
        elif bare.startswith(">"):
            offer.why.append(bare[1:].strip())
        elif match := _FACT.fullmatch(bare):
            setattr(offer, {"if": "when"}.get(match[1], match[1]), match[2])
        else:
            self.faults.add(
                number,
                _("This line belongs to no choice."),
                _("Below a choice stand -> where it leads, if:, effects:, basis:, and feedback after >."),
            )

    def _sound(self, number: int, part: Paragraph | Way | Choice) -> bool:
        """Whether its condition and effects can be read; says so where not."""
        try:
            _condition = part.condition
            if not isinstance(part, Way):
                _changes = part.changes
        except Unreadable as fault:
            self.faults.add(number, _(fault.message) % {"value": fault.value}, _(fault.remedy))
            return False
        return True

    def choices(self) -> list[Choice]:
        """The choices in order; a translation has none of its own."""
        if self.translated:
            return []
        found: dict[str, Choice] = {}
        for offer in self.offers:
            choice = Choice(offer.key, tuple(offer.ways), offer.when, offer.effects)
            if offer.key in found:
                self.faults.add(
                    offer.line,
                    _("The choice “%(key)s” stands here twice.") % {"key": offer.key},
                    _("Give each choice of a passage a letter of its own."),
                )
            elif not offer.ways:
                self.faults.add(
                    offer.line, _("This choice leads nowhere."), _("End it with -> and the key of a passage.")
                )
            elif self._sound(offer.line, choice):
                found[offer.key] = choice
        if len(found) > MOST_CHOICES:
            self.faults.add(
                self.block.line,
                _("The passage offers %(count)s choices.") % {"count": len(found)},
                _("At most %(most)s can be weighed; cut it in two passages.") % {"most": MOST_CHOICES},
            )
        return list(found.values())


def read_scene(block: Block, faults: Faults, *, translated: bool = False) -> Scene:
    """A passage, an ending, or the shared debrief, out of its block."""
    reading = _Reading(block, faults, translated)
    for number, text in block.body:
        reading.line(number, text)
    if reading.inside is not None and not reading.parts:
        faults.add(block.line, _("A paragraph on a condition does not end."), _("Close it with ::: on its own line."))
    choices = reading.choices()
    words, lines = _sections(block, reading)
    if block.kind == "debrief":
        return Scene(block.key, None, words, lines)
    passage = Passage(
        block.key,
        tuple(choices),
        tuple(paragraph for _line, paragraph, _words in reading.paragraphs),
        block.kind == "ending",
        block.facts.get("skip", ""),
    )
    return Scene(block.key, passage, words, lines)


def _sections(block: Block, reading: _Reading) -> tuple[tuple[SectionText, ...], dict[str, int]]:
    """Every string of the passage under its permanent key, and the line it stands on."""
    data = {"speaker": block.facts["speaker"]} if "speaker" in block.facts else {}
    found = [(block.line, SectionText(block.key, "\n".join(reading.text).strip("\n"), block.kind, block.title, data))]
    for line, paragraph, words in reading.paragraphs:
        found.append((line, SectionText(f"{block.key}.{paragraph.key}", "\n".join(words).strip("\n"), "block")))
    for offer in reading.offers:
        key = f"{block.key}.{offer.key}"
        found.append((offer.line, SectionText(key, offer.label, "choice")))
        if offer.why:
            found.append((offer.line, SectionText(f"{key}.why", "\n".join(offer.why).strip(), "why")))
        if offer.basis:
            found.append((offer.line, SectionText(f"{key}.basis", offer.basis, "basis")))
    for name, (line, words) in reading.parts.items():
        found.append((line, SectionText(f"{block.key}.{name}", "\n".join(words).strip("\n"), "debrief")))
    return tuple(section for _line, section in found), {section.key: line for line, section in found}
