"""How French is set: the apostrophe and the no-break spaces. What is typed into a file keeps its own signs."""

import re

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[\w%«(]|\Z)")
#: A sign that ends words: neither `:::` nor `![` nor a placeholder.
_NARROW = re.compile(r" (?=[;?!](?![\w\[(=:;?!]))")
_FULL = re.compile(r" (?=:(?![\w:=/]))|(?<=«) | (?=»)|(?<=\d) (?=\d{3}\b|%(?![\w(]))|(?<=\)s) (?=%%)")
_CODE = re.compile(r"(`[^`]*`)")


def set_french(words: str) -> str:
    """The words with `’`, a narrow no-break space before ; ? ! and a full one before : and % and inside « »."""
    return "".join(part if part.startswith("`") else _set(part) for part in _CODE.split(words))


def _set(words: str) -> str:
    return _FULL.sub("\N{NO-BREAK SPACE}", _NARROW.sub("\N{NARROW NO-BREAK SPACE}", _APOSTROPHE.sub("’", words)))
