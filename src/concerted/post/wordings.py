"""The lines of the inbox. Each room registers its own; all are neutral, because somebody may look over a shoulder."""

from typing import Any

WORDINGS: dict[str, Any] = {}


def register(kind: str, line: Any) -> None:
    """Add a line; `line` is lazily translated and may hold %(name)s gaps filled from a notice's facts."""
    WORDINGS[kind] = line


def line_of(kind: str, facts: dict[str, Any]) -> str:
    """The line in the reader's language."""
    return str(WORDINGS[kind]) % facts if kind in WORDINGS else kind
