"""What is wrong in a catalogue: words missing, placeholders lost or misspelt, plural forms short."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

GAP = re.compile(r"%\(\w+\)[sd]|%[sd]")
#: Language -> the plural forms that stand for one number only, or for none and one: there a word may say the number.
SAID_IN_WORDS = {"fr": {0}, "es": {0}, "ar": {0, 1, 2}}
#: What a number is called in our strings.
NUMBERS = frozenset({"%(n)s", "%(count)s", "%(people)s", "%(shown)s"})
_FORMS = re.compile(r"nplurals=(\d+)")


def faults_in(path: Path) -> list[str]:
    """Every fault of a catalogue, each with the string it is about."""
    catalogue = polib.pofile(str(path))
    language, forms = path.parts[-3], _FORMS.search(catalogue.metadata["Plural-Forms"])
    assert forms, "the head of a catalogue says how many plural forms its language has"
    return [f"{fault}: {entry.msgid}" for entry in catalogue for fault in faults_of(entry, language, int(forms[1]))]


def faults_of(entry: polib.POEntry, language: str, forms: int) -> Iterator[str]:
    """What is wrong with one string in a language that has so many plural forms."""
    if entry.fuzzy:
        yield "a guess"
    if not entry.msgid_plural:
        yield from _said(entry.msgstr, gaps(entry.msgid), gaps(entry.msgid))
        return
    if sorted(entry.msgstr_plural) != list(range(forms)):
        yield "plural forms are missing or too many"
    known = gaps(entry.msgid_plural)
    for form, said in entry.msgstr_plural.items():
        needed = known - NUMBERS if form in SAID_IN_WORDS[language] else known
        yield from _said(said, needed, known)


def _said(words: str, needed: set[str], known: set[str]) -> Iterator[str]:
    if not words.strip():
        yield "not translated"
    for gap in sorted(needed - gaps(words)):
        yield f"{gap} is lost"
    for gap in sorted(gaps(words) - known):
        yield f"{gap} is unknown"


def gaps(words: str) -> set[str]:
    """The placeholders of a string."""
    return set(GAP.findall(words))
