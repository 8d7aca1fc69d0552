"""The forms of the second step in our own words."""

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django.utils.translation import gettext_lazy as _

from concerted.accounts.forms.signing import reword

_CODE = _("Code")
_FROM_APP = _("Six digits from your app, or one of your spare codes.")


class StepForm(base_forms.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _CODE, _FROM_APP)


class StepAgainForm(base_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _CODE, _FROM_APP)


class AppForm(totp_forms.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "code", _("The six digits the app shows now"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "dir": "ltr"}

    @property
    def secret_in_groups(self) -> str:
        """Four signs at a time: easier to copy, and a narrow screen can break the line."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class PasskeyForm(webauthn_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "name", _("Name of this key"), _("So that you know it again, for example: my phone."))
        reword(self, "passwordless", _("Sign in with this key alone, without a password"))


class PasskeyNameForm(webauthn_forms.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, "name", _("Name of this key"))
