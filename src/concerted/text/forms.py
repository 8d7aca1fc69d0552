from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concerted.kit.forms import FreeTextField


class DraftForm(forms.Form):
    """A translator's words for one section, with what she was looking at."""

    title = forms.CharField(label=_("Heading"), max_length=300)
    markdown = FreeTextField(label=_("Words"), max_length=20_000)
    source_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, heading: bool, words: bool, finished: bool, language: str, right_to_left: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # The same form keeps a draft that is half written, so the browser must not insist.
        self.use_required_attribute = False
        shown = {"lang": language, "dir": "rtl" if right_to_left else "ltr"}
        self.fields["title"].widget.attrs.update(shown)
        self.fields["markdown"].widget.attrs.update(shown | {"rows": 8})
        for name, wanted in (("title", heading), ("markdown", words)):
            self.fields[name].required = finished
            if not wanted:
                del self.fields[name]


class EditForm(forms.Form):
    """An author's words for one section, with the draft she was looking at."""

    title = forms.CharField(label=_("Heading"), max_length=300)
    markdown = FreeTextField(label=_("Words"), max_length=20_000)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)

    def __init__(self, *args: Any, heading: bool, words: bool, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["markdown"].widget.attrs.update({"rows": 12})
        direction = "rtl" if language.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"
        for name, wanted in (("title", heading), ("markdown", words)):
            self.fields[name].widget.attrs.update({"lang": language, "dir": direction})
            if not wanted:
                del self.fields[name]


class SummaryForm(forms.Form):
    """What a new wording changes, for those who translate and read it."""

    summary = forms.CharField(label=_("What changes, in a sentence"), max_length=300)


class ReviewForm(forms.Form):
    """Whether a finished draft may be shown, and else what is to change."""

    remark = FreeTextField(label=_("What should be changed"), required=False, max_length=500)


class BackForm(forms.Form):
    """A file that comes back from a translator's tool."""

    file = forms.FileField(label=_("File from your tool (XLIFF or PO)"), help_text=_("At most 50 MB."))


class LanguageForm(forms.Form):
    """A language to translate into."""

    code = forms.CharField(label=_("Code of the language"), max_length=12, help_text=_("For example sw or am."))
    name = forms.CharField(label=_("Its own name for itself"), max_length=60)
    right_to_left = forms.BooleanField(label=_("It is written from right to left"), required=False)


class TranslatorForm(forms.Form):
    """Somebody who holds the role of translator."""

    person = forms.ChoiceField(label=_("Who translates"))

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(one.public), one.name) for one in people]  # type: ignore[attr-defined]
