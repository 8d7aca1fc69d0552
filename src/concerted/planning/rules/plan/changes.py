"""Values of a plan changed one by one: what an option says, and what somebody tries on the page."""

import copy
from dataclasses import dataclass
from typing import Any, TypeAlias

from concerted.maths.said import Figure, said

Value: TypeAlias = float | str | None
#: Parts that a file need not have.
LEFT_OUT = ("uncertainty", "money")
#: Time for care is a floor: an option may raise it, never lower it.
FLOORS = ("supervision_hours", "debrief_hours")


class ChangeRefused(ValueError):
    """A value that cannot be changed so; the message says why."""


@dataclass(frozen=True)
class Change:
    """A place in the file, its parts joined by dots, and its new value."""

    place: str
    value: Value


def changed(raw: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    """What the file would say with these changes. Raises `ChangeRefused`.

    >>> changed({"services": {"line": {"queue": {"minutes": 20}}}}, [Change("services.line.queue.minutes", 30)])
    {'services': {'line': {'queue': {'minutes': 30}}}}
    """
    made = copy.deepcopy(raw)
    for change in changes:
        *way, last = change.place.split(".")
        part: Any = made
        for depth, step in enumerate(way):
            may_be_left_out = depth > 1 or step in LEFT_OUT
            part = (
                part.setdefault(step, {}) if may_be_left_out and isinstance(part, dict) else _step(part, step, change)
            )
        if not isinstance(part, dict):
            raise ChangeRefused(said("There is no “%(place)s” in this plan. Correct the place.", place=change.place))
        _refuse_less_care(last, part, change)
        part[last] = change.value
    return made


def _step(part: Any, step: str, change: Change) -> Any:
    if not isinstance(part, dict) or step not in part:
        raise ChangeRefused(
            said(
                "There is no “%(step)s” in this plan, named in “%(place)s”. Correct the place.",
                step=step,
                place=change.place,
            )
        )
    return part[step]


def _refuse_less_care(last: str, part: dict[str, Any], change: Change) -> None:
    if last not in FLOORS:
        return
    kept, asked = _hours(part.get(last, 2.0)), _hours(change.value)
    if kept is not None and asked is not None and asked < kept:
        raise ChangeRefused(
            said(
                "%(place)s: time for supervision and debriefing is not traded away. "
                "Leave it at %(hours)s hours or more.",
                place=change.place,
                hours=Figure(kept, "g"),
            )
        )


def _hours(value: Any) -> float | None:
    """A number, however it is written: "1" in quotes is read as 1 later. None for what is refused as no number."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
