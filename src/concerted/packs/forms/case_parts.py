"""A part of a case conference as a form: a seat with what it knows, questions, a moment, an ending."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from concerted.kit.forms import write_in
from concerted.packs.forms.case_fields import PartForm
from concerted.packs.forms.case_rows import Around, Rows, Said, groups_of, plain
from concerted.packs.forms.passages import LookBackForm
from concerted.packs.reading.faults import Fault
from concerted.packs.reading.tables import Table
from concerted.packs.workshop.case_writing import same, written
from concerted.packs.workshop.script import read_part
from concerted.practice.scenario.conference import Ask, Decision, Fact, Moment, Outcome, Seat
from concerted.practice.scenario.story import DEBRIEF
from concerted.text.rules import SectionText

#: What begins a line of the format.
_SIGN = re.compile(r"^\s*(##|- \[[a-z]|if:)", re.MULTILINE)
#: What the form of each kind of part leaves out.
_WITHOUT = {
    "seat": ("day", "when"),
    "asks": ("sector", "day", "when"),
    "moment": ("sector",),
    "ending": ("sector", "day"),
    "debrief": ("sector", "day", "when", "text"),
}


@dataclass
class PartForms:
    """All forms of a part of a case; used by the page as `PassageForms` is."""

    key: str
    kind: str
    scene: PartForm
    groups: list[Rows]
    look_back: LookBackForm | None
    around: Around
    #: A case has neither; the page asks.
    choices: Any = None
    paragraphs: Any = None

    @classmethod
    def of(cls, key: str, text: str, revision: int, around: Around, language: str, data: Any) -> "PartForms":
        """The forms of a part that is kept as `text`, bound to `data`."""
        block, table, _faults = read_part(text)
        kind = block.kind if block else "moment"
        words = {section.key: section for sections in table.parts.values() for section in sections}
        head = words.get(key, SectionText(key))
        initial = {"title": head.title, "text": head.markdown if block else text, "seen": revision}
        initial |= {"page": secrets.token_hex(8)} | _own(table)
        form = PartForm(data, initial=initial, prefix="scene")
        for name in _WITHOUT[kind]:
            del form.fields[name]
        look_back = None
        if kind in ("ending", "debrief"):
            parts = {part: words[f"{key}.{part}"].markdown for part in DEBRIEF if f"{key}.{part}" in words}
            look_back = LookBackForm(data, initial=parts, prefix="back")
        made = cls(key, kind, form, list(groups_of(key, kind, table, words, around, data)), look_back, around)
        made._choose(str(initial.get("sector", "")))
        for one in made._all():
            write_in(one, language)
        return made

    def _all(self) -> list[Any]:
        return [self.scene, *(one for group in self.groups for one in group.forms), *filter(None, [self.look_back])]

    def _choose(self, sector: str) -> None:
        """Fill the lists to choose from with what stands around."""
        own = self.scene.fields
        if "sector" in own:
            there = dict(self.around.sectors)
            there.setdefault(sector, sector)
            cast(forms.ChoiceField, own["sector"]).choices = list(there.items())
        seats = [one for one in self.around.seats if one[0] != self.key]
        named = dict(self.around.seats)
        facts = [("", "–"), *((key, f"{named[seat]}: {words}") for key, seat, words in self.around.facts)]
        hint = _("Names that can stand here: %(names)s") % {"names": self.around.known}
        for one in self._all():
            for name, choices in (("needed", seats), ("about", facts)):
                if name in one.fields:
                    cast(forms.ChoiceField, one.fields[name]).choices = choices
            if "when" in one.fields:
                one.fields["when"].help_text = hint

    def valid(self) -> bool:
        """Whether every form holds what it must."""
        parts = [self.scene, *(part for one in self.groups for part in (one.lead, one.rows)), self.look_back]
        # Each is asked, so that all faults are shown at once.
        return sum(not part.is_valid() for part in parts if part is not None) == 0

    def faults(self) -> str:
        """What is missing, in one line, for a page that keeps while she types."""
        return " ".join(str(fault) for one in self._all() for faults in one.errors.values() for fault in faults)

    def see(self, revision: int | None) -> None:
        """Show the forms with this revision as the one that was seen."""
        if revision is not None:
            typed = cast(QueryDict, self.scene.data).copy()
            typed["scene-seen"] = str(revision)
            self.scene.data = typed

    def text(self) -> tuple[str, tuple[Fault, ...]]:
        """The part in the format, and what is wrong with it."""
        out = Said()
        own = self.scene.cleaned_data
        out.add(self.key, own.get("text", ""), self.kind, own["title"].strip())
        for part, words in (self.look_back.cleaned_data if self.look_back else {}).items():
            if words.strip():
                out.add(f"{self.key}.{part}", words, "debrief")
        told = self._told(own, out)
        text = written(self.key, told, out.words)
        if any(_SIGN.search(one.markdown) for one in out.words.values() if one.kind != "why"):
            message = _("A line of these words begins with a sign that has a meaning here: ##, - [a] or if:.")
            return text, (Fault("", 1, message, _("Begin that line with other words.")),)
        block, table, faults = read_part(text)
        faults = tuple(fault for fault in faults if not fault.warning)
        if not faults and (block is None or not same(table, told, out.words)):
            faults = (Fault("", 1, _("These words do not come back as they are."), _("Write them in plainer lines.")),)
        return text, faults

    def _told(self, own: Mapping[str, Any], out: Said) -> Any:
        """The part itself: what the database keeps of it as a map, with the words of its rows put into `out`."""
        if self.kind == "seat":
            return Seat(self.key, own["sector"], tuple(self._facts(out)))
        if self.kind == "asks":
            return tuple(self._asks(out))
        if self.kind == "moment":
            decisions = {one.key: found for one in self.groups if (found := self._decided(one, out)) is not None}
            return Moment(self.key, own["day"], own["when"].strip(), decisions)
        return Outcome(self.key, own["when"].strip()) if self.kind == "ending" else None

    def _facts(self, out: Said) -> Iterator[Fact]:
        rows = self.groups[0].filled
        taken = {key for key, _seat, _words in self.around.facts} | {row["key"] for row in rows}
        held = {one.initial.get("key"): one.initial.get("needed", ()) for one in self.groups[0].rows}
        base = re.sub(r"^[^a-z]+", "", self.key.replace("-", "_"))[:15] or "fact"
        for row in rows:
            key = row["key"] or _free(f"{base}_", taken)
            out.row(f"{self.key}.{key}", row, "fact")
            # In the order they were written in, so that sending a form unchanged changes nothing.
            seats = dict.fromkeys([*held.get(key, ()), *(seat for seat, _name in self.around.seats)])
            needed = [seat for seat in seats if seat in row["needed"]]
            yield Fact(key, tuple(needed), row["locates"], row["told"].strip(), row["spilled"].strip())

    def _asks(self, out: Said) -> Iterator[Ask]:
        rows = self.groups[0].filled
        taken = {row["key"] for row in rows}
        seats = {key: seat for key, seat, _words in self.around.facts}
        for row in rows:
            key = row["key"] or _free("q", taken)
            out.row(f"{self.key}.{key}", row, "ask")
            yield Ask(key, seats[row["about"]], row["about"])

    def _decided(self, group: Rows, out: Said) -> tuple[Decision, ...] | None:
        """What a seat can decide; None where it neither reads nor decides anything of its own."""
        place = f"{self.key}.{group.key}"
        own = plain(group.lead.cleaned_data["text"]) if group.lead else ""
        rows = group.filled
        if own:
            out.add(place, own, "block")
        taken = {row["key"] for row in rows}
        found = []
        for row in rows:
            key = row["key"] or next((one for one in "abcdefghijklmnopqrstuvwxyz" if one not in taken), "z")
            taken.add(key)
            out.row(f"{place}.{key}", row, "choice")
            supported = bool(row["basis"].strip())
            found.append(Decision(key, row["when"].strip(), row["effects"].strip(), row["lost"] or 0, supported))
        return tuple(found) if own or rows else None


def _own(table: Table) -> dict[str, Any]:
    """What the kind of part shows of itself."""
    if table.seats:
        return {"sector": table.seats[0].sector}
    if table.moments:
        return {"day": table.moments[0].day, "when": table.moments[0].when}
    return {"when": table.outcomes[0].when} if table.outcomes else {}


def _free(base: str, taken: set[str]) -> str:
    """The first name with a number that nothing has; it is taken now."""
    key = next(name for number in range(1, 999) if (name := f"{base}{number}") not in taken)
    taken.add(key)
    return key
