"""A month of a service in numbers, a count to look at, and a file of counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.kit.forms import FreeTextField, NumberField
from concerted.planning.names import COUNTED, KINDS
from concerted.planning.rules.counts import MOST, ON_THE_WAY, Counted, CountOf
from concerted.planning.rules.kinds import ServiceKind

_WAYS = (Counted.REFERRED, Counted.WAIT_DAYS)
_AT_ONE = [counted for counted in Counted if counted not in ON_THE_WAY]


class MonthForm(forms.Form):
    """All numbers of one service in one month. An empty box is no data, which is not 0."""

    why = FreeTextField(
        label=_("Why a number is corrected"),
        required=False,
        max_length=200,
        help_text=_("Needed only where another number stands already."),
    )

    def __init__(self, service: ServiceKind, held: Mapping[CountOf, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = {f"{counted}": CountOf(service, counted) for counted in _AT_ONE}
        others = [kind for kind in ServiceKind if kind != service]
        self.of |= {f"{counted}.{to}": CountOf(service, counted, to) for to in others for counted in _WAYS}
        for name, of in self.of.items():
            # The service it leads to stands over the two boxes of the way there.
            label: Any = _("Referred there") if of.counted == Counted.REFERRED else COUNTED[Counted(of.counted)]
            box = NumberField(label=label, required=False, min_value=0, max_value=MOST, initial=held.get(of))
            # The page says once that any box may stay empty.
            box.narrows = True
            self.fields[name] = box
        self.order_fields([*self.of, "why"])
        if not any(of in held for of in self.of.values()):
            del self.fields["why"]

    @property
    def asks_why(self) -> bool:
        return "why" in self.fields

    @property
    def reason(self) -> str:
        """Why numbers are corrected, where she was asked."""
        return str(self.cleaned_data.get("why", ""))

    @property
    def at_one(self) -> list[Any]:
        """The boxes of the service itself."""
        return [self[name] for name, of in self.of.items() if not of.to]

    @property
    def on_the_way(self) -> list[tuple[Any, Any, Any]]:
        """For each other service its name, how many were referred there, and how long they waited."""
        return [
            (KINDS[ServiceKind(to)], self[f"{Counted.REFERRED}.{to}"], self[f"{Counted.WAIT_DAYS}.{to}"])
            for to in self._others()
        ]

    def _others(self) -> list[str]:
        return [of.to for of in self.of.values() if of.counted == Counted.REFERRED]

    @property
    def ways_held(self) -> bool:
        """Whether a way to another service holds a number already."""
        return any(self.fields[name].initial is not None for name, of in self.of.items() if of.to)

    def told(self, held: Mapping[CountOf, int]) -> dict[CountOf, int | None]:
        """What she counted; None where she emptied a box that held a number."""
        values = {of: self.cleaned_data.get(name) for name, of in self.of.items()}
        return {of: value for of, value in values.items() if value is not None or of in held}


class LookForm(forms.Form):
    """Which count to look at."""

    service = forms.ChoiceField(label=_("Service"), choices=[(kind.value, name) for kind, name in KINDS.items()])
    counted = forms.ChoiceField(
        label=_("What is counted"), choices=[(counted.value, COUNTED[counted]) for counted in _AT_ONE]
    )

    def of(self) -> CountOf | None:
        """The count that is asked for; None where nothing sound is asked."""
        if self.is_bound and self.is_valid():
            return CountOf(self.cleaned_data["service"], self.cleaned_data["counted"])
        return None


class CountFileForm(forms.Form):
    """A file of counts."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "Columns: territory, agency (if it is of one), month, service, counted, to, value. Nothing about a person."
        ),
    )
    why = FreeTextField(
        label=_("Why numbers are corrected"),
        required=False,
        max_length=200,
        help_text=_("Needed only where other numbers stand already."),
    )


def month_of(words: str) -> date | None:
    """A month as it stands in an address: 2027-03."""
    try:
        return date(int(words[:4]), int(words[5:7]), 1)
    except ValueError:
        return None
