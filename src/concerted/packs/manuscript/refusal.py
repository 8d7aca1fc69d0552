"""Why a document cannot be read, and what to do about it."""

from typing import Any

from django.utils.translation import gettext as _


class ManuscriptRefused(Exception):
    """Nothing was taken from the document; the message says why, `remedy` what to do."""

    def __init__(self, message: Any, remedy: Any) -> None:
        super().__init__(f"{message} {remedy}")
        self.message, self.remedy = str(message), str(remedy)


def save_again() -> str:
    """The remedy for most of what is broken."""
    return _("Open it in your word processor and save it as .docx or .odt.")


def damaged_text() -> ManuscriptRefused:
    return ManuscriptRefused(_("The text inside the document is damaged."), save_again())


def no_text() -> ManuscriptRefused:
    """A zip file of another kind: a spreadsheet, slides, or no document at all."""
    return ManuscriptRefused(_("This is no text document in .docx or .odt."), save_again())
