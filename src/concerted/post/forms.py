from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    """Whether mail tells her that there is something new."""

    wanted = forms.TypedChoiceField(
        label=_("Mail when there is something new"),
        help_text=_("The mail never says what it is about. Letters you ask for yourself, such as a code, always come."),
        choices=[("yes", _("Send me a mail")), ("no", _("Send me none"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
