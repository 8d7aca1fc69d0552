"""Faults of a plan file are told in the reader's language, and in English where nobody has translated them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from concerted.maths.said import said
from concerted.planning import fault_words
from concerted.planning.fault_words import PATTERNS, in_words

RULES = Path(fault_words.__file__).parent / "rules" / "plan"


def patterns() -> Iterator[str]:
    """What the rules say, read from their source."""
    for file in RULES.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                pattern = node.args[0]
                assert isinstance(pattern, ast.Constant), f"{file.name}:{node.lineno} no catalogue can know this"
                yield pattern.value


def test_catalogues_know_every_pattern_and_no_other() -> None:
    assert sorted(set(patterns())) == sorted(PATTERNS)


def test_words_of_the_file_stand_in_the_translation() -> None:
    message = said("“%(name)s” is missing. Write it.", name="people")
    with translation.override("en"):
        assert in_words(message) == ("“people” is missing. Write it.", "en")
    with translation.override("fr"):
        words, language = in_words(message)
    assert "people" in words
    assert language == ("en" if words == message else "fr")


def test_what_nobody_translated_is_marked_as_english() -> None:
    with translation.override("ar"):
        assert in_words(said("Nothing like %(this)s.", this="it")) == ("Nothing like it.", "en")
        assert in_words("A plain sentence.") == ("A plain sentence.", "en")
