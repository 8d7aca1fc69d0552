"""A passage of a scenario as a form: its words, what can be done, where that leads, paragraphs on a condition."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField, write_in
from concerted.packs.reading.faults import Fault
from concerted.packs.reading.scenes import MOST_CHOICES, Scene
from concerted.packs.workshop.script import read_passage
from concerted.packs.workshop.writing import write_scene
from concerted.practice.scenario.story import DEBRIEF, Block, Choice, Passage, Way
from concerted.text.rules import SectionText

#: What begins a line of the format.
_SIGN = re.compile(r"^\s*(##|:::|- \[[a-z]|->)", re.MULTILINE)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_WORDS = 4000


class SceneForm(forms.Form):
    """The passage itself. `seen`: the revision she was shown; `page` names the page the form stands on."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    speaker = forms.CharField(label=gettext_lazy("Who speaks"), max_length=40, required=False)
    text = FreeTextField(label=gettext_lazy("What happens"), max_length=MOST_WORDS, required=False)
    skip = forms.ChoiceField(label=gettext_lazy("Where somebody who skips this part goes on"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)


class ChoiceForm(forms.Form):
    """One thing that can be done. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=8, required=False)
    label = forms.CharField(label=gettext_lazy("What one can do"), max_length=300, required=False)
    to = forms.ChoiceField(label=gettext_lazy("Where it leads"), required=False)
    ways = FreeTextField(
        label=gettext_lazy("Leads elsewhere, if"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("One a line, tried in order: alone if trust >= 3"),
    )
    when = forms.CharField(label=gettext_lazy("Can be chosen only if"), max_length=300, required=False)
    effects = forms.CharField(
        label=gettext_lazy("What it changes"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: safety -1, trust +2, promised"),
    )
    why = FreeTextField(label=gettext_lazy("What follows"), max_length=MOST_WORDS, required=False)
    basis = forms.CharField(label=gettext_lazy("The paragraph of the protocol"), max_length=600, required=False)


class ParagraphForm(forms.Form):
    """A paragraph shown on a condition. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    when = forms.CharField(label=gettext_lazy("Shown only if"), max_length=300, required=False)
    effects = forms.CharField(label=gettext_lazy("What it changes"), max_length=300, required=False)
    text = FreeTextField(label=gettext_lazy("Words"), max_length=MOST_WORDS, required=False)


class LookBackForm(forms.Form):
    """The look back at an ending, or the one all endings share."""

    her = FreeTextField(label=gettext_lazy("What she experienced"), max_length=MOST_WORDS, required=False)
    tempted = FreeTextField(label=gettext_lazy("What tempts good people"), max_length=MOST_WORDS, required=False)
    protocol = FreeTextField(label=gettext_lazy("What the protocol says"), max_length=MOST_WORDS, required=False)
    sectors = FreeTextField(label=gettext_lazy("What others needed from you"), max_length=MOST_WORDS, required=False)


ChoiceForms = forms.formset_factory(ChoiceForm, extra=1, max_num=MOST_CHOICES)
ParagraphForms = forms.formset_factory(ParagraphForm, extra=1, max_num=MOST_CHOICES)


@dataclass(frozen=True)
class Surroundings:
    """What stands around a passage: (key, title) of every passage, and the names that can stand in a condition."""

    passages: Sequence[tuple[str, str]]
    names: Sequence[str] = ()


@dataclass
class PassageForms:
    """All forms of a passage. `kind`: passage, ending or debrief; what a kind does not have is None."""

    key: str
    kind: str
    scene: SceneForm
    choices: Any
    paragraphs: Any
    look_back: LookBackForm | None

    @classmethod
    def of(cls, key: str, text: str, revision: int, around: Surroundings, language: str, data: Any) -> "PassageForms":
        """The forms of a passage that is kept as `text`, bound to `data`."""
        scene, kind, _faults = read_passage(text)
        words = {section.key: section for section in scene.sections} if scene else {}
        head = words.get(key, SectionText(key))
        others = [("", "–"), *((one, f"{title} ({one})") for one, title in around.passages if one != "debrief")]
        initial = {
            "title": head.title,
            "speaker": head.data.get("speaker", ""),
            "text": head.markdown if scene else text,
            "skip": scene.passage.skip if scene and scene.passage else "",
            "seen": revision,
            "page": secrets.token_hex(8),
        }
        form = SceneForm(data, initial=initial, prefix="scene")
        cast(forms.ChoiceField, form.fields["skip"]).choices = others
        choices = paragraphs = look_back = None
        if kind == "passage":
            choices = ChoiceForms(data, initial=_choices(key, scene, words), prefix="choices")
            for one in choices:
                cast(forms.ChoiceField, one.fields["to"]).choices = others
            paragraphs = ParagraphForms(data, initial=_paragraphs(key, scene, words), prefix="paragraphs")
        else:
            del form.fields["skip"], form.fields["speaker"]
            parts = {part: words[f"{key}.{part}"].markdown for part in DEBRIEF if f"{key}.{part}" in words}
            look_back = LookBackForm(data, initial=parts, prefix="back")
        if kind == "debrief":
            del form.fields["text"]
        for one in (form, *(choices or ()), *(paragraphs or ()), *filter(None, [look_back])):
            if "when" in one.fields and around.names:
                one.fields["when"].help_text = _names_said(around.names)
            write_in(one, language)
        return cls(key, kind, form, choices, paragraphs, look_back)

    def valid(self) -> bool:
        """Whether every form holds what it must."""
        parts = [part for part in (self.scene, self.choices, self.paragraphs, self.look_back) if part is not None]
        # Each is asked, so that all faults are shown at once.
        return sum(part.is_valid() for part in parts) == len(parts)

    def faults(self) -> str:
        """What is missing, in one line, for a page that keeps while she types."""
        parts = [self.scene, *(self.choices or ()), *(self.paragraphs or ()), *filter(None, [self.look_back])]
        return " ".join(str(fault) for part in parts for faults in part.errors.values() for fault in faults)

    def see(self, revision: int | None) -> None:
        """Show the forms with this revision as the one that was seen."""
        if revision is not None:
            typed = cast(QueryDict, self.scene.data).copy()
            typed["scene-seen"] = str(revision)
            self.scene.data = typed

    def text(self) -> tuple[str, tuple[Fault, ...]]:
        """The passage in the format, and what is wrong with it."""
        said = self.scene.cleaned_data
        data = {"speaker": speaker} if (speaker := said.get("speaker", "").replace(" ", "-")) else {}
        sections = [SectionText(self.key, _plain(said.get("text", "")), self.kind, said["title"].strip(), data)]
        choices, blocks = self._choices(sections), self._blocks(sections)
        back = self.look_back.cleaned_data if self.look_back else {}
        sections += [SectionText(f"{self.key}.{part}", _plain(words)) for part, words in back.items() if words.strip()]
        passage = None
        if self.kind != "debrief":
            ending = self.kind == "ending"
            passage = Passage(self.key, tuple(choices), tuple(blocks), ending, said.get("skip", ""))
        words = {section.key: section for section in sections}
        text = write_scene(self.key, self.kind, words, passage)
        if any(_SIGN.search(one.markdown) for one in sections if one.kind != "why"):
            message = _("A line of these words begins with a sign that has a meaning here: ##, :::, - [a] or ->.")
            return text, (Fault("", 1, message, _("Begin that line with other words.")),)
        scene, _kind, faults = read_passage(text)
        faults = tuple(fault for fault in faults if not fault.warning)
        if not faults and (scene is None or not _same(scene, words, passage)):
            faults = (Fault("", 1, _("These words do not come back as they are."), _("Write them in plainer lines.")),)
        return text, faults

    def _choices(self, sections: list[SectionText]) -> list[Choice]:
        rows = [one.cleaned_data for one in self.choices or () if one.cleaned_data.get("label", "").strip()]
        used = {row["key"] for row in rows}
        found = []
        for row in rows:
            key = row["key"] or next(letter for letter in _LETTERS if letter not in used)
            used.add(key)
            place = f"{self.key}.{key}"
            sections.append(SectionText(place, row["label"].strip(), "choice"))
            for part in ("why", "basis"):
                if row[part].strip():
                    sections.append(SectionText(f"{place}.{part}", _plain(row[part]), part))
            ways = [_way(line) for line in row["ways"].splitlines() if line.strip()]
            ways += [Way(row["to"])] if row["to"] else []
            found.append(Choice(key, tuple(ways), row["when"].strip(), row["effects"].strip()))
        return found

    def _blocks(self, sections: list[SectionText]) -> list[Block]:
        rows = [one.cleaned_data for one in self.paragraphs or () if one.cleaned_data.get("text", "").strip()]
        used = {row["key"] for row in rows}
        found = []
        for row in rows:
            key = row["key"] or next(name for n in range(1, 99) if (name := f"part-{n}") not in used)
            used.add(key)
            sections.append(SectionText(f"{self.key}.{key}", _plain(row["text"]), "block"))
            found.append(Block(key, row["when"].strip(), row["effects"].strip()))
        return found


def _names_said(names: Sequence[str]) -> str:
    known = _("Names that can stand here: %(names)s") % {"names": ", ".join(names)}
    return f"{known}. " + _("For example: %(condition)s") % {"condition": f"{names[0]} >= 1"}


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()


def _way(line: str) -> Way:
    to, _if, when = line.strip().removeprefix("->").strip().partition(" if ")
    return Way(to.strip(), when.strip())


def _same(scene: Scene, words: Mapping[str, SectionText], passage: Passage | None) -> bool:
    """Whether what was read back is what was meant."""
    read = {section.key: (section.title, section.markdown) for section in scene.sections}
    return scene.passage == passage and read == {key: (one.title, one.markdown) for key, one in words.items()}


def _choices(key: str, scene: Scene | None, words: Mapping[str, SectionText]) -> list[dict[str, str]]:
    if scene is None or scene.passage is None:
        return []
    found = []
    for choice in scene.passage.choices:
        place = f"{key}.{choice.key}"
        *others, last = choice.ways
        if last.when:
            others, last = list(choice.ways), Way("")
        row = {
            "key": choice.key,
            "label": words[place].markdown,
            "to": last.to,
            "ways": "\n".join(f"{way.to} if {way.when}" for way in others),
            "when": choice.when,
            "effects": choice.effects,
        }
        parts = {part: words[f"{place}.{part}"].markdown for part in ("why", "basis") if f"{place}.{part}" in words}
        found.append(row | parts)
    return found


def _paragraphs(key: str, scene: Scene | None, words: Mapping[str, SectionText]) -> list[dict[str, str]]:
    if scene is None or scene.passage is None:
        return []
    return [
        {"key": one.key, "when": one.when, "effects": one.effects, "text": words[f"{key}.{one.key}"].markdown}
        for one in scene.passage.blocks
    ]
