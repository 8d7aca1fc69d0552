from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.directory.models import Territory
from concerted.kit.forms import CaseWarningInput, DateField, FreeTextField, NumberField


class FundingForm(forms.Form):
    """Money promised for a plan in one of its territories."""

    territory = forms.ModelChoiceField(Territory.objects.none(), label=_("Territory"), empty_label=_("Choose one"))
    amount = NumberField(label=_("Promised a year"), min_value=1, max_value=10**15)
    until = DateField(
        label=_("Until"), help_text=_("The last day on which it is paid. After it the plan is no longer funded.")
    )
    source = FreeTextField(
        label=_("Who promised it"),
        max_length=100,
        widget=CaseWarningInput,
        help_text=_("The fund and the decision, with its date"),
    )

    def __init__(self, territories: Any, money: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        territory = self.fields["territory"]
        assert isinstance(territory, forms.ModelChoiceField)
        territory.queryset = territories
        self.fields["amount"].help_text = money


class EndForm(forms.Form):
    """Why a promise holds no longer."""

    reason = FreeTextField(label=_("Why it holds no longer"), max_length=300, widget=CaseWarningInput)
