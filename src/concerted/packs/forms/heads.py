"""The head of a scenario as a form."""

import re
from typing import Any, cast

import yaml
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField
from concerted.packs.workshop.writing import write_head

_WORDS = ("title", "summary", "you", "note")
_BAND = re.compile(r"\s*(\d+(?:\s*-\s*\d+)?)\s*:\s*(.+)")


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
