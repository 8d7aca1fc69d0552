"""allauth's forms in our own words, without placeholders (they vanish as soon as one types)."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concerted.directory.fields import NameField

EMAIL = _("E-mail")
PASSWORD = _("Password")
PASSWORD_HINT = _("At least 10 characters. A few words in a row are easy to remember.")
SHARED_DEVICE = _("Other people use this device too. Keep nothing on it.")
CODE = _("The code from the e-mail")


def reword(form: forms.BaseForm, name: str, label: Any, hint: Any = "") -> None:
    """Give one field of a borrowed form our label and hint."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


def _shared() -> forms.BooleanField:
    """What she says of the device she signs in on; `Adapter.pre_login` remembers it for the session."""
    return forms.BooleanField(label=SHARED_DEVICE, required=False)


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "login", EMAIL)
        reword(self, "password", PASSWORD)
        self.fields["shared"] = _shared()


class AskCodeForm(allauth_forms.RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", EMAIL)


class CodeForm(allauth_forms.ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", CODE)
        self.fields["shared"] = _shared()


class ResetForm(allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "email", EMAIL)


class _OneNewPassword:
    """Asked for once: typing it blind a second time helps nobody, and she can always ask for a new link."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        reword(self, "password1", _("New password"), PASSWORD_HINT)  # type: ignore[arg-type]


class NewPasswordForm(_OneNewPassword, allauth_forms.ResetPasswordKeyForm):
    pass


class SetPasswordForm(_OneNewPassword, allauth_forms.SetPasswordForm):
    pass


class ChangePasswordForm(_OneNewPassword, allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "oldpassword", _("Your password until now"))


class AgainForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "password", PASSWORD)


class SignUpForm(forms.Form):
    """Name, e-mail, password, language. Cleans only; whether the address is known is not asked here."""

    name = NameField(label=_("Your name"), max_length=160, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=EMAIL, widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label=PASSWORD,
        help_text=PASSWORD_HINT,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language of the e-mails to you"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = (get_language() or "en").split("-")[0]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password"):
            try:
                password_validation.validate_password(given["password"])
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class InvitedForm(SignUpForm):
    """The same for somebody who was invited: her address is known from the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["email"]


class PasswordAgainForm(forms.Form):
    """The password she chose when she signed up, when she opens the letter on another device."""

    password = forms.CharField(
        label=_("The password you chose"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
