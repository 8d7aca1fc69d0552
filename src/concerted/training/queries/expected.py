"""What fits a question answered in words, and the wrong answers that were foreseen, as a book tells them."""

from collections.abc import Mapping
from typing import Any

from concerted.kit.digits import localise
from concerted.practice.rules import forms_of
from concerted.text.rules import SectionShown
from concerted.training.book.shape import Line, Words
from concerted.training.rules import SLIP, StepShown


def expected_in(
    step: StepShown, question: SectionShown, marking: Mapping[str, Any], feedback: Mapping[str, Words]
) -> tuple[Line, ...]:
    """The answers that fit, then those that were foreseen, each with what is said to it."""
    if "value" in marking:
        unit, language = step.typed.get("unit"), question.language
        amounts = {"": [marking["value"], marking["tolerance"]]} | marking["slips"]
        return tuple(
            Line(_amount(value, tolerance, unit, language), not key, feedback.get(key))
            for key, (value, tolerance) in amounts.items()
        )
    slips = {key: part for key, part in step.typed.items() if part.kind == SLIP}
    return (
        *(Line(words, True) for words in _forms(step.typed.get("accepted"))),
        *(Line(words, False, feedback.get(key)) for key, part in slips.items() for words in _forms(part)),
    )


def _forms(section: SectionShown | None) -> list[Words]:
    """The forms of an answer, a star as the signs that it stands for."""
    return [Words(form.replace("*", "…"), section.language) for form in forms_of(section.markdown)] if section else []


def _amount(value: str, tolerance: str, unit: SectionShown | None, language: str) -> Words:
    number = value if tolerance == "0" else f"{value} ± {tolerance}"
    language = unit.language if unit else language
    return Words(f"{localise(number, language)} {unit.markdown if unit else ''}".strip(), language)
