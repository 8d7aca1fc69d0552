"""What the starter curriculum promises: how much there is, that every answer teaches, and which languages are whole."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from concerted.packs.reading.modules import ModuleFolder
from concerted.packs.reading.packs import PackFolder, Read, read_pack
from concerted.packs.reading.units import UnitFile, mark_of
from concerted.practice.rules import QuestionText

#: Themes of the multi-sector programme that are whole in French: the first, and the one on supporting survivors.
IN_FRENCH = ("violence-against-women", "supporting-survivors")
#: First-line support, and the limits of privacy.
EVERYWHERE = ("A4.1", "A4.3")


@pytest.fixture(scope="module")
def read() -> Read:
    return read_pack(Path(__file__).parents[4] / "content" / "starter")


@pytest.fixture(scope="module")
def pack(read: Read) -> PackFolder:
    assert read.pack is not None
    return read.pack


def units(pack: PackFolder) -> list[UnitFile]:
    return [unit for module in pack.modules for unit in module.units]


def answers_of(unit: UnitFile, question: QuestionText) -> Iterator[tuple[str, str, str, bool]]:
    """Of everything that can be answered: its key, what is said to it, its misconception, and whether it is right.

    An order or pairs are answered as a whole, so two things can be said: to the right answer and to any other.
    """
    said = {section.key: section.markdown for section in unit.parts[question.key]}
    if question.kind in ("ordering", "matching"):
        yield f"{question.key}.right", said.get(f"{question.key}.right", ""), "", True
        yield f"{question.key}.not-quite", said.get(f"{question.key}.not-quite", ""), question.marking["tag"], False
        return
    for option in (section.key for section in unit.parts[question.key] if section.kind == "option"):
        letter = option.removeprefix(f"{question.key}.")
        tag = question.marking["tags"].get(letter, "")
        yield option, said.get(f"{option}.why", ""), tag, letter in question.marking["right"]


def test_there_is_a_whole_curriculum(read: Read, pack: PackFolder) -> None:
    assert read.faults == ()
    assert len(units(pack)) >= 55
    assert sum(len(unit.questions) for unit in units(pack)) >= 250
    themes = Counter(unit.code.split(".")[0] for unit in units(pack))
    assert set(themes) == {
        *(f"A{n}" for n in range(1, 6)),
        *(f"H{n}" for n in range(1, 5)),
        *(f"R{n}" for n in range(1, 7)),
    }


def test_every_answer_teaches_and_every_wrong_one_names_a_misconception(pack: PackFolder) -> None:
    told = [
        (unit.code, *answer)
        for unit in units(pack)
        for question in unit.questions
        for answer in answers_of(unit, question)
    ]
    assert len(told) >= 2 * 250
    assert [(code, key) for code, key, feedback, _tag, _right in told if not feedback] == []
    assert [(code, key) for code, key, _feedback, tag, right in told if bool(tag) is right] == []


def whole_in(module: ModuleFolder, unit: UnitFile, language: str) -> bool:
    """Every section is there in this language, made from the words that stand in the source today."""
    other = module.translations.get((unit.code, language))
    return other is not None and other.marks == {key: mark_of(sections) for key, sections in unit.parts.items()}


@pytest.mark.parametrize("code", IN_FRENCH)
def test_two_themes_are_whole_in_french(code: str, pack: PackFolder) -> None:
    module = next(module for module in pack.modules if module.text.code == code)
    assert module.units
    assert "fr" in module.heads
    assert [unit.code for unit in module.units if not whole_in(module, unit, "fr")] == []


@pytest.mark.parametrize("language", ["fr", "es", "ar"])
def test_first_line_support_and_the_limits_of_privacy_are_whole(language: str, pack: PackFolder) -> None:
    found = {
        unit.code: whole_in(module, unit, language)
        for module in pack.modules
        for unit in module.units
        if unit.code in EVERYWHERE
    }
    assert found == dict.fromkeys(EVERYWHERE, True)
