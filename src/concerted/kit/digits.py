"""Digits and numbers in the reader's own script: ٤٢ for a reader of Arabic, 42 for most others."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from django.utils import formats, translation
from django.utils.functional import lazy
from django.utils.translation import ngettext

_ZERO = {"ar": "٠", "ckb": "٠", "fa": "۰", "ps": "۰", "bn": "০", "ne": "०", "mr": "०", "my": "၀"}
#: Arabic as written in the Maghreb keeps the digits of French.
_LATIN = frozenset({"ar-dz", "ar-ma", "ar-tn", "ar-ly"})
_ARABIC_MARKS = str.maketrans({",": "٬", ".": "٫"})
_TO_LATIN = str.maketrans(
    {chr(ord(zero) + n): str(n) for zero in set(_ZERO.values()) for n in range(10)} | {"٫": ".", "٬": None}
)


@lru_cache(maxsize=64)
def _table(language: str) -> dict[int, int] | None:
    zero = None if language in _LATIN else _ZERO.get(language.split("-")[0])
    return (zero and {ord("0") + n: ord(zero) + n for n in range(10)}) or None


def localise(text: object, language: str | None = None) -> str:
    """`text` with its digits in the script of `language` (default: the active one). Words are left alone."""
    table = _table(language or translation.get_language() or "en")
    return str(text).translate(table) if table else str(text)


#: The same of words that are translated later, when the language is known: labels and hints of forms.
localised = lazy(localise, str)


def plain(text: str) -> str:
    """`text` with digits of any known script as 0-9, so what a person typed can be read as a number or a date."""
    return text.translate(_TO_LATIN)


@lru_cache(maxsize=64)
def _marks(language: str) -> tuple[str, str] | None:
    """Thousands mark and decimal mark of a language that groups by three; None for others."""
    if formats.get_format("NUMBER_GROUPING", language, use_l10n=True) != 3:
        return None
    thousand, decimal = (str(formats.get_format(f"{name}_SEPARATOR", language)) for name in ("THOUSAND", "DECIMAL"))
    return thousand, decimal


def _grouped(text: str, places: int | None, thousand: str, decimal: str) -> str:
    """What Django's number_format makes of plain digits, a tenth of its time: a chart writes a hundred numbers."""
    sign = "-" if text.startswith("-") else ""
    whole, _point, part = text.removeprefix("-").partition(".")
    if places is not None:
        part = part[:places].ljust(places, "0")
    return f"{sign}{int(whole):,}".replace(",", thousand) + (decimal + part if part else "")


def number(value: int | float | Decimal, places: int | None = None, language: str | None = None) -> str:
    """`value` with the reader's digits, thousands mark and decimal mark; `places` fixes the decimals. Who writes many
    numbers asks for the `language` once.
    """
    language = language or translation.get_language() or "en"
    table = _table(language)
    if table is None:
        marks, text = _marks(language), str(value)
        if marks and not isinstance(value, Decimal) and text.lstrip("-").replace(".", "", 1).isdecimal():
            return _grouped(text, places, *marks)
        with translation.override(language):
            return formats.number_format(value, places, use_l10n=True, force_grouping=True)
    text = f"{value:,.{places}f}" if places is not None else f"{value:,}"
    # The marks of Arabic numerals, not those of the Latin text around them.
    return text.translate(_ARABIC_MARKS).translate(table)


@lru_cache(maxsize=64)
def writer(places: int, language: str) -> Callable[[float], str]:
    """What writes numbers with so many decimals in a language, rounded: for whoever writes a hundred of them."""
    table = _table(language)
    marks = _ARABIC_MARKS | table if table is not None else _marks(language)
    if marks is None:
        return lambda value: number(round(value, places), places, language)
    signs = marks if isinstance(marks, dict) else str.maketrans({",": marks[0], ".": marks[1]})
    shape = f",.{places}f"
    return lambda value: format(value, shape).translate(signs)


def hours(minutes: int) -> str:
    """Minutes as hours with the reader's digits, rounded to a tenth: 120 are 2, 90 are 1.5, 100 are 1.7."""
    # Rounded here: Django cuts the digits off that it does not show.
    return number(round(minutes / 60, 1), 1 if minutes % 60 else 0)


def hours_said(minutes: int) -> str:
    """The same in words: "1 hour", "2 hours", "1.5 hours"."""
    # Part of an hour takes the form of a round hundred: the plural, in Arabic "ساعة", never that of one or of two.
    told = 100 if minutes % 60 else minutes // 60
    return ngettext("%(n)s hour", "%(n)s hours", told) % {"n": hours(minutes)}


def minutes_said(minutes: int) -> str:
    """Minutes in words, with the reader's digits: "1 minute", "2 minutes"."""
    # The number chooses the form: Arabic has one for 10 minutes and another for 15.
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": localise(minutes)}
