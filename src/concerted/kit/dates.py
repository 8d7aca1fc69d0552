"""Dates in the words of the reader, with digits of the reader's script."""

import datetime
from functools import lru_cache

from django.utils import translation
from django.utils.formats import date_format, get_format

from concerted.kit.digits import localise


def in_words(value: datetime.date, shape: str = "") -> str:
    """A date in words. `shape`: "" 29 May 2026, "short" 29 May, "week" Friday 29 May 2026, "month" May 2026."""
    return _in_words(value, shape, (translation.get_language() or "en").split("-")[0])


@lru_cache(maxsize=4096)
def _in_words(value: datetime.date, shape: str, language: str) -> str:
    if shape == "short":
        pattern = "j F" if language in ("en", "ar", "fr") else get_format("MONTH_DAY_FORMAT")
    elif shape == "month":
        pattern = "F Y"
    else:
        # Day, month in words, year: Django's own "en" puts the month first, its "ar" adds a comma nobody says.
        pattern = "j F Y" if language in ("en", "ar") else get_format("DATE_FORMAT")
        if shape == "week":
            pattern = f"l {pattern}"
    return localise(date_format(value, pattern))
