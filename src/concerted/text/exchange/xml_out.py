"""XML going out: escaped, in a fixed order, without a date, so that the same words give the same bytes."""

from collections.abc import Iterable

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


def escaped(text: str) -> str:
    """Words between tags."""
    return text.translate(_TEXT)


def tag(name: str, attributes: dict[str, str], inner: str | None = None) -> str:
    """An element: opened only where `inner` is None, empty where it is "", whole otherwise. `inner` is XML."""
    written = "".join(f' {key}="{value.translate(_ATTRIBUTE)}"' for key, value in attributes.items())
    if inner is None:
        return f"<{name}{written}>"
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def document(lines: Iterable[str]) -> bytes:
    """The whole file in UTF-8, one line each."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n").encode()
