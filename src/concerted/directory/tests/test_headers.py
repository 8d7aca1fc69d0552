"""Columns of a list are known by the words that the pages have for them, in every language of the pages."""

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from concerted.directory.imports.headers import AGENCIES, PEOPLE, TERRITORIES, guess
from concerted.directory.imports.people import _STAGES

#: A list of fields, and what the pages call the columns.
CALLED = [
    # "Nom" and "Nombre" stand for half a name where the other half has a column of its own: not asked here.
    (PEOPLE, {"agency": "Agency", "profession": "Profession", "language": "Language", "stage": "Stage"}),
    (PEOPLE, {"territory": "Territory"}),
    (AGENCIES, {"name": "Agency", "sector": "Sector", "territory": "Territory"}),
    (TERRITORIES, {"name": "Territory", "level": "Level", "code": "Code", "year": "Year", "source": "Source"}),
    (TERRITORIES, {"women": "Women", "persons": "Persons"}),
]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(("fields", "called"), CALLED)
def test_what_the_pages_call_a_column_is_understood(
    language: str, fields: dict[str, tuple[str, ...]], called: dict[str, str]
) -> None:
    with override(language):
        headers = {field: gettext(word) for field, word in called.items()}
    assert guess(list(headers.values()), fields) == headers


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize(("word", "stage"), [("In service", "in"), ("Before qualifying", "pre")])
def test_what_the_pages_call_a_stage_is_understood(language: str, word: str, stage: str) -> None:
    with override(language):
        assert _STAGES[gettext(word).casefold()] == stage
