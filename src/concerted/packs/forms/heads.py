"""The head of a scenario as a form."""

from collections.abc import Mapping
from typing import Any, cast

import yaml
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField
from concerted.packs.forms.numbers import rows_of
from concerted.packs.workshop.writing import write_head

_WORDS = ("title", "summary", "you", "note")


class HeadForm(forms.Form):
    """What stands at the head of a scenario, but for what changes."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    summary = FreeTextField(label=gettext_lazy("Summary, for who decides whether to begin"), max_length=600)
    you = FreeTextField(label=gettext_lazy("Who she is in it: You are …"), max_length=600)
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

    def head(self, before: str, variables: Mapping[str, Any]) -> str:
        """The head as it is kept, with what changes; facts this form does not show stay as they were."""
        said = self.cleaned_data
        aims = [line.strip() for line in said["aims"].splitlines() if line.strip()]
        facts = dict(_facts(before)) | {
            **{name: said[name].replace("\r\n", " ").strip() for name in _WORDS if name in said},
            "minutes": said["minutes"],
            "aims": dict(enumerate(aims, start=1)),
            "variables": dict(variables),
        }
        if "interrupts" in said:
            facts["sectors"] = said["sectors"]
            facts["interrupts"] = [line.strip() for line in said["interrupts"].splitlines() if line.strip()]
        return write_head(facts)


def _facts(head: str) -> dict[str, Any]:
    found = yaml.safe_load(head)
    return found if isinstance(found, dict) else {}


def numbers_of(head: str) -> list[dict[str, Any]]:
    """What changes, as the rows of the form show it."""
    return rows_of(_facts(head).get("variables") or {})


def initial_of(head: str, revision: int) -> dict[str, Any]:
    """What the form shows of a head that is kept."""
    facts = _facts(head)
    aims = facts.get("aims") or {}
    return {
        **{name: facts.get(name, "") for name in (*_WORDS, "minutes", "sectors")},
        "aims": "\n".join(str(words) for words in aims.values()),
        "interrupts": "\n".join(facts.get("interrupts") or ()),
        "seen": revision,
    }
