"""How a unit is cut into steps, and how far somebody is. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concerted.practice.rules import QuestionText
from concerted.text.rules import SectionShown, SectionText

#: Sections that belong to a question and are shown with it.
QUESTION, OPTION, LEFT, REPLY, FEEDBACK = "question", "option", "left", "reply", "feedback"
#: The forms of a short answer, those of a foreseen wrong one, and what a number counts.
ACCEPTED, SLIP, UNIT = "accepted", "slip", "unit"
#: Sections at the head of a unit, not part of any step.
HEAD = frozenset({"title", "note", "aim", "summary"})


@dataclass(frozen=True)
class UnitText:
    """A unit as an author wrote it."""

    code: str
    minutes: int
    sections: tuple[SectionText, ...]
    questions: tuple[QuestionText, ...] = ()


@dataclass(frozen=True)
class ModuleText:
    """A module as an author wrote it: `sections` title, summary, aims; `test` its gate; `months` it is good for."""

    code: str
    sections: tuple[SectionText, ...]
    units: tuple[UnitText, ...]
    pass_mark: int = 70
    attempts: int = 0
    prerequisites: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""
    test: str = ""
    test_alone: bool = False
    months: int = 0


@dataclass(frozen=True)
class ProgrammeText:
    """A programme as an author wrote it. `sections`: title and summary; `modules`: their codes, in order."""

    code: str
    sections: tuple[SectionText, ...]
    modules: tuple[str, ...]
    place: int = 0
    pack: str = ""


def circle_through(code: str, first: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The way from a module over what comes first back to itself, both ends named; empty when there is none.

    >>> circle_through("a", {"a": {"b"}, "b": {"c"}, "c": {"a"}})
    ('a', 'b', 'c', 'a')
    """
    ways: list[tuple[str, ...]] = [(code,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for other in sorted(first.get(way[-1], ())):
            if other == code:
                return (*way, code)
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


#: Sections read in one step before the next one begins: a short screen on a phone, saved when it is left.
AT_ONCE = 2
_TYPED = (ACCEPTED, SLIP, UNIT)
_PARTS = frozenset({OPTION, LEFT, REPLY, FEEDBACK, *_TYPED})


def _grouped(sections: Iterable[Any]) -> Iterator[tuple[str, list[Any], Any]]:
    """(name, content, question or None) of every step. The cut counts sections, not words: the same in any language."""
    number, weight = 0, 0
    content: list[Any] = []
    for section in sections:
        if section.kind in HEAD or section.kind in _PARTS:
            continue
        if section.kind == QUESTION:
            yield section.key, content, section
        elif weight >= AT_ONCE and not section.data.get("track"):
            yield f"read-{number + 1}", content, None
        else:
            content.append(section)
            weight += not section.data.get("track")
            continue
        number, content, weight = number + 1, [], 0
        if section.kind != QUESTION:
            content, weight = [section], 1
    if content or not number:
        yield f"read-{number + 1}", content, None


def steps_of(sections: Iterable[SectionText | SectionShown]) -> list[str]:
    """The names of a unit's steps, in order: a question's key, or `read-<n>` for words no question follows.

    A step is a few sections to read, with the question that follows them if there is one.

    >>> text, ask = SectionText("why", "Words"), SectionText("q1", "Which?", kind="question")
    >>> steps_of([text, ask, SectionText("q1.a", "This", kind="option"), SectionText("end", "More words")])
    ['q1', 'read-2']
    >>> steps_of([text, text, text, ask])
    ['read-1', 'q1']
    """
    return [name for name, _content, _question in _grouped(sections)]


@dataclass(frozen=True)
class StepShown:
    """One step of a unit: its content, and the question that closes it (None for reading only).

    `typed`: what belongs to an answer in words of her own, by the end of its key: "accepted", "unit", and slips.
    """

    name: str
    content: tuple[SectionShown, ...]
    question: SectionShown | None = None
    choices: tuple[SectionShown, ...] = ()
    replies: tuple[SectionShown, ...] = ()
    feedback: dict[str, SectionShown] = field(default_factory=dict, hash=False)
    typed: dict[str, SectionShown] = field(default_factory=dict, hash=False)


def cut(sections: Sequence[SectionShown]) -> list[StepShown]:
    """The steps of a unit with their words; `[step.name for step in cut(s)] == steps_of(s)`."""
    parts: dict[str, list[SectionShown]] = {}
    for section in sections:
        if section.kind in _PARTS:
            parts.setdefault(section.key.split(".")[0], []).append(section)
    return [_step(name, content, question, parts.get(name, [])) for name, content, question in _grouped(sections)]


def _step(name: str, content: list[SectionShown], question: SectionShown | None, mine: list[SectionShown]) -> StepShown:
    if question is None:
        return StepShown(name, tuple(content))
    return StepShown(
        name,
        tuple(content),
        question,
        tuple(part for part in mine if part.kind in (OPTION, LEFT)),
        tuple(part for part in mine if part.kind == REPLY),
        {part.key.partition(".")[2].removesuffix(".why"): part for part in mine if part.kind == FEEDBACK},
        {part.key.partition(".")[2]: part for part in mine if part.kind in _TYPED},
    )


@dataclass(frozen=True)
class Taken:
    """One step as somebody took it: `answer` None for reading or skipping."""

    part: str
    answer: Any
    right: bool | None


@dataclass(frozen=True)
class UnitWay:
    """A unit in somebody's way through a module: how many of its steps are done, and whether it is open to her."""

    code: str
    steps: tuple[str, ...]
    done: frozenset[str]
    open: bool

    @property
    def complete(self) -> bool:
        return set(self.steps) <= self.done

    @property
    def now(self) -> int:
        """The place (from 0) of the first step not done; the last step when all are."""
        for place, name in enumerate(self.steps):
            if name not in self.done:
                return place
        return len(self.steps) - 1


def way_through(units: Sequence[tuple[str, Sequence[str]]], taken: Iterable[Taken]) -> list[UnitWay]:
    """How far somebody is, unit by unit; a unit opens when all before it are complete."""
    done: dict[str, set[str]] = {}
    for step in taken:
        code, _slash, name = step.part.partition("/")
        done.setdefault(code, set()).add(name)
    ways: list[UnitWay] = []
    free = True
    for code, steps in units:
        way = UnitWay(code, tuple(steps), frozenset(done.get(code, ())), free)
        free = free and way.complete
        ways.append(way)
    return ways


def first_answers(taken: Iterable[Taken]) -> dict[str, tuple[Any, bool]]:
    """Part -> the first answer and whether it is right; without what she left open first.

    >>> first_answers([Taken("C1/q1", "b", False), Taken("C1/q1", "a", True), Taken("C1/q2", None, None)])
    {'C1/q1': ('b', False)}
    """
    first: dict[str, Taken] = {}
    for step in taken:
        first.setdefault(step.part, step)
    return {part: (step.answer, step.right) for part, step in first.items() if step.right is not None}
