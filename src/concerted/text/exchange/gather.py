"""Segments that came back, put together as sections again; what cannot be taken is named with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from concerted.text.exchange.codes import Runs, text_of
from concerted.text.exchange.pairing import fault_of, restored
from concerted.text.exchange.parts import hash_and_place, key_and_part
from concerted.text.exchange.segments import UNCARRIED, LeftOut, Returned, check_number, doubled

#: A title longer than this cannot be stored.
TITLE_MOST = 300
_REASONS = {
    "untranslated": _("It is not translated yet."),
    "missing": _("A code of the source is missing in the translation. Put it back in."),
    "doubled": _("A code stands twice in the translation. Leave it there once."),
    "unknown": _("The translation has a code that the source does not have. Take it out."),
    "crossed": _("The codes of the translation cross each other. Close the inner one first."),
    "long": _("The title is too long: at most 300 characters. Shorten it."),
    "character": _("It holds a control character. Remove it."),
    "stranger": _("It is no segment of ours: its name or hash is missing or changed. Take the text out again."),
    "incomplete": _("Other segments of this section are not in the file. Send the whole section."),
    "moved": _("The source has other words now. Send it out again."),
    "nowhere": _("This text is not published here. Bring the file to where it was taken out."),
    "no-source": _("The file has no source words for it. Export it with them."),
    "closed": _("No text is translated into this language here. Open the language first."),
    "not-hers": _("You do not translate into this language. Ask somebody who does."),
    "elsewhere": _("No text here has these source words."),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One segment as a format's reader found it.

    `claim` is what the file says of it: "open" (nobody claims it is done), "machine", "draft" or "reviewed".
    """

    document: str
    id: str
    mark: str | None
    source: Runs
    target: Runs
    claim: str


@dataclass(slots=True)
class _Section:
    document: str
    key: str
    hash: str
    of: int
    title: str = ""
    blocks: dict[int, str] = field(default_factory=dict)
    places: set[int] = field(default_factory=set)
    taken: int = 0
    reviewed: bool = True
    machine: bool = False

    def put(self, part: str, place: int, words: str) -> None:
        self.places.add(place)
        if part == "title":
            self.title = words
        else:
            self.blocks[int(part)] = words

    def returned(self) -> Returned:
        markdown = "\n\n".join(words for _no, words in sorted(self.blocks.items()))
        state = "machine" if self.machine else "reviewed" if self.reviewed else "draft"
        return Returned(self.document, self.key, self.hash, self.title, markdown, state)


def left_out(name: str, code: str) -> LeftOut:
    """A segment that is not taken, with the sentence for `code`."""
    return LeftOut(name, code, str(_REASONS[code]))


def gather(units: Iterable[Unit]) -> tuple[tuple[Returned, ...], tuple[LeftOut, ...]]:
    """Sections from segments. A section of which some segments were taken comes back as a draft, with source words in
    the places of the others; one of which none was taken does not come back. Every segment not taken is reported.

    Raises `ExchangeRefused`: doubled when a segment stands twice, many when there are too many.
    """
    sections: dict[tuple[str, str], _Section] = {}
    out: list[LeftOut] = []
    seen: set[str] = set()
    for unit in units:
        name = f"{unit.document}#{unit.id}"
        if unit.id and name in seen:
            raise doubled(name)
        seen.add(name)
        check_number(len(seen))
        fault = _take(unit, sections)
        if fault:
            out.append(left_out(name, fault))
    whole = [section for section in sections.values() if section.taken and len(section.places) == section.of]
    out += [
        left_out(f"{section.document}#{section.key}", "incomplete")
        for section in sections.values()
        if section.taken and len(section.places) < section.of
    ]
    return tuple(section.returned() for section in whole), tuple(out)


def _take(unit: Unit, sections: dict[tuple[str, str], _Section]) -> str:
    """Put a segment into its section; returns why its words were not taken, or nothing."""
    named, marked = key_and_part(unit.id), hash_and_place(unit.mark)
    if not named or not marked or not unit.document:
        return "stranger"
    (key, part), (source_hash, place, of) = named, marked
    section = sections.setdefault((unit.document, key), _Section(unit.document, key, source_hash, of))
    if (section.hash, section.of) != (source_hash, of) or place > of or place in section.places:
        return "stranger"
    fault = _fault(unit, part)
    section.put(part, place, text_of(unit.source) if fault else restored(unit.source, unit.target))
    section.taken += not fault
    section.reviewed = section.reviewed and not fault and unit.claim == "reviewed"
    # One segment that nobody has read makes a draft of a machine of the whole.
    section.machine = section.machine or (not fault and unit.claim == "machine")
    return fault


def _fault(unit: Unit, part: str) -> str:
    source, target = text_of(unit.source), text_of(unit.target)
    if not source:
        return "no-source"
    if not target.strip():
        return "untranslated"
    fault = fault_of(unit.source, unit.target)
    if fault:
        return fault
    if unit.claim == "open" and restored(unit.source, unit.target) == source:
        return "untranslated"
    if UNCARRIED.search(target):
        return "character"
    return "long" if part == "title" and len(restored(unit.source, unit.target)) > TITLE_MOST else ""
