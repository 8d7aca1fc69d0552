from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concerted.kit.forms import CaseWarningInput, CaseWarningTextarea, FreeTextField
from concerted.practice.rules import LONGEST_NUMBER, LONGEST_REFLECTION, LONGEST_SHORT, REFLECTION


class LocalWordsForm(forms.Form):
    """What holds here, in one language, and where it is written down."""

    language = forms.CharField(widget=forms.HiddenInput)
    markdown = FreeTextField(label=_("What holds here"), required=False, max_length=600)
    source = forms.CharField(
        label=_("Where this is written down, or who confirmed it, and when"), required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.initial.get("language", "")
        known = getattr(language, "right_to_left", language.split("-")[0] in settings.LANGUAGES_BIDI)
        direction = "rtl" if known else "ltr"
        self.fields["markdown"].widget.attrs.update({"lang": str(language), "dir": direction})


class ShortAnswerForm(forms.Form):
    """An answer in a few words of her own."""

    answer = FreeTextField(
        max_length=LONGEST_SHORT,
        widget=CaseWarningInput({"dir": "auto", "autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )


class NumberAnswerForm(forms.Form):
    """An answer that is a number, in any digits."""

    answer = forms.CharField(
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"inputmode": "decimal", "class": "brief", "dir": "auto", "autocomplete": "off"}),
    )


class ReflectionForm(forms.Form):
    """What somebody writes for herself."""

    answer = FreeTextField(
        max_length=LONGEST_REFLECTION,
        help_text=_("Only you see this, and nobody marks it. Keep it empty to take it away. It goes after a year."),
        widget=CaseWarningTextarea({"dir": "auto", "rows": 6}),
    )


#: Kind of question -> the form that takes an answer in words.
ANSWER_FORMS: dict[str, type[forms.Form]] = {
    "short": ShortAnswerForm,
    "numeric": NumberAnswerForm,
    REFLECTION: ReflectionForm,
}
