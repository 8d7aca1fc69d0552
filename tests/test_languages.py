"""The interface is complete in every language, and no translation loses a placeholder."""

import re
from pathlib import Path

import polib
import pytest

import concerted

CATALOGUES = sorted((Path(concerted.__file__).parent / "locale").glob("*/LC_MESSAGES/django.po"))
_GAP = re.compile(r"%\(\w+\)[sd]|%[sd]")


def test_there_are_three_beside_english() -> None:
    assert {path.parts[-3] for path in CATALOGUES} == {"ar", "es", "fr"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_is_left_to_translate(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_placeholders_are_kept(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(path)):
        if entry.msgid_plural:
            known = set(_GAP.findall(entry.msgid_plural)) | set(_GAP.findall(entry.msgid))
            wrong += [entry.msgid for form in entry.msgstr_plural.values() if set(_GAP.findall(form)) - known]
        elif set(_GAP.findall(entry.msgstr)) != set(_GAP.findall(entry.msgid)):
            wrong.append(entry.msgid)
    assert wrong == []
