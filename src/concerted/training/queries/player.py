import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from concerted.directory.models import Person
from concerted.directory.queries import sector_of
from concerted.kit.digits import localise
from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt, QuestionVersion
from concerted.practice.rules import shuffled
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.models import Module, UnitInVersion
from concerted.training.queries.languages import languages_of_module
from concerted.training.queries.local import step_in_place
from concerted.training.rules import StepShown, Taken, UnitWay, cut


@dataclass(frozen=True)
class ModuleAt:
    """A module as the player needs it. `words`: the text version with its title; 0 when there is none."""

    id: int
    code: str
    pack: str
    words: int
    #: The open languages, and whether something of the module can be read in each.
    languages: tuple[text.LanguageOffered, ...] = ()


_MODULE = Prepared(
    lambda code: (
        Module.objects.filter(code=code)
        .annotate(languages=languages_of_module())
        .values_list("pk", "code", "pack", "document__published", "languages")
    ),
    str,
)
_COLUMNS = [field.attname for field in Attempt._meta.concrete_fields]
_OPEN = Prepared(
    lambda person, module: Attempt.objects.filter(
        person=person, what_kind="module", what=module, finished_at=None
    ).values_list(*_COLUMNS),
    int,
    int,
)


def open_attempt_at(person: Person, code: str) -> tuple[ModuleAt | None, Attempt | None]:
    """The module with this code and her open attempt at it. Two queries."""
    rows = _MODULE.rows(code)
    if not rows:
        return None, None
    module = ModuleAt(rows[0][0], rows[0][1], rows[0][2], rows[0][3] or 0, text.offered(rows[0][4]))
    for row in _OPEN.rows(person.pk, module.id):
        return module, Attempt.from_db("default", _COLUMNS, row)
    return module, None


def has_finished(person: Person, module: ModuleAt) -> bool:
    """Whether she has finished an attempt at the module."""
    mine = Attempt.objects.filter(person=person, what_kind="module", what=module.id)
    return mine.exclude(finished_at=None).exists()


@remember(4000)
def _marking(version_id: int, key: str) -> dict[str, Any]:
    return QuestionVersion.objects.values_list("marking", flat=True).get(question__key=key, version=version_id)


@remember(1000)
def _steps_as_written(version_id: int) -> list[StepShown]:
    return cut(text.as_written(version_id).sections)


@lru_cache(maxsize=1000)
def _steps_of(sections: tuple[SectionShown, ...]) -> list[StepShown]:
    return cut(sections)


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
class UnitShown:
    """One step of a unit, with everything around it."""

    module: ModuleAt
    module_title: str
    reading: text.ReadingLanguage
    unit: UnitInVersion
    number: int
    units: int
    title: SectionShown | None
    note: SectionShown | None
    way: UnitWay
    step: StepShown
    place: int
    kind: str
    choices: tuple[ChoiceShown, ...]
    replies: tuple[SectionShown, ...]
    answered: bool
    right: bool | None
    verdict: SectionShown | None
    #: Names of the parts whose translation is of an older wording.
    behind: tuple[str, ...]
    missing: int
    next_unit: str = ""
    skipped: bool = False
    module_language: str = ""
    #: Her own sector where the step has sections for sectors, else empty: most steps look the same to everybody.
    sector: str = ""
    names: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def found(self) -> int:
        """Of an answer to several lines: how many of hers fit."""
        return sum(choice.chosen and bool(choice.right) for choice in self.choices)

    @property
    def fitting(self) -> int:
        """How many there are that fit: all lines that are placed, or the options that are right."""
        if self.kind == "multiple":
            return sum(bool(choice.right) for choice in self.choices)
        return len(self.choices)

    @property
    def last(self) -> bool:
        return self.place == len(self.way.steps) - 1


