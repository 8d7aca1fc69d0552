"""The fields of a part of a case conference, and of the rows that stand on its form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from concerted.kit.forms import FreeTextField
from concerted.packs.forms.passages import MOST_WORDS

#: More rows of a kind nobody weighs at one table.
MOST_ROWS = 20


class PartForm(forms.Form):
    """The part itself; a kind of part leaves out what it has not. `seen`, `page`: as in `SceneForm`."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"))
    day = forms.IntegerField(
        label=gettext_lazy("Day"),
        min_value=0,
        max_value=365,
        help_text=gettext_lazy("Counted from the first moment, which is on day 0."),
    )
    when = forms.CharField(label=gettext_lazy("Comes only if"), max_length=300, required=False)
    text = FreeTextField(label=gettext_lazy("What everybody reads"), max_length=MOST_WORDS, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    page = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)


class FactForm(forms.Form):
    """Something that one seat knows. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What only this seat knows"), max_length=400, required=False)
    needed = forms.MultipleChoiceField(
        label=gettext_lazy("Who has to hear it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nobody: it is to be kept."),
    )
    locates = forms.BooleanField(label=gettext_lazy("It tells where she can be found"), required=False)
    told = forms.CharField(
        label=gettext_lazy("What it changes when the first who needs it hears it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: safety -1, trust +2, promised"),
    )
    spilled = forms.CharField(
        label=gettext_lazy("What it changes when the first who does not need it hears it"),
        max_length=300,
        required=False,
    )
    why = FreeTextField(label=gettext_lazy("Why it is to be told, or kept"), max_length=MOST_WORDS, required=False)


class AskForm(forms.Form):
    """A question that seats may put; the fact that answers it says whom. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What is asked"), max_length=300, required=False)
    about = forms.ChoiceField(label=gettext_lazy("What answers it"), required=False)

    def clean(self) -> dict[str, Any]:
        """A question without an answer can be put to nobody."""
        said = super().clean() or {}
        if said.get("label", "").strip() and not said.get("about") and "about" not in self.errors:
            self.add_error("about", gettext_lazy("Choose the fact that answers it."))
        return said


class DecisionForm(forms.Form):
    """Something a seat can decide in a moment. Without words it is taken out."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    label = forms.CharField(label=gettext_lazy("What this seat can decide"), max_length=300, required=False)
    when = forms.CharField(label=gettext_lazy("Can be chosen only if"), max_length=300, required=False)
    effects = forms.CharField(
        label=gettext_lazy("What it changes"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example: safety -1, trust +2, promised"),
    )
    lost = forms.IntegerField(label=gettext_lazy("Days that it costs"), min_value=0, max_value=365, required=False)
    why = FreeTextField(label=gettext_lazy("What follows"), max_length=MOST_WORDS, required=False)
    basis = forms.CharField(label=gettext_lazy("The paragraph of the protocol"), max_length=600, required=False)


class ForSeatForm(forms.Form):
    """What only one seat reads in a moment."""

    text = FreeTextField(label=gettext_lazy("What only this seat reads"), max_length=MOST_WORDS, required=False)


FactForms = forms.formset_factory(FactForm, extra=1, max_num=MOST_ROWS)
AskForms = forms.formset_factory(AskForm, extra=1, max_num=MOST_ROWS * 2)
DecisionForms = forms.formset_factory(DecisionForm, extra=1, max_num=MOST_ROWS)
