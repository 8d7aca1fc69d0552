"""Somebody's way through a module: its units, and the steps she took."""

from collections.abc import Sequence
from typing import Any

from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt, Step
from concerted.training.models import UnitInVersion
from concerted.training.rules import Taken, UnitWay, way_through

Units = tuple[UnitInVersion, ...]


@remember(500)
def units_of(version_id: int) -> Units:
    """The units of a version of a module, in order; read once a process, since a version never changes."""
    return tuple(UnitInVersion.objects.filter(module_version=version_id).select_related("unit").order_by("place"))


_STEPS = Prepared(
    lambda attempt: Step.objects.filter(attempt=attempt).order_by("seq").values_list("part", "answer", "right"), int
)


def ways_of(attempt: Attempt) -> tuple[Units, list[UnitWay], list[Taken]]:
    """The units of the version she is on, how far she is in each, and the steps she took. One query."""
    taken = [Taken(*row) for row in _STEPS.rows(attempt.pk)]
    return *ways_with(attempt.version, taken), taken


def ways_with(version: int, taken: list[Taken]) -> tuple[Units, list[UnitWay]]:
    """The units of a version of a module, and how far these steps lead in each. No query."""
    units = units_of(version)
    return units, way_of(units, taken)


#: What `taken_of` reads, beside columns of an attempt, of a query that is in the order of `STEPS_IN_ORDER`.
STEP_COLUMNS = ("steps__part", "steps__answer", "steps__right")
STEPS_IN_ORDER = "steps__seq"


def taken_of(rows: Sequence[Sequence[Any]]) -> list[Taken]:
    """The steps of one attempt from rows that end in `STEP_COLUMNS`; an attempt without steps is one empty row."""
    return [Taken(*row[-len(STEP_COLUMNS) :]) for row in rows if row[-len(STEP_COLUMNS)] is not None]


def way_of(units: Units, taken: list[Taken]) -> list[UnitWay]:
    """How far these steps lead through these units."""
    return way_through([(unit.unit.code, unit.steps) for unit in units], taken)
