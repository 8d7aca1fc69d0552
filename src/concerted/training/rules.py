"""How a unit is cut into steps, and how far somebody is. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from concerted.text.rules import SectionShown, SectionText

#: Sections that belong to a question and are shown with it.
QUESTION, OPTION, LEFT, REPLY, FEEDBACK = "question", "option", "left", "reply", "feedback"
#: Sections at the head of a unit, not part of any step.
HEAD = frozenset({"title", "note", "aim", "summary"})


@dataclass(frozen=True)
class QuestionText:
    """A question as written; its words are sections `key`, `key.a`, `key.a.why`, `key.right`, `key.not-quite`."""

    key: str
    kind: str
    aim: int
    marking: dict[str, Any] = field(hash=False)


@dataclass(frozen=True)
class UnitText:
    """A unit as an author wrote it."""

    code: str
    minutes: int
    sections: tuple[SectionText, ...]
    questions: tuple[QuestionText, ...] = ()


@dataclass(frozen=True)
class ModuleText:
    """A module as an author wrote it. `sections`: title, summary and aims."""

    code: str
    sections: tuple[SectionText, ...]
    units: tuple[UnitText, ...]
    pass_mark: int = 70
    attempts: int = 0
    prerequisites: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""


def steps_of(sections: Iterable[SectionText | SectionShown]) -> list[str]:
    """The names of a unit's steps, in order: a question's key, or `read-<n>` for words no question follows.

    A step is everything up to and including the next question.

    >>> text, ask = SectionText("why", "Words"), SectionText("q1", "Which?", kind="question")
    >>> steps_of([text, ask, SectionText("q1.a", "This", kind="option"), SectionText("end", "More words")])
    ['q1', 'read-2']
    """
    names: list[str] = []
    pending = False
    for section in sections:
        if section.kind == QUESTION:
            names.append(section.key)
            pending = False
        elif section.kind in (OPTION, LEFT, REPLY, FEEDBACK) or section.kind in HEAD:
            continue
        else:
            pending = True
    if pending or not names:
        names.append(f"read-{len(names) + 1}")
    return names


@dataclass(frozen=True)
class StepShown:
    """One step of a unit: its content, and the question that closes it (None for reading only)."""

    name: str
    content: tuple[SectionShown, ...]
    question: SectionShown | None = None
    choices: tuple[SectionShown, ...] = ()
    replies: tuple[SectionShown, ...] = ()
    feedback: dict[str, SectionShown] = field(default_factory=dict, hash=False)


def cut(sections: Sequence[SectionShown]) -> list[StepShown]:
    """The steps of a unit with their words; `[step.name for step in cut(s)] == steps_of(s)`."""
    steps: list[StepShown] = []
    content: list[SectionShown] = []
    parts: dict[str, list[SectionShown]] = {}
    for section in sections:
        if "." in section.key and section.kind in (OPTION, LEFT, REPLY, FEEDBACK):
            parts.setdefault(section.key.split(".")[0], []).append(section)
    for section in sections:
        if section.kind == QUESTION:
            mine = parts.get(section.key, [])
            steps.append(
                StepShown(
                    section.key,
                    tuple(content),
                    section,
                    tuple(p for p in mine if p.kind in (OPTION, LEFT)),
                    tuple(p for p in mine if p.kind == REPLY),
                    {p.key.partition(".")[2].removesuffix(".why"): p for p in mine if p.kind == FEEDBACK},
                )
            )
            content = []
        elif section.kind not in HEAD and section.kind not in (OPTION, LEFT, REPLY, FEEDBACK):
            content.append(section)
    if content or not steps:
        steps.append(StepShown(f"read-{len(steps) + 1}", tuple(content)))
    return steps


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


def first_right(taken: Iterable[Taken]) -> int:
    """How many questions were right at the first answer; a skipped one was not."""
    first: dict[str, bool] = {}
    for step in taken:
        first.setdefault(step.part, bool(step.right))
    return sum(first.values())
