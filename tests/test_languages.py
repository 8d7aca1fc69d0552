"""The interface is complete in every language, and no translation loses a placeholder."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

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


_CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
_IN_TEMPLATE = re.compile(
    r"\b(?:_|n?gettext|p?gettext|npgettext)\((?:u?'''(.*?)'''|u?\"(.*?)\"|u?'(.*?)')[,)]", re.DOTALL
)
PACKAGE = Path(concerted.__file__).parent


def _said_in_code(path: Path) -> set[str]:
    said = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS and node.args:
            words = node.args[1 if node.func.id.startswith("pgettext") else 0]
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                said.add(words.value)
    return said


def _said_in_template(path: Path) -> set[str]:
    found = _IN_TEMPLATE.findall(templatize(path.read_text()))
    return {next(filter(None, words), "").replace('\\"', '"') for words in found} - {""}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_whatever_the_code_says_is_in_the_catalogue(path: Path) -> None:
    """Also what GNU gettext does not see, such as a call inside an f-string: those would stay English unnoticed."""
    said: set[str] = set()
    for source in PACKAGE.rglob("*.py"):
        if "tests" not in source.parts and "migrations" not in source.parts:
            said |= _said_in_code(source)
    for page in PACKAGE.rglob("templates/**/*"):
        if page.suffix in (".html", ".txt"):
            said |= _said_in_template(page)
    known = {entry.msgid for entry in polib.pofile(str(path))}
    assert len(said) > 500
    assert sorted(said - known) == []
