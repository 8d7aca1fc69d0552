"""The lines of the inbox. Each room registers its own; all are neutral, because somebody may look over a shoulder.

A title of the catalogue may stand in one where it could not be told apart otherwise: only whoever signed in reads it.
"""

from typing import Any

from django.utils.translation import gettext as _

WORDINGS: dict[str, Any] = {}


def register(kind: str, line: Any) -> None:
    """Add a line; `line` is lazily translated and may hold %(name)s gaps filled from a notice's facts."""
    WORDINGS[kind] = line


def line_of(kind: str, facts: dict[str, Any]) -> str:
    """The line in the reader's language; a plain one when its room is gone or its facts no longer fit."""
    try:
        return str(WORDINGS[kind]) % facts
    except (KeyError, TypeError, ValueError):
        return _("There is something new for you.")
