import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.kit import access
from concerted.ledger.services import record
from concerted.practice.models import Attempt
from concerted.practice.queries import Marks, marks_of
from concerted.practice.rules import BadAnswer, score
from concerted.practice.services import (
    AttemptFinished,
    AttemptRefused,
    count_items,
    finish_attempt,
    keep_words,
    lock_attempt,
    open_attempt,
    save_step,
)
from concerted.training.access import TAKING
from concerted.training.models import Module, ModuleVersion, UnitInVersion
from concerted.training.queries.ways import Units, way_of, ways_of
from concerted.training.rules import Taken, UnitWay, first_answers
from concerted.training.services.certifying import certify


class NotYet(Exception):
    """A step is asked for before its turn, or a module before what comes first; the message says what to do."""


def missing_first(person: Person, module: Module) -> list[Module]:
    """The modules that come before this one and that she has not completed."""
    first = list(module.prerequisites.select_related("credential", "document"))
    held = set(
        Evidence.objects.filter(
            subject_kind="person", subject_id=person.pk, credential__in=[m.credential_id for m in first], voided_by=None
        )
        .exclude(source_kind="void")
        .values_list("credential_id", flat=True)
    )
    return [module for module in first if module.credential_id not in held]


@transaction.atomic
def start_module(module: Module, *, language: str, by: Person, at: datetime) -> Attempt:
    """Her open attempt at a module, or a new one on its present version, on which she stays.

    Raises `NotYet` when another module comes first, `AttemptRefused` when her attempts are used up.
    """
    access.allow(by, "C", TAKING)
    version = module.published
    if version is None:
        raise NotYet(_("This module is not published yet."))
    first = missing_first(by, module)
    if first:
        names = ", ".join(m.credential.name for m in first)
        raise NotYet(_("Complete this first: %(names)s.") % {"names": names})
    return open_attempt(by, "module", module.pk, version.pk, language=language, most=version.attempts, at=at)


def _allowed(units: Units, ways: list[UnitWay], unit_code: str, step: str) -> UnitInVersion:
    for unit, way in zip(units, ways, strict=True):
        if way.code == unit_code and step in way.steps:
            place = way.steps.index(step)
            if way.open and set(way.steps[:place]) <= way.done:
                return unit
            raise NotYet(_("This step comes later. Here is the one you are at."))
    raise NotYet(_("This step is not part of the unit any more. Here is the one you are at."))


@transaction.atomic
def mark_read(
    attempt: Attempt, unit_code: str, step: str, *, client_key: uuid.UUID, by: Person, at: datetime
) -> Attempt:
    """She has read a step, or goes on from a question. Going on from the last step of all finishes the module."""
    access.allow(by, "U", TAKING, attempt)
    attempt = lock_attempt(attempt.pk)
    units, ways, taken = ways_of(attempt)
    _allowed(units, ways, unit_code, step)
    part = f"{unit_code}/{step}"
    if all(one.part != part for one in taken) and save_step(attempt, part, client_key=client_key, at=at):
        taken.append(Taken(part, None, None))
    last = (units[-1].unit.code, units[-1].steps[-1])
    return _finish(attempt, units, taken, by, at) if (unit_code, step) == last else attempt


@transaction.atomic
def answer_question(
    attempt: Attempt, unit_code: str, step: str, answer: Any, *, client_key: uuid.UUID, by: Person, at: datetime
) -> Attempt:
    """Save and mark her answer; the first one to a question counts, later ones are for learning.

    It never finishes the module: she reads the feedback first, and going on (`mark_read`) finishes it.
    Raises `NotYet`, `practice.rules.BadAnswer`, `AttemptRefused`; nothing is stored then.
    """
    access.allow(by, "U", TAKING, attempt)
    attempt = lock_attempt(attempt.pk)
    units, ways, _taken = ways_of(attempt)
    unit = _allowed(units, ways, unit_code, step)
    marks = marks_of(unit.version_id, step)
    if marks is None:
        raise NotYet(_("This step asks nothing. Here is the one you are at."))
    part = f"{unit_code}/{step}"
    if marks.counts:
        right = marks.mark(answer).right
        save_step(attempt, part, client_key=client_key, answer=answer, right=right, at=at)
    else:
        keep_words(attempt, part, answer, client_key=client_key, at=at)
    return attempt


def _finish(attempt: Attempt, units: Units, taken: list[Taken], by: Person, at: datetime) -> Attempt:
    """When every step of every unit is done: her answers are counted, the score, and when she passed what follows."""
    if attempt.finished_at or not all(way.complete for way in way_of(units, taken)):
        return attempt
    version = ModuleVersion.objects.get(pk=attempt.version)
    asked = _marked(units)
    firsts = first_answers(taken)
    answers = {marks.number: firsts[part] for part, marks in asked.items() if part in firsts}
    count_items(attempt, answers, len(asked), at=at)
    result = score(sum(right for _answer, right in answers.values()), len(asked))
    finish_attempt(attempt, score=result, passed=result >= version.pass_mark, at=at)
    record("module finished", by=by, object_kind="attempt", object_id=attempt.pk, about=by)
    if attempt.passed:
        certify(attempt, by=by, at=at)
    return attempt


def _marked(units: Units) -> dict[str, Marks]:
    """Part of an attempt -> how the question there is marked; without those that are nobody's to mark."""
    asked = [(unit, name) for unit in units for name in unit.steps if not name.startswith("read-")]
    found = {f"{unit.unit.code}/{name}": marks_of(unit.version_id, name) for unit, name in asked}
    return {part: marks for part, marks in found.items() if marks is not None and marks.counts}


__all__ = ["AttemptFinished", "AttemptRefused", "BadAnswer", "NotYet", "answer_question", "mark_read", "start_module"]
