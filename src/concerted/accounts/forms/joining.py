from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concerted.directory.fields import NameField
from concerted.directory.models import Profession
from concerted.kit.forms import DateField

MOST_INVITED = 50


class ProfessionField(forms.ModelChoiceField):
    """What somebody works as, grouped by sector."""

    def __init__(self, **kwargs: Any) -> None:
        professions = Profession.objects.select_related("sector")
        super().__init__(queryset=professions, label=_("Works as"), empty_label=_("Choose"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.sector.name}: {obj.name}"


class CodeForm(forms.Form):
    """The code an agency handed out."""

    code = forms.CharField(
        label=_("Code of your agency"),
        max_length=20,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "brief",
                "dir": "ltr",
            }
        ),
    )
    profession = ProfessionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"].label = _("You work as")


class AskForm(forms.Form):
    """A request to be counted in."""

    profession = ProfessionField()
    since = DateField(label=_("Since"), help_text=_("The day you started there. About is good enough."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"].label = _("You work as")

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Ask again when you have started."))
        return since


class InviteForm(forms.Form):
    """Addresses, one a line or with commas between them."""

    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line, at most 50."),
        widget=forms.Textarea({"rows": 4, "cols": None, "dir": "ltr", "autocomplete": "off"}),
        max_length=10_000,
    )
    profession = ProfessionField()

    def clean_emails(self) -> list[str]:
        typed = self.cleaned_data["emails"].replace(",", "\n").replace(";", "\n").split()
        emails = list(dict.fromkeys(one.strip("<>").lower() for one in typed))
        if len(emails) > MOST_INVITED:
            raise forms.ValidationError(_("These are more than 50 addresses. Send them in several goes."))
        wrong = [one for one in emails if not _is_address(one)]
        if wrong:
            raise forms.ValidationError(gettext("Not an e-mail address: %(wrong)s") % {"wrong": ", ".join(wrong[:5])})
        return emails


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except forms.ValidationError:
        return False
    return len(text) <= 254


class CodeUntilForm(forms.Form):
    """Until when a new code works."""

    until = DateField(label=_("Works until"))

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        left = (until - timezone.localdate()).days
        if not 0 <= left <= 366:
            raise forms.ValidationError(_("Choose a day from today on, at most a year ahead."))
        return until


class AddressForm(forms.Form):
    """The address she wants to sign in with."""

    email = forms.EmailField(label=_("New e-mail"), widget=forms.EmailInput({"autocomplete": "email"}))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class DetailsForm(forms.Form):
    """What she may change about herself."""

    name = NameField(label=_("Your name"), max_length=160, widget=forms.TextInput({"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of pages and e-mails"), choices=settings.LANGUAGES)
    hidden = forms.BooleanField(
        label=_("Do not show me to others"),
        required=False,
        help_text=_(
            "Colleagues then find you in no list and on no page. Your managers still see your entry and what you have "
            "to learn. Coordinators see your name where they decide on your training or an exemption, or type your "
            "whole address. You are still counted in numbers without names."
        ),
    )
