"""What kinds of things to learn are called, the state of a certificate, and the parts of a look back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Any] = {
    "module": _("Module"),
    "scenario": _("Situation"),
    "test": _("Test"),
    "case": _("Case study"),
    "questions": _("Questions"),
    "programme": _("Programme"),
    "course": _("Course elsewhere"),
    "import": _("Earlier record"),
}
STATES: dict[str, Any] = {"good": "", "expired": _("Expired"), "revoked": _("Revoked")}

#: The parts of the look back at the end of a scenario.
PARTS: dict[str, Any] = {
    "her": _("Her side"),
    "tempted": _("What tempts good people"),
    "protocol": _("What the protocol says"),
    "sectors": _("What others needed from you"),
}


def kind_in_words(kind: str) -> str:
    """A kind of thing in the reader's language."""
    return str(KINDS[kind])


def state_in_words(state: str) -> str:
    """The state of a certificate in the reader's language; nothing for a good one."""
    return str(STATES[state])


def part_in_words(part: str) -> str:
    """A part of a look back in the reader's language."""
    return str(PARTS[part])
