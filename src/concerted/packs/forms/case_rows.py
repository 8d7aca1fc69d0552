"""What stands in rows on the form of a part of a case conference: facts, questions, decisions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from concerted.packs.forms.case_fields import AskForms, DecisionForms, FactForms, ForSeatForm
from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.reading.tables import Table
from concerted.practice.scenario.conference import Ask, Decision, Fact
from concerted.text.rules import SectionText

Words = Mapping[str, SectionText]


@dataclass(frozen=True)
class Around:
    """What stands around a part of a case: the seats, what they know, and the sectors there are.

    `seats`: (key, name); `facts`: (key, its seat, its words); `names`: the numbers of the head.
    """

    sectors: Sequence[tuple[str, str]]
    seats: tuple[tuple[str, str], ...] = ()
    facts: tuple[tuple[str, str, str], ...] = ()
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, file: ConferenceFile, sectors: Sequence[tuple[str, str]]) -> "Around":
        """What stands in a file; the sectors of the response come from the caller."""
        words = {section.key: section for section in file.sections}
        seats = tuple((one.key, words[one.key].title) for one in file.conference.seats)
        facts = tuple(
            (fact.key, seat.key, words[f"{seat.key}.{fact.key}"].markdown) for seat, fact in file.conference.all_facts()
        )
        return cls(sectors, seats, facts, tuple(file.conference.named))

    @property
    def known(self) -> str:
        """The names a condition may use, as a hint shows them."""
        return ", ".join([*self.names, *(key for key, _seat, _words in self.facts)])


@dataclass
class Rows:
    """Rows of one kind; in a moment those of one seat, below what only it reads."""

    kind: str
    name: str
    rows: Any
    key: str = ""
    #: What only this seat reads, in a moment.
    lead: ForSeatForm | None = None

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The rows that have words."""
        return [one.cleaned_data for one in self.rows if one.cleaned_data.get("label", "").strip()]

    @property
    def forms(self) -> list[Any]:
        return [*filter(None, [self.lead]), *self.rows]


@dataclass
class Said:
    """The sections that the rows of a part become, by their keys."""

    words: dict[str, SectionText] = field(default_factory=dict)

    def add(self, key: str, words: str, kind: str = "", title: str = "") -> None:
        self.words[key] = SectionText(key, plain(words), kind, title)

    def row(self, place: str, row: Mapping[str, Any], kind: str) -> None:
        """The words of a row, its reason and what supports it."""
        self.add(place, row["label"], kind)
        for part in ("why", "basis"):
            if row.get(part, "").strip():
                self.add(f"{place}.{part}", row[part], part)


def plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def fact_rows(seat: str, facts: Sequence[Fact], words: Words) -> list[dict[str, Any]]:
    """What the rows of a seat show at first."""
    return [
        _row(one.key, f"{seat}.{one.key}", words)
        | {"needed": list(one.needed), "locates": one.locates, "told": one.told, "spilled": one.spilled}
        for one in facts
    ]


def ask_rows(key: str, asks: Sequence[Ask], words: Words) -> list[dict[str, Any]]:
    return [_row(one.key, f"{key}.{one.key}", words) | {"about": one.about} for one in asks]


def decision_rows(place: str, decisions: Sequence[Decision], words: Words) -> list[dict[str, Any]]:
    return [
        _row(one.key, f"{place}.{one.key}", words)
        | {"when": one.when, "effects": one.effects, "lost": one.lost or None}
        for one in decisions
    ]


def _row(key: str, place: str, words: Words) -> dict[str, Any]:
    parts = {part: words[f"{place}.{part}"].markdown for part in ("why", "basis") if f"{place}.{part}" in words}
    return {"key": key, "label": words[place].markdown} | parts


def groups_of(key: str, kind: str, table: Table, words: Words, around: Around, data: Any) -> Iterator[Rows]:
    """The rows of a part of this kind, bound to `data`."""
    if kind == "seat":
        rows = fact_rows(key, table.seats[0].facts, words) if table.seats else []
        yield Rows("fact", _("What this seat knows"), FactForms(data, initial=rows, prefix="rows"))
    if kind == "asks":
        rows = ask_rows(key, table.asks, words)
        yield Rows("ask", _("Questions"), AskForms(data, initial=rows, prefix="rows"))
    if kind == "moment":
        held = table.moments[0].decisions if table.moments else {}
        # As they stand. Seats that were taken out keep their words here until somebody takes those out, too.
        for seat, name in ({one: one for one in held} | dict(around.seats)).items():
            place = f"{key}.{seat}"
            own = words[place].markdown if place in words else ""
            rows = decision_rows(place, held.get(seat, ()), words)
            lead = ForSeatForm(data, initial={"text": own}, prefix=f"for-{seat}")
            yield Rows("decision", name, DecisionForms(data, initial=rows, prefix=f"do-{seat}"), seat, lead)
