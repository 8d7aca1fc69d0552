import re
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concerted.kit.forms import CaseWarningInput, CaseWarningTextarea, FreeTextField
from concerted.practice.rules import LONGEST_NUMBER, LONGEST_REFLECTION, LONGEST_SHORT, REFLECTION

_CODE = re.compile(r"[0-9a-f]{40}")


class CodeForm(forms.Form):
    """The code of a certificate, as printed at its foot, with or without the address around it."""

    code = forms.CharField(label=_("Code of the certificate"), max_length=200)

    def clean_code(self) -> str:
        """The code alone, however it was typed or pasted."""
        last = self.cleaned_data["code"].strip().rstrip("/").rpartition("/")[2]
        code = "".join(last.split()).lower()
        if not _CODE.fullmatch(code):
            raise forms.ValidationError(_("A code has forty letters and digits, from a to f and 0 to 9. Look again."))
        return code


class CatalogueForm(forms.Form):
    """What somebody looks for in the catalogue. Every field may stay as it is."""

    kind = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("module", _("Modules")),
            ("scenario", _("Situations to practise")),
            ("questions", _("Questions")),
            ("test", _("Tests")),
        ],
    )
    post = forms.ChoiceField(label=_("For whom"), required=False)
    language = forms.ChoiceField(label=_("In which language"), required=False)
    minutes = forms.ChoiceField(
        label=_("How long at most"),
        required=False,
        choices=[("", _("Any time")), ("15", _("15 minutes")), ("30", _("30 minutes")), ("60", _("One hour"))],
    )

    def __init__(self, posts: list[Any], languages: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", _("For all")), *posts]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("In any language")), *languages]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, Any]:
        """What was chosen, as `CatalogueLine.fits` asks for it; what cannot be understood asks for nothing."""
        self.is_valid()
        said = self.cleaned_data if self.is_bound else {}
        return {
            "kind": said.get("kind", ""),
            "sector": said.get("post", "").partition(":")[0],
            "language": said.get("language", ""),
            "minutes": int(said.get("minutes") or 0),
        }


class RevocationForm(forms.Form):
    """Why a certificate is no longer good."""

    reason = FreeTextField(
        label=_("Why it is revoked"),
        max_length=300,
        help_text=_("Its holder reads it. Whoever checks the certificate does not."),
    )


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
