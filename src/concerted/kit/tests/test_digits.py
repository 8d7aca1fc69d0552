"""Numbers are written as Django writes them, sooner."""

from decimal import Decimal

import pytest
from django.utils import formats, translation
from hypothesis import given
from hypothesis import strategies as st

from concerted.kit import digits

_NUMBERS = st.integers(-(10**12), 10**12) | st.floats(allow_nan=False, allow_infinity=False) | st.decimals(-1000, 1000)


@pytest.mark.parametrize("language", ["en", "fr", "es", "de"])
@given(value=_NUMBERS, places=st.none() | st.integers(0, 4))
def test_numbers_are_those_of_django(language: str, value: int | float | Decimal, places: int | None) -> None:
    with translation.override(language):
        expected = formats.number_format(value, places, use_l10n=True, force_grouping=True)
        assert digits.number(value, places) == expected


@pytest.mark.parametrize(("minutes", "said"), [(60, "1 hour"), (120, "2 hours"), (90, "1.5 hours"), (30, "0.5 hours")])
def test_hours_in_words(minutes: int, said: str) -> None:
    assert digits.hours_said(minutes) == said


@pytest.mark.parametrize(
    ("language", "minutes", "said"),
    [("en", 1, "1 minute"), ("ar", 1, "دقيقة واحدة"), ("ar", 10, "١٠ دقائق"), ("ar", 15, "١٥ دقيقة")],
)
def test_minutes_in_words(language: str, minutes: int, said: str) -> None:
    with translation.override(language):
        assert digits.minutes_said(minutes) == said


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar", "ar-ma", "sw", "hi"])
@pytest.mark.parametrize("places", [0, 1, 2])
def test_a_writer_of_many_numbers_writes_as_one_by_one(language: str, places: int) -> None:
    write = digits.writer(places, language)
    for value in (0, 0.04, -0.06, 0.25, 2.5, 999.96, 1234.5, 1_234_567.891, -98_765.4, 1e15):
        assert write(value) == digits.number(round(value, places), places, language)
