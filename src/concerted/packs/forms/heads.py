"""The head of a scenario as a form."""

import re
from typing import Any, cast

import yaml
from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField
from concerted.packs.reading.files import MOST_BYTES
from concerted.packs.workshop.writing import write_head

_WORDS = ("title", "summary", "you", "note")
_BAND = re.compile(r"\s*(\d+(?:\s*-\s*\d+)?)\s*:\s*(.+)")


class NewScriptForm(forms.Form):
    """A new scenario."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    what = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            ("scenario", gettext_lazy("a scenario for one person")),
            ("case", gettext_lazy("a case for several people, each on a seat")),
        ],
        initial="scenario",
        required=False,
    )
    code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=gettext_lazy("Code, which never changes"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens: man-in-the-corridor"),
    )


class FileForm(forms.Form):
    """A scenario's file, or a story from Twine."""

    file = forms.FileField(
        label=gettext_lazy("File (.md or .twee)"), help_text=gettext_lazy("At most 400 KB. It is not kept.")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language it is written in"), choices=settings.LANGUAGES)

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 400 KB. Cut the story in two."))
        return file


class ProposeForm(forms.Form):
    """What is new, for those who translate and read it."""

    summary = forms.CharField(label=gettext_lazy("What is new, in a sentence"), max_length=300)


class NewPassageForm(forms.Form):
    """A passage to add."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[("passage", gettext_lazy("a passage")), ("ending", gettext_lazy("an ending"))],
    )


class NewPartForm(forms.Form):
    """A part of a case conference to add."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            ("moment", gettext_lazy("a moment")),
            ("seat", gettext_lazy("a seat")),
            ("ending", gettext_lazy("an ending")),
        ],
    )


class HeadForm(forms.Form):
    """What stands at the head of a scenario. Numbers are written one a line, in parts between upright strokes."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    summary = forms.CharField(label=gettext_lazy("Summary, for who decides whether to begin"), max_length=600)
    you = forms.CharField(label=gettext_lazy("Who she is in it: You are …"), max_length=600)
    note = FreeTextField(label=gettext_lazy("What hard things are named"), max_length=600)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=240)
    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Whose view it takes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: everybody’s."),
    )
    aims = FreeTextField(
        label=gettext_lazy("After this one can: one aim a line"),
        max_length=1200,
        help_text=gettext_lazy("At most nine."),
    )
    numbers = FreeTextField(
        label=gettext_lazy("What changes, one a line"),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("safety | Her safety | 4 | 0-10 | always | 0-3: In danger; 4-10: Safer"),
    )
    interrupts = FreeTextField(
        label=gettext_lazy("What happens by itself, one a line"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("time <= 0 -> knock"),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sectors: Any, seats: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # In a case conference each seat says who she is and whose view it takes, and nothing happens by itself.
        for name in ("you", "sectors", "interrupts") if seats else ():
            del self.fields[name]
        if seats:
            return
        self.fields["sectors"].choices = sectors  # type: ignore[attr-defined]

    def see(self, revision: int) -> None:
        """Show the form with this revision as the one that was seen."""
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = str(revision)
        self.data = typed

    def clean_numbers(self) -> dict[str, Any]:
        """Name -> facts, as the head writes them."""
        found: dict[str, Any] = {}
        for line in self.cleaned_data["numbers"].splitlines():
            parts = [part.strip() for part in line.split("|")]
            if not line.strip():
                continue
            if len(parts) == 2 and parts[1] == "flag":
                found[parts[0]] = "flag"
            elif len(parts) == 6 and parts[2].isdecimal():
                found[parts[0]] = _number(parts)
            else:
                raise forms.ValidationError(
                    _("“%(line)s” is not understood. Write it like the example below.") % {"line": line.strip()[:60]}
                )
        return found

    def head(self, before: str) -> str:
        """The head as it is kept; facts this form does not show stay as they were."""
        said = self.cleaned_data
        aims = [line.strip() for line in said["aims"].splitlines() if line.strip()]
        facts = dict(_facts(before)) | {
            **{name: said[name].replace("\r\n", " ").strip() for name in _WORDS if name in said},
            "minutes": said["minutes"],
            "aims": dict(enumerate(aims, start=1)),
            "variables": said["numbers"],
        }
        if "interrupts" in said:
            facts["sectors"] = said["sectors"]
            facts["interrupts"] = [line.strip() for line in said["interrupts"].splitlines() if line.strip()]
        return write_head(facts)


def _number(parts: list[str]) -> dict[str, Any]:
    bands: dict[str, str] = {}
    for one in filter(str.strip, parts[5].split(";")):
        match = _BAND.fullmatch(one)
        if match is None:
            raise forms.ValidationError(
                _("“%(band)s” is not understood. Write numbers, a colon and words: 0-3: In danger.")
                % {"band": one[:60]}
            )
        bands[match[1].replace(" ", "")] = match[2].strip()
    return {"label": parts[1], "start": int(parts[2]), "range": parts[3], "shown": parts[4], "bands": bands}


def _facts(head: str) -> dict[str, Any]:
    found = yaml.safe_load(head)
    return found if isinstance(found, dict) else {}


def initial_of(head: str, revision: int) -> dict[str, Any]:
    """What the form shows of a head that is kept."""
    facts = _facts(head)
    aims = facts.get("aims") or {}
    return {
        **{name: facts.get(name, "") for name in (*_WORDS, "minutes", "sectors")},
        "aims": "\n".join(str(words) for words in aims.values()),
        "numbers": "\n".join(_line(name, one) for name, one in (facts.get("variables") or {}).items()),
        "interrupts": "\n".join(facts.get("interrupts") or ()),
        "seen": revision,
    }


def _line(name: str, facts: Any) -> str:
    if not isinstance(facts, dict):
        return f"{name} | {facts}"
    bands = "; ".join(f"{ends}: {words}" for ends, words in (facts.get("bands") or {}).items())
    usual = {"label": "", "start": 0, "range": "0-10", "shown": "always"}
    parts = [str(facts.get(key, value)) for key, value in usual.items()]
    return " | ".join([name, *parts, bands])
