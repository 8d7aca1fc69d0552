from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from concerted.kit.digits import localised
from concerted.kit.forms import FreeTextField
from concerted.packs.manuscript.archive import BYTES_MOST
from concerted.packs.manuscript.keys import KEY_MOST

TOO_LARGE = _("The file is larger than 50 MB. Take its pictures out: they are not taken along. Or cut it in two.")


class DocumentForm(forms.Form):
    """A document that is to become a module."""

    #: An empty file is answered as every other that is no document is: with what to do.
    file = forms.FileField(
        label=_("Document (.docx or .odt)"), help_text=localised(_("At most 50 MB.")), allow_empty_file=True
    )
    language = forms.ChoiceField(label=_("Language it is written in"), choices=settings.LANGUAGES)

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > BYTES_MOST:
            raise forms.ValidationError(localised(TOO_LARGE))
        return file

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return PurePath(self.cleaned_data["file"].name).stem


class AskForm(forms.Form):
    """What a document does not say of itself, before a second person is asked."""

    code = forms.CharField(
        label=_("Code"),
        max_length=KEY_MOST,
        help_text=_("Small letters, digits and hyphens. It never changes, and stands in the address of the module."),
    )
    summary = FreeTextField(label=_("What it is about, in a sentence or two"), max_length=600)
    aims = FreeTextField(
        label=_("Aims, one a line"), max_length=2_000, help_text=_("Say what people can do afterwards.")
    )

    def clean_code(self) -> str:
        """Nor may it be the address of another page beside the modules."""
        code: str = self.cleaned_data["code"]
        try:
            free = resolve(reverse("training:module", args=[code])).view_name == "training:module"
        except NoReverseMatch:
            free = False
        if not free:
            raise forms.ValidationError(_("This cannot be the code of a module. Choose another."))
        return code

    def clean_aims(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["aims"].splitlines() if line.strip()]


class RemarkForm(forms.Form):
    """What is to change before a module can be published."""

    remark = FreeTextField(
        label=_("What should be changed"),
        max_length=500,
        error_messages={"required": _("Say in a few words what should be changed.")},
    )

    # The same form publishes, which needs no remark, so that the browser must not insist.
    use_required_attribute = False
