"""What is wrong with a plan, in the reader's language. The rules and the maths know English only, as the command does.

Their sentences keep the pattern they were made of (`concerted.maths.said`). The
catalogues know each pattern by `fault_patterns`; here its figures are written the reader's way, and words of the file
stand in it as they stand there.
"""

import re
from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concerted.kit import digits
from concerted.maths.said import Figure, Listed, Said, Sentences

#: What is quoted of a file is no longer than this on a page.
LONGEST = 120
#: From here on a number is said by its power of ten.
_HUGE = 1e15
#: What a sentence says to write into the file.
_CODE = re.compile(r"`[^`]+`")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def in_words(message: str) -> tuple[str, str]:
    """What a fault says, and in which language: English where nobody has translated it."""
    language = get_language() or "en"
    return (_told(message, _plain), language) if _sayable(message, language) else (str(message), "en")


def as_html(message: str) -> tuple[SafeString, str]:
    """The same for a page: words of a file are set apart, so that no direction of writing moves what is beside them."""
    language = get_language() or "en"
    if not _sayable(message, language):
        return conditional_escape(str(message)), "en"
    return SafeString(_told(message, _apart)), language


def _sayable(message: str, language: str) -> bool:
    """Whether every pattern in it is translated."""
    patterns = tuple(_patterns(message))
    return bool(patterns) and (language.startswith("en") or all(gettext(one) != one for one in patterns))


def _patterns(message: Any) -> Iterator[str]:
    if isinstance(message, Sentences):
        for part in message.parts:
            yield from _patterns(part)
    elif isinstance(message, Said):
        yield message.pattern
        for value in message.values.values():
            yield from _patterns(value)


#: Writes what a file says.
_Quote = Callable[[str], str]


def _plain(words: str) -> str:
    return words


def _apart(words: str) -> str:
    return format_html("<bdi>{}</bdi>", words)


def _told(message: Any, quote: _Quote) -> str:
    if isinstance(message, Sentences):
        return " ".join(_told(part, quote) for part in message.parts)
    pattern = gettext(message.pattern)
    if quote is _apart:
        pattern = _CODE.sub(r'<bdi dir="ltr">\g<0></bdi>', escape(pattern))
    return pattern % {name: _value(value, quote) for name, value in message.values.items()}


def _value(value: Any, quote: _Quote) -> str:
    if isinstance(value, Said):
        return _told(value, quote)
    if isinstance(value, Figure):
        return quote(_figure(value))
    if isinstance(value, Listed):
        return gettext(", ").join(quote(word) for word in value.words)
    return quote(_as_written(value))


def _as_written(value: Any) -> str:
    """A value as the file has it, in its digits: she looks for it there. Not more of it than can be read."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    words = str(value)
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"


def _figure(figure: Figure) -> str:
    """A number that was counted or worked out, the reader's way."""
    text, value = str(figure), figure.value
    if "e" not in text:
        _whole, _point, decimals = text.partition(".")
        return digits.number(round(value, len(decimals)), len(decimals)) if isfinite(value) else text
    if 1 <= abs(value) < _HUGE:
        return digits.number(round(value))
    factor, _e, power = text.partition("e")
    raised = str(int(power)).translate(_RAISED).replace("-", "⁻")
    # Between Arabic digits the sign would turn them round.
    mark = "" if digits.localise(1) == "1" else "\N{LEFT-TO-RIGHT MARK}"
    times = f"{mark}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{mark}"
    return f"{digits.number(float(factor), len(factor.partition('.')[2]))}{times}{digits.localise(10)}{raised}"
