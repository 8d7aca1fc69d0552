import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from concerted.directory.models import Person
from concerted.directory.queries import sector_of
from concerted.kit.digits import localise
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt
from concerted.practice.queries import words_kept
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.models import Module, UnitInVersion
from concerted.training.queries.asked import Asked, asked_in, is_reflection, steps_shown
from concerted.training.queries.languages import languages_of_module
from concerted.training.queries.local import Stamp, stamped, step_in_place
from concerted.training.queries.ways import STEP_COLUMNS, STEPS_IN_ORDER, taken_of
from concerted.training.rules import StepShown, Taken, UnitWay


@dataclass(frozen=True)
class ModuleAt:
    """A module as the player needs it. `words`: the text version with its title; 0 when there is none."""

    id: int
    code: str
    pack: str
    words: int
    #: The open languages, and whether something of the module can be read in each.
    languages: tuple[text.LanguageOffered, ...] = ()
    #: Which local words hold, as `queries.local` stamps them.
    local: Stamp = (0, 0)


_MODULE = Prepared(
    lambda code: (
        Module.objects.filter(code=code)
        .annotate(languages=languages_of_module(), **stamped())
        .values_list("pk", "code", "pack", "document__published", "languages", *stamped())
    ),
    str,
)
_COLUMNS = [field.attname for field in Attempt._meta.concrete_fields]
_OPEN = Prepared(
    lambda person, module: (
        Attempt.objects.filter(person=person, what_kind="module", what=module, finished_at=None)
        .order_by(STEPS_IN_ORDER)
        .values_list(*_COLUMNS, *STEP_COLUMNS)
    ),
    int,
    int,
)


def open_attempt_at(person: Person, code: str) -> tuple[ModuleAt | None, Attempt | None, list[Taken]]:
    """The module with this code, her open attempt at it, and the steps she took there. Two queries."""
    rows = _MODULE.rows(code)
    if not rows:
        return None, None, []
    pk, code, pack, words, languages, *stamp = rows[0]
    module = ModuleAt(pk, code, pack, words or 0, text.offered(languages), (stamp[0] or 0, stamp[1] or 0))
    steps = _OPEN.rows(person.pk, module.id)
    attempt = Attempt.from_db("default", _COLUMNS, steps[0][: len(_COLUMNS)]) if steps else None
    return module, attempt, taken_of(steps)


def has_finished(person: Person, module: ModuleAt) -> bool:
    """Whether she has finished an attempt at the module."""
    mine = Attempt.objects.filter(person=person, what_kind="module", what=module.id)
    return mine.exclude(finished_at=None).exists()


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
    asked: Asked
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
    def last(self) -> bool:
        return self.place == len(self.way.steps) - 1


def unit_shown(
    module: ModuleAt,
    attempt: Attempt,
    units: Sequence[UnitInVersion],
    ways: list[UnitWay],
    taken: list[Taken],
    unit_code: str,
    wanted: str,
    again: bool,
    reading: text.ReadingLanguage,
    on: date,
) -> UnitShown | None:
    """One step of a unit as she sees it; None when the unit is not open to her. Three queries at most.

    One is for words in another language than the source, one for her sector on the day `on`, when the step has a part
    for sectors, one for what she wrote for herself. `wanted`: the step in the address; a step that comes later than
    hers is answered with hers.
    """
    number = next((n for n, way in enumerate(ways) if way.code == unit_code), None)
    if number is None or not ways[number].open:
        return None
    way, unit = ways[number], units[number]
    place = _place_in(way, wanted)
    shown = text.read_sections([unit.version_id, module.words], reading.code)
    sections = shown[unit.version_id]
    steps = steps_shown(unit.version_id, sections)
    step = step_in_place(steps[place], reading.interface, module.local)
    heads = {s.key: s for s in sections if s.kind in ("title", "note")}
    titled = next((s for s in shown[module.words] if s.key == "title"), None)
    part = f"{unit_code}/{step.name}"
    last = _answers(attempt, part, taken, reflection=is_reflection(step))
    answer = last[-1] if last and not again else None
    asked = asked_in(unit.version_id, step, f"{attempt.pk}:{step.name}", answer)
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
        asked=asked,
        behind=tuple(dict.fromkeys(named(s) for s in words if s.behind)),
        missing=sum(s.missing for s in words),
        next_unit=ways[number + 1].code if number + 1 < len(ways) else "",
        skipped=step.name in way.done and not last,
        module_language=titled.language if titled else "",
        sector=sector_of(attempt.person_id, on) if any(part.data.get("track") for part in step.content) else "",
    )


def _place_in(way: UnitWay, wanted: str) -> int:
    """The place of the step that is asked for; hers, where steps before that one are not done."""
    place = way.steps.index(wanted) if wanted in way.steps else way.now
    return place if set(way.steps[:place]) <= way.done else way.now


def _answers(attempt: Attempt, part: str, taken: list[Taken], *, reflection: bool) -> list[Taken]:
    """What she answered in this part, the newest last; of a reflection what is kept, which no step holds."""
    if reflection:
        return [Taken(part, words_kept(attempt, part) or None, None)]
    return [t for t in taken if t.part == part and t.answer is not None]


def named(section: SectionShown) -> str:
    """How a reader knows a part: by its heading, or by the question it belongs to."""
    if section.title:
        return section.title
    question = re.match(r"q(\d+)", section.key)
    return _("question %(n)s") % {"n": localise(question[1])} if question else _("the beginning")
