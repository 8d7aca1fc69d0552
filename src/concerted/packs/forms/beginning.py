"""What begins a draft or a part of one, brings it from a file, and asks for it to be published."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concerted.packs.reading.files import MOST_BYTES


class NewScriptForm(forms.Form):
    """A new scenario."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    what = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            ("scenario", gettext_lazy("a scenario for one person")),
            ("case", gettext_lazy("a case for several people, each on a seat")),
        ],
        initial="scenario",
        required=False,
    )
    code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=gettext_lazy("Code, which never changes"),
        max_length=60,
        help_text=gettext_lazy("Small letters, digits and hyphens: man-in-the-corridor"),
    )


class FileForm(forms.Form):
    """A scenario's file, or a story from Twine."""

    file = forms.FileField(
        label=gettext_lazy("File (.md or .twee)"), help_text=gettext_lazy("At most 400 KB. It is not kept.")
    )
    language = forms.ChoiceField(label=gettext_lazy("Language it is written in"), choices=settings.LANGUAGES)

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 400 KB. Cut the story in two."))
        return file


class ProposeForm(forms.Form):
    """What is new, for those who translate and read it."""

    summary = forms.CharField(label=gettext_lazy("What is new, in a sentence"), max_length=300)


class NewPassageForm(forms.Form):
    """A passage to add."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[("passage", gettext_lazy("a passage")), ("ending", gettext_lazy("an ending"))],
    )


class NewPartForm(forms.Form):
    """A part of a case conference to add."""

    title = forms.CharField(label=gettext_lazy("Heading"), max_length=120)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            ("moment", gettext_lazy("a moment")),
            ("seat", gettext_lazy("a seat")),
            ("ending", gettext_lazy("an ending")),
        ],
    )
