import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.directory.models import Agency

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class MonthField(forms.CharField):
    """A month as 2027-04."""

    def clean(self, value: Any) -> str:
        """The month; refuses what is none."""
        said: str = super().clean(value)
        if said and not _MONTH.fullmatch(said):
            raise forms.ValidationError(_("Write year and month, for example 2027-04."))
        return said


class AssumptionsForm(forms.Form):
    """The values of a plan that somebody tries out; what is left empty stays as the file has it."""

    def __init__(self, assumptions: Iterable[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = {one.place: one.value for one in assumptions}
        for one in assumptions:
            label = f"{one.about}: {one.what}"
            if one.month:
                self.fields[one.place] = MonthField(label=label, required=False, max_length=7, initial=one.value)
            else:
                self.fields[one.place] = forms.FloatField(
                    label=label, required=False, min_value=one.least, initial=f"{one.value:g}"
                )
            self.fields[one.place].widget.attrs["class"] = "brief"

    def changes(self) -> dict[str, Any]:
        """What differs from the file, by place."""
        given = {place: value for place, value in self.cleaned_data.items() if value not in (None, "")}
        return {place: value for place, value in given.items() if value != self.values[place]}


class KeepForm(forms.Form):
    """Under which name, and for whom, a plan is kept."""

    title = forms.CharField(label=_("Name of the plan"), max_length=120)
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("For which agency"), required=False)

    def __init__(self, agencies: Any, everywhere: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.required = agencies, not everywhere
        field.empty_label = str(_("For the nation")) if everywhere else None
        if everywhere and not agencies.exists():
            del self.fields["agency"]
