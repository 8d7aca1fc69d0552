"""Somebody's way through a module: its units, and the steps she took."""

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
    units = units_of(attempt.version)
    taken = [Taken(*row) for row in _STEPS.rows(attempt.pk)]
    return units, way_of(units, taken), taken


def way_of(units: Units, taken: list[Taken]) -> list[UnitWay]:
    """How far these steps lead through these units."""
    return way_through([(unit.unit.code, unit.steps) for unit in units], taken)
