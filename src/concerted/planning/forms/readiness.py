from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerted.directory.access import filter_territories
from concerted.directory.models import Territory
from concerted.kit.access import Reach
from concerted.kit.forms import CaseWarningInput, FreeTextField
from concerted.planning.services.ratings import Told


class PlaceForm(forms.Form):
    """Which authority."""

    place = forms.ModelChoiceField(Territory.objects.none(), label=_("Authority"), empty_label=_("Choose one"))

    def __init__(self, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = filter_territories(reach, Territory.objects.all()).order_by("name", "id")


class ItemForm(forms.Form):
    """The answer to one item: a level, and what shows it. Where the system fills in the level, a comment alone."""

    level = forms.TypedChoiceField(label=_("Which of these is true today?"), coerce=int, widget=forms.RadioSelect)
    evidence = FreeTextField(
        label=_("What shows it"),
        required=False,
        max_length=2000,
        help_text=_("A document, a date, a decision. Without any of these three, level 0 counts."),
    )
    link = forms.URLField(label=_("A link to it"), required=False, max_length=400, assume_scheme="https")
    figure = forms.CharField(
        label=_("Or a figure"),
        required=False,
        max_length=80,
        widget=CaseWarningInput,
        help_text=_("For example: 4 of 6 sessions held"),
    )

    def __init__(self, levels: Sequence[str], *args: Any, fills: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fills:
            del self.fields["level"], self.fields["link"], self.fields["figure"]
            self.fields["evidence"].label = _("Comment")
            self.fields["evidence"].help_text = _("The number stays as it is. Say what it does not show.")
        else:
            level: Any = self.fields["level"]
            level.choices = list(enumerate(levels))

    def told(self) -> Told:
        """What was answered."""
        asked = self.cleaned_data
        return Told(asked.get("level"), asked["evidence"].strip(), asked.get("link", ""), asked.get("figure", ""))
