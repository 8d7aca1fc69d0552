"""The fixed, neutral words of mail: no name, no topic, a link to the inbox and nowhere else."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def inbox_address() -> str:
    """Where the inbox is read."""
    return f"{settings.SITE_URL}/inbox/"


def choice_address() -> str:
    """Where mail is switched off."""
    return f"{settings.SITE_URL}/inbox/mail/"


def something_new(language: str) -> tuple[str, str]:
    """Subject and body of the one letter that follows a notice, in the reader's language."""
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        subject = _("Something new for you")
        body = _("There is something new for you. Sign in to read it:\n\n%(address)s\n") % {"address": inbox_address()}
    return subject, body
