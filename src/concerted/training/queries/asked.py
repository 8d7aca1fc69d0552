"""A question as a form shows it, and after an answer what fits and why: the same in a unit, a quiz and a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from concerted.kit.memory import remember
from concerted.practice.models import QuestionVersion
from concerted.practice.rules import REFLECTION, TYPED, mark, shuffled, with_forms
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.rules import StepShown, Taken, cut


@remember(4000)
def _marking(version_id: int, key: str) -> dict[str, Any]:
    return QuestionVersion.objects.values_list("marking", flat=True).get(question__key=key, version=version_id)


@remember(1000)
def _steps_as_written(version_id: int) -> list[StepShown]:
    return cut(text.as_written(version_id).sections)


@lru_cache(maxsize=1000)
def _steps_of(sections: tuple[SectionShown, ...]) -> list[StepShown]:
    return cut(sections)


def steps_shown(version_id: int, sections: Sequence[SectionShown]) -> list[StepShown]:
    """The steps of a version with these words, cut once: `sections` as `read_sections` gives them."""
    as_written = sections is text.as_written(version_id).sections
    return _steps_as_written(version_id) if as_written else _steps_of(tuple(sections))


@dataclass(frozen=True)
class ChoiceShown:
    """One option as the form shows it, and after an answer what she chose, whether it fits, and why."""

    key: str
    words: SectionShown
    chosen: bool = False
    right: bool | None = None
    why: SectionShown | None = None
    value: str = ""


@dataclass(frozen=True)
class Asked:
    """A question as its form shows it. `right`: None until she has answered.

    `typed`: what stands in the box of a question that is answered in words; `unit`: what a number counts.
    """

    kind: str = ""
    choices: tuple[ChoiceShown, ...] = ()
    replies: tuple[SectionShown, ...] = ()
    answered: bool = False
    right: bool | None = None
    verdict: SectionShown | None = None
    typed: str = ""
    unit: SectionShown | None = None

    @property
    def in_words(self) -> bool:
        """Whether it is answered in words of her own."""
        return self.kind in TYPED or self.kind == REFLECTION

    @property
    def scored(self) -> bool:
        """Whether an answer can be right or not."""
        return self.kind != REFLECTION

    @property
    def found(self) -> int:
        """Of an answer to several lines: how many of hers fit."""
        return sum(choice.chosen and bool(choice.right) for choice in self.choices)

    @property
    def fitting(self) -> int:
        """How many there are that fit: all lines that are placed, or the options that are right; 0 of one answer."""
        if self.kind == "multiple":
            return sum(bool(choice.right) for choice in self.choices)
        return len(self.choices) if self.kind in ("ordering", "matching") else 0


def asked_in(version_id: int, step: StepShown, seed: str, answer: Taken | None) -> Asked:
    """The question of a step, `Asked()` where there is none; `seed` mixes its lines the same way each time.

    After an answer its marking is read, once a process for each question.
    """
    if step.question is None:
        return Asked()
    kind = step.question.data.get("kind", "single")
    if kind == REFLECTION:
        return _reflected(step, answer)
    if kind in TYPED:
        return _typed_in(version_id, step, kind, answer)
    by_key = {section.key.partition(".")[2]: section for section in step.choices}
    replies = {section.key.partition(".")[2]: section for section in step.replies}
    order = shuffled(list(by_key), seed) if kind == "ordering" else list(by_key)
    mixed = tuple(replies[key] for key in shuffled(list(replies), seed))
    if answer is None:
        return Asked(kind, tuple(ChoiceShown(key, by_key[key]) for key in order), mixed)
    marking = _marking(version_id, step.name)
    verdict = step.feedback.get("right" if answer.right else "not-quite")
    if kind in ("ordering", "matching"):
        choices = _placed(kind, order, by_key, answer.answer, marking)
    else:
        chosen = set(answer.answer) if kind == "multiple" else {answer.answer}
        right = set(marking["right"]) if kind == "multiple" else {marking["right"]}
        why = step.feedback
        choices = tuple(
            ChoiceShown(key, by_key[key], key in chosen, key in right, why.get(key) if key in chosen else None)
            for key in order
        )
    return Asked(kind, choices, mixed, True, answer.right, verdict)


def is_reflection(step: StepShown) -> bool:
    """Whether the question of a step is for herself alone."""
    return step.question is not None and step.question.data.get("kind") == REFLECTION


def _reflected(step: StepShown, answer: Taken | None) -> Asked:
    """A question she answers for herself; once she has written something, what others found comes with it."""
    if answer is None or not answer.answer:
        return Asked(REFLECTION)
    return Asked(REFLECTION, answered=True, verdict=step.feedback.get("after"), typed=answer.answer)


def _typed_in(version_id: int, step: StepShown, kind: str, answer: Taken | None) -> Asked:
    """A question that is answered in words; after a wrong answer with what is said to that slip, or to all others."""
    asked = Asked(kind, unit=step.typed.get("unit"))
    if answer is None:
        return asked
    marking = _marking(version_id, step.name)
    if kind == "short":
        # In the language she reads: what is said to a slip is about words she could see.
        marking = with_forms(marking, {end: [part.markdown] for end, part in step.typed.items()})
    slip = "" if answer.right else mark(kind, marking, answer.answer, ()).slip
    verdict = step.feedback.get("right" if answer.right else slip or "not-quite")
    return replace(asked, answered=True, right=answer.right, verdict=verdict, typed=answer.answer)


def _placed(
    kind: str, order: list[str], by_key: Mapping[str, SectionShown], answer: Any, marking: dict[str, Any]
) -> tuple[ChoiceShown, ...]:
    """Ordering and matching after an answer: each line with the place or reply she gave it, and whether it fits."""
    if kind == "ordering":
        return tuple(
            ChoiceShown(key, by_key[key], True, key == marking["order"][place], None, str(place + 1))
            for place, key in enumerate(answer)
        )
    return tuple(
        ChoiceShown(key, by_key[key], True, answer[key] == marking["pairs"][key], None, answer[key]) for key in order
    )


def untold(asked: Asked) -> Asked:
    """The same with what she answered and without whether it fits: what a test shows before it is handed in."""
    choices = tuple(replace(choice, right=None, why=None) for choice in asked.choices)
    return replace(asked, choices=choices, answered=False, right=None, verdict=None)


def as_typed(asked: Asked, answer: Any, placed: Mapping[str, str]) -> Asked:
    """The same with what she chose or placed, for a form that is shown again because something is missing."""
    if asked.in_words:
        return replace(asked, answered=False, right=None, verdict=None, typed=answer)
    chosen = set(answer) if isinstance(answer, list) else {answer} if isinstance(answer, str) else set()
    choices = tuple(
        ChoiceShown(choice.key, choice.words, choice.key in chosen, value=placed.get(choice.key, ""))
        for choice in asked.choices
    )
    return replace(asked, choices=choices, answered=False, right=None, verdict=None)
