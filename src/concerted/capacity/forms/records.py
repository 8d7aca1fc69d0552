from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.capacity.models import Mandate
from concerted.kit.forms import CaseWarningInput, DateField

LATEST = date(2199, 12, 31)


class AsAtForm(forms.Form):
    """Which day to look at."""

    on = DateField(label=_("As at"))

    def clean_on(self) -> date:
        """No day at the end of all days: pages look some months further."""
        on: date = self.cleaned_data["on"]
        if on > LATEST:
            raise forms.ValidationError(self.fields["on"].error_messages["invalid"])
        return on


class DecisionForm(forms.Form):
    """A yes or no to one thing that waits; a no to a claim says why."""

    claim = forms.IntegerField(widget=forms.HiddenInput)
    accept = forms.ChoiceField(choices=[("yes", _("Confirm")), ("no", _("Do not accept"))], widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=300)


class TakingBackForm(forms.Form):
    """Why a record is wrong."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("The second person reads it. For example: recorded for another person of the same name."),
        widget=CaseWarningInput,
    )


class ExemptionForm(forms.Form):
    """A time in which a mandate does not bind a person."""

    mandate = forms.ModelChoiceField(Mandate.objects.all(), label=_("Mandate"), empty_label=_("Choose"))
    from_day = DateField(label=_("From"))
    until_day = DateField(label=_("Until (the first day it binds again)"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Long leave, for example. No health details."),
        widget=CaseWarningInput,
    )
    authority = forms.CharField(label=_("Who decided it"), max_length=160)
