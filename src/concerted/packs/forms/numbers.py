"""What changes while a scenario is played, as rows of a form: a name, what it is called, how far it goes, its words."""

import re
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField
from concerted.practice.scenario.conditions import NAME

#: More than these nobody follows.
MOST_NUMBERS = 20
_BAND = re.compile(r"\s*(\d+(?:\s*[-–]\s*\d+)?)\s*:\s*(\S.*)")
_RANGE = re.compile(r"\s*(\d+)\s*[-–]\s*(\d+)\s*")
_YES_OR_NO = "flag"


class NumberForm(forms.Form):
    """Something that changes. Without a name it is taken out; yes or no has no words of its own."""

    name = forms.CharField(
        label=gettext_lazy("Short name, for conditions"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Small letters without blanks, for example: trust. It never changes."),
    )
    label = forms.CharField(
        label=gettext_lazy("What it is called"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("For example: Her trust in you"),
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("When it is shown"),
        required=False,
        choices=[
            ("always", gettext_lazy("always")),
            ("debrief", gettext_lazy("only when looking back")),
            ("never", gettext_lazy("never")),
            (_YES_OR_NO, gettext_lazy("never: it is only yes or no")),
        ],
    )
    low = forms.IntegerField(label=gettext_lazy("Goes from"), min_value=0, max_value=1000, required=False)
    high = forms.IntegerField(label=gettext_lazy("Goes to"), min_value=0, max_value=1000, required=False)
    start = forms.IntegerField(label=gettext_lazy("Begins at"), min_value=0, max_value=1000, required=False)
    bands = FreeTextField(
        label=gettext_lazy("How it stands, in words: one line for each stretch"),
        max_length=1000,
        required=False,
        help_text=gettext_lazy("For example: 0-3: She is closing"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A row that is sent unchanged is kept, whatever the page says of how many rows there were.
        self.empty_permitted = False

    def clean(self) -> dict[str, Any]:
        """Say where a line is not understood; the rest is the check's."""
        said = super().clean() or {}
        name = said.get("name", "").strip()
        if name and not NAME.fullmatch(name):
            self.add_error("name", _("Use small letters, digits and _, at most 30, beginning with a letter."))
        for line in filter(str.strip, said.get("bands", "").splitlines()):
            if _BAND.fullmatch(line) is None:
                self.add_error(
                    "bands",
                    _("“%(band)s” is not understood. Write numbers, a colon and words: 0-3: In danger.")
                    % {"band": line.strip()[:60]},
                )
        return said

    def facts(self) -> Any:
        """What the head says of it."""
        said = self.cleaned_data
        if said["shown"] == _YES_OR_NO:
            return _YES_OR_NO
        low = said["low"] or 0
        high = 10 if said["high"] is None else said["high"]
        start = low if said["start"] is None else said["start"]
        shown = said["shown"] or "always"
        facts = {"label": said["label"].strip(), "start": start, "range": f"{low}-{high}", "shown": shown}
        lines = [_BAND.fullmatch(line) for line in said["bands"].splitlines() if line.strip()]
        bands = {re.sub(r"\s*[-–]\s*", "-", match[1]): match[2].strip() for match in lines if match}
        return facts | ({"bands": bands} if bands else {})


class BaseNumbers(forms.BaseFormSet[NumberForm]):
    """All of them; no name stands twice."""

    def clean(self) -> None:
        """Two rows of one name would lose one of them."""
        names: set[str] = set()
        for form in self.forms:
            name = (form.cleaned_data if form.is_valid() else {}).get("name", "").strip()
            if name and name in names:
                form.add_error("name", _("“%(key)s” stands here twice.") % {"key": name})
            names.add(name)

    def variables(self) -> dict[str, Any]:
        """Name -> facts, as the head writes them."""
        return {name: form.facts() for form in self.forms if (name := form.cleaned_data.get("name", "").strip())}


NumberForms = cast(
    type[BaseNumbers],
    forms.formset_factory(NumberForm, formset=BaseNumbers, extra=1, max_num=MOST_NUMBERS, absolute_max=MOST_NUMBERS),
)


def rows_of(variables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the rows show of a head that is kept."""
    return [_row(str(name), facts) for name, facts in variables.items()]


def _row(name: str, facts: Any) -> dict[str, Any]:
    if not isinstance(facts, dict):
        return {"name": name, "shown": _YES_OR_NO}
    match = _RANGE.fullmatch(str(facts.get("range", "0-10")))
    low, high = (int(match[1]), int(match[2])) if match else (0, 10)
    return {
        "name": name,
        "label": str(facts.get("label", "")),
        "start": facts.get("start", low),
        "low": low,
        "high": high,
        "shown": facts.get("shown", "always"),
        "bands": "\n".join(f"{ends}: {words}" for ends, words in (facts.get("bands") or {}).items()),
    }
