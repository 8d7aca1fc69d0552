import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concerted.kit.forms import CaseWarningInput, DateField, FreeTextField

#: Days for which a key may open.
LONGEST = 365


class KeyForm(forms.Form):
    """What a new key is for, and until when it opens."""

    name = FreeTextField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("For example the case system of your agency."),
        widget=CaseWarningInput({"autocomplete": "off"}),
    )
    until = DateField(label=_("Works until"), help_text=_("A year at most. The shorter, the safer."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        last = timezone.localdate() + datetime.timedelta(days=LONGEST)
        super().__init__(*args, **{"initial": {"until": last}} | kwargs)

    def clean_until(self) -> datetime.date:
        until: datetime.date = self.cleaned_data["until"]
        if not 0 <= (until - timezone.localdate()).days <= LONGEST:
            raise forms.ValidationError(_("Choose a day from today on, at most a year ahead."))
        return until
