"""The interface is complete in every language, and no translation loses a placeholder."""

import ast
import copy
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

import concerted
from tests.catalogues import GAP, NUMBERS, SAID_IN_WORDS, faults_in, faults_of, gaps
from tests.french import set_french

CATALOGUES = sorted((Path(concerted.__file__).parent / "locale").glob("*/LC_MESSAGES/django.po"))


def test_there_are_three_beside_english() -> None:
    assert {path.parts[-3] for path in CATALOGUES} == {"ar", "es", "fr"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_nothing_is_left_to_translate_and_no_placeholder_is_lost(path: Path) -> None:
    assert faults_in(path) == []


def mutants(entry: polib.POEntry, language: str) -> Iterator[tuple[str, polib.POEntry]]:
    """An entry broken in every way a slip could break it; the check must tell each of them."""
    for what, form in [("words", None)] if not entry.msgid_plural else [("form", form) for form in entry.msgstr_plural]:
        words = entry.msgstr if form is None else entry.msgstr_plural[form]
        yield f"{what} {form} emptied", _with(entry, form, "")
        for gap in gaps(words):
            name = gap.replace("(", "(x") if "(" in gap else "%(x)s"
            yield f"{gap} renamed in {what} {form}", _with(entry, form, words.replace(gap, name))
            if form is None or gap not in NUMBERS or form not in SAID_IN_WORDS[language]:
                yield f"{gap} dropped from {what} {form}", _with(entry, form, words.replace(gap, "x"))
        if form is not None:
            shorter = copy.deepcopy(entry)
            del shorter.msgstr_plural[form]
            yield f"form {form} dropped", shorter
    guess = copy.deepcopy(entry)
    guess.flags.append("fuzzy")
    yield "a guess", guess


def _with(entry: polib.POEntry, form: int | None, words: str) -> polib.POEntry:
    made = copy.deepcopy(entry)
    if form is None:
        made.msgstr = words
    else:
        made.msgstr_plural[form] = words
    return made


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_check_tells_every_slip(path: Path) -> None:
    """Every string of the catalogue, broken in every way in turn: a check that lets one through proves nothing."""
    language = path.parts[-3]
    forms = 6 if language == "ar" else 2
    broken = [
        (entry.msgid, what, list(faults_of(mutant, language, forms)))
        for entry in polib.pofile(str(path))
        for what, mutant in mutants(entry, language)
    ]
    assert [(msgid, what) for msgid, what, faults in broken if not faults] == []
    for kind in ("emptied", "renamed", "dropped from", "dropped", "a guess"):
        assert sum(kind in what for _msgid, what, _faults in broken) > 50, kind


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
@pytest.mark.parametrize("plural", [False, True], ids=["one form", "plural"])
def test_a_broken_copy_is_told_with_its_string(path: Path, plural: bool, tmp_path: Path) -> None:
    catalogue = polib.pofile(str(path))
    entry = next(entry for entry in catalogue if bool(entry.msgid_plural) is plural and gaps(entry.msgid))
    if plural:
        del entry.msgstr_plural[max(entry.msgstr_plural)]
    else:
        entry.msgstr = GAP.sub("x", entry.msgstr)
    copied = tmp_path.joinpath(*path.parts[-3:])
    copied.parent.mkdir(parents=True)
    catalogue.save(str(copied))
    told = faults_in(copied)
    assert len(told) >= 1
    assert all(fault.endswith(f": {entry.msgid}") for fault in told)


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


def test_french_is_set_one_way() -> None:
    catalogue = next(path for path in CATALOGUES if path.parts[-3] == "fr")
    said = [words for entry in polib.pofile(str(catalogue)) for words in (entry.msgstr, *entry.msgstr_plural.values())]
    assert [f"{words} -> {set_french(words)}" for words in said if set_french(words) != words] == []


@pytest.mark.parametrize(
    ("plain", "right"),
    [
        ("L'unité qu'%(name)s a", "L’unité qu’%(name)s a"),
        ("L'« étape » ; l'`if:`", "L’«\xa0étape\xa0»\u202f; l’`if:`"),
        ("Qui ? Quoi !", "Qui\u202f? Quoi\u202f!"),
        ("« Elle » : 0-3: En danger", "«\xa0Elle\xa0»\xa0: 0-3: En danger"),
        ("10 000 le 27 3 2026, à 30 % ou %(n)s %%", "10\xa0000 le 27 3 2026, à 30\xa0% ou %(n)s\xa0%%"),
        ("Ceci : ::: nom, ##, :::, et ![Une porte]", "Ceci\xa0: ::: nom, ##, :::, et ![Une porte]"),
        ("`clé : valeur` et https://a.example/?b", "`clé : valeur` et https://a.example/?b"),
    ],
)
def test_setting_french_leaves_what_is_typed_into_a_file(plain: str, right: str) -> None:
    assert set_french(plain) == right
    assert set_french(right) == right