def unit_shown(
    module: ModuleAt,
    attempt: Attempt,
    units: Sequence[UnitInVersion],
    ways: list[UnitWay],
    taken: list[Taken],
    unit_code: str,
    asked: str,
    again: bool,
    reading: text.ReadingLanguage,
    on: date,
) -> UnitShown | None:
    """One step of a unit as she sees it; None when the unit is not open to her. Two queries at most.

    One is for words in another language than the source, one for her sector on the day `on`, when the step has a part
    for sectors. `asked`: the step in the address; a step that comes later than hers is answered with hers.
    """
    number = next((n for n, way in enumerate(ways) if way.code == unit_code), None)
    if number is None or not ways[number].open:
        return None
    way, unit = ways[number], units[number]
    place = way.steps.index(asked) if asked in way.steps else way.now
    if not set(way.steps[:place]) <= way.done:
        place = way.now
    shown = text.read_sections([unit.version_id, module.words], reading.code)
    sections = shown[unit.version_id]
    source = text.as_written(unit.version_id).sections
    steps = _steps_as_written(unit.version_id) if sections is source else _steps_of(tuple(sections))
    step = step_in_place(steps[place], reading.interface)
    heads = {s.key: s for s in sections if s.kind in ("title", "note")}
    titled = next((s for s in shown[module.words] if s.key == "title"), None)
    last = [t for t in taken if t.part == f"{unit_code}/{step.name}" and t.answer is not None]
    answer = last[-1] if last and not again else None
    kind, choices, replies, verdict = _question(unit, step, attempt, answer)
    words = [s for s in sections if s.title or s.markdown]
    return UnitShown(
        module=module,
        module_title=titled.markdown if titled else module.code,
        reading=reading,
        unit=unit,
        number=number + 1,
        units=len(units),
        title=heads.get("title"),
        note=heads.get("note"),
        way=way,
        step=step,
        place=place,
        kind=kind,
        choices=choices,
        replies=replies,
        answered=answer is not None,
        right=answer.right if answer else None,
        verdict=verdict,
        behind=tuple(dict.fromkeys(named(s) for s in words if s.behind)),
        missing=sum(s.missing for s in words),
        next_unit=ways[number + 1].code if number + 1 < len(ways) else "",
        skipped=step.name in way.done and not last,
        module_language=titled.language if titled else "",
        sector=sector_of(attempt.person_id, on) if any(part.data.get("track") for part in step.content) else "",
    )


def named(section: SectionShown) -> str:
    """How a reader knows a part: by its heading, or by the question it belongs to."""
    if section.title:
        return section.title
    question = re.match(r"q(\d+)", section.key)
    return _("question %(n)s") % {"n": localise(question[1])} if question else _("the beginning")


def as_typed(shown: UnitShown, answer: Any, placed: dict[str, str]) -> UnitShown:
    """The same step with what she chose or placed, for a form that is shown again because something is missing."""
    chosen = set(answer) if isinstance(answer, list) else {answer} if isinstance(answer, str) else set()
    choices = tuple(
        ChoiceShown(choice.key, choice.words, choice.key in chosen, value=placed.get(choice.key, ""))
        for choice in shown.choices
    )
    return replace(shown, choices=choices, answered=False, right=None, verdict=None)


def _question(
    unit: UnitInVersion, step: StepShown, attempt: Attempt, answer: Taken | None
) -> tuple[str, tuple[ChoiceShown, ...], tuple[SectionShown, ...], SectionShown | None]:
    if step.question is None:
        return "", (), (), None
    kind = step.question.data.get("kind", "single")
    by_key = {section.key.partition(".")[2]: section for section in step.choices}
    replies = {section.key.partition(".")[2]: section for section in step.replies}
    order = list(by_key)
    if kind in ("ordering", "matching"):
        order = shuffled(order, f"{attempt.pk}:{step.name}") if kind == "ordering" else order
    mixed = tuple(replies[key] for key in shuffled(list(replies), f"{attempt.pk}:{step.name}"))
    if answer is None:
        return kind, tuple(ChoiceShown(key, by_key[key]) for key in order), mixed, None
    marking = _marking(unit.version_id, step.name)
    verdict = step.feedback.get("right" if answer.right else "not-quite")
    if kind == "single":
        chosen, right = {answer.answer}, {marking["right"]}
    elif kind == "multiple":
        chosen, right = set(answer.answer), set(marking["right"])
    else:
        return kind, _placed(kind, order, by_key, answer.answer, marking), mixed, verdict
    choices = tuple(
        ChoiceShown(key, by_key[key], key in chosen, key in right, step.feedback.get(key) if key in chosen else None)
        for key in order
    )
    return kind, choices, mixed, verdict


def _placed(
    kind: str, order: list[str], by_key: dict[str, SectionShown], answer: Any, marking: dict[str, Any]
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
