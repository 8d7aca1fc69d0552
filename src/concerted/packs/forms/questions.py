from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concerted.kit.digits import localised
from concerted.kit.forms import FreeTextField
from concerted.packs.queries import BankLine
from concerted.packs.questions.formats import FORMATS

BYTES_MOST = 50 * 1024 * 1024


class _BankSelect(forms.Select):
    """Banks by their titles, each marked with the language it has; `languages`: by code of the bank."""

    languages: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.languages:
            option["attrs"]["lang"] = self.languages[value]
        return option


class QuestionsForm(forms.Form):
    """A file of questions, and the bank they are for."""

    file = forms.FileField(label=_("File (GIFT, Moodle XML, Aiken or CSV)"), help_text=localised(_("At most 50 MB.")))
    form = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[("", _("Look into the file")), *((name, form.name) for name, form in FORMATS.items())],
    )
    bank = forms.ChoiceField(label=_("Bank"), required=False, widget=_BankSelect)
    code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Code of the new bank"),
        required=False,
        max_length=60,
        help_text=_("Small letters, digits and hyphens. It never changes."),
    )
    language = forms.ChoiceField(label=_("Language of a new bank"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, banks: Sequence[BankLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["bank"])
        field.choices = [("", _("A new bank")), *((bank.code, bank.title) for bank in banks)]
        field.widget.languages = {bank.code: bank.language for bank in banks}

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > BYTES_MOST:
            raise forms.ValidationError(
                localised(_("The file is larger than 50 MB. Take its pictures out, or cut it in two."))
            )
        return file

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("bank") and not said.get("code") and "code" not in self.errors:
            self.add_error("code", _("Choose a bank, or write the code of a new one."))
        return said

    @property
    def for_bank(self) -> str:
        """The code of the bank the questions are for."""
        code: str = self.cleaned_data["bank"] or self.cleaned_data["code"]
        return code


class NewBankForm(forms.Form):
    """What a file does not say of a bank that is new, before a second person is asked."""

    title = forms.CharField(label=_("Title"), max_length=120)
    summary = FreeTextField(label=_("What it is about, in a sentence or two"), max_length=600)
