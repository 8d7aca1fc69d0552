from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concerted.kit.forms import FreeTextField


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
