"""What stands in rows on the form of a part of a case conference: facts, questions, decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField
from concerted.packs.forms.passages import MOST_WORDS
from concerted.packs.reading.conferences import ConferenceFile
from concerted.practice.scenario.conference import Ask, Decision, Fact
from concerted.text.rules import SectionText

#: More rows of a kind nobody weighs at one table.
MOST_ROWS = 20
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


class PartForm(forms.Form):
    """The part itself; a kind of part leaves out what it has not. `seen`, `page`: as in `SceneForm`."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"))
    day = forms.IntegerField(
        label=gettext_lazy("Day"),
        min_value=0,
        max_value=365,
        help_text=gettext_lazy("Counted from the first moment, which is on day 0."),
    )
    when = forms.CharField(label=gettext_lazy("Comes only if"), max_length=300, required=False)
    text = FreeTextField(label=gettext_lazy("What everybody reads"), max_length=MOST_WORDS, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)


class FactForm(forms.Form):
    """Something that one seat knows. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What only this seat knows"), max_length=400, required=False)
    needed = forms.MultipleChoiceField(
        label=gettext_lazy("Who has to hear it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody: it is to be kept."),
    )
    locates = forms.BooleanField(label=gettext_lazy("It tells where she can be found"), required=False)
    told = forms.CharField(
        label=gettext_lazy("What it changes when the first who needs it hears it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: safety -1, trust +2, promised"),
    )
    spilled = forms.CharField(
        label=gettext_lazy("What it changes when the first who does not need it hears it"),
        max_length=300,
        required=False,
    )
    why = FreeTextField(label=gettext_lazy("Why it is to be told, or kept"), max_length=MOST_WORDS, required=False)


class AskForm(forms.Form):
    """A question that seats may put; the fact that answers it says whom. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What is asked"), max_length=300, required=False)
    about = forms.ChoiceField(label=gettext_lazy("What answers it"), required=False)

    def clean(self) -> dict[str, Any]:
        """A question without an answer can be put to nobody."""
        said = super().clean() or {}
        if said.get("label", "").strip() and not said.get("about") and "about" not in self.errors:
            self.add_error("about", gettext_lazy("Choose the fact that answers it."))
        return said


class DecisionForm(forms.Form):
    """Something a seat can decide in a moment. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What this seat can decide"), max_length=300, required=False)
    when = forms.CharField(label=gettext_lazy("Can be chosen only if"), max_length=300, required=False)
    effects = forms.CharField(
        label=gettext_lazy("What it changes"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: safety -1, trust +2, promised"),
    )
    lost = forms.IntegerField(label=gettext_lazy("Days that it costs"), min_value=0, max_value=365, required=False)
    why = FreeTextField(label=gettext_lazy("What follows"), max_length=MOST_WORDS, required=False)
    basis = forms.CharField(label=gettext_lazy("The paragraph of the protocol"), max_length=600, required=False)


class ForSeatForm(forms.Form):
    """What only one seat reads in a moment."""

    text = FreeTextField(label=gettext_lazy("What only this seat reads"), max_length=MOST_WORDS, required=False)


FactForms = forms.formset_factory(FactForm, extra=1, max_num=MOST_ROWS)
AskForms = forms.formset_factory(AskForm, extra=1, max_num=MOST_ROWS * 2)
DecisionForms = forms.formset_factory(DecisionForm, extra=1, max_num=MOST_ROWS)


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
