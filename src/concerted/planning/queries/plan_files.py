"""The plan files that stand beside the program, by name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pydantic import ValidationError

from concerted.planning.rules.plan import Change, Plan, PlanFaults, read_plan_file
from concerted.planning.rules.plan.marks import load
from concerted.planning.rules.plan.schema import Territory


class NoSuchPlan(LookupError):
    """There is no plan file with this name."""


@dataclass(frozen=True)
class Example:
    """A plan file to begin from."""

    name: str
    title: str
    about: str
    language: str


def _file(name: str) -> Path:
    found = _files(Path(settings.EXAMPLES_ROOT))
    if name not in found:
        raise NoSuchPlan(name)
    return found[name]


@cache
def _files(folder: Path) -> dict[str, Path]:
    return {file.stem: file for file in folder.glob("*.yaml")}


@cache
def examples() -> tuple[Example, ...]:
    """All plan files, by title."""
    found = []
    for file in _files(Path(settings.EXAMPLES_ROOT)).values():
        said, _marks = load(file.read_text(encoding="utf-8"))
        found.append(Example(file.stem, said["title"], said.get("about", ""), said.get("language", "en")))
    return tuple(sorted(found, key=lambda one: one.title))


def plan_named(name: str, changes: Mapping[str, Any], option: str | None = None) -> Plan:
    """The plan of a file with changed values, and with one of its options. Raises `NoSuchPlan` and `PlanFaults`."""
    made = tuple(changes.items())
    if option is not None:
        made += tuple(_read(_file(name), ()).options[option].changes.items())
    shared = tuple(pair for pair in made if not _PEOPLE.fullmatch(pair[0]))
    people = tuple(pair for pair in made if _PEOPLE.fullmatch(pair[0]))
    try:
        return _with_people(_read(_file(name), shared), people)
    except (_NotSo, PlanFaults):
        # Read from the beginning, so that all that is wrong is told with its line.
        return read_plan_file(_file(name), [Change(*pair) for pair in made])


#: The values of one territory, which change nothing that must be read again.
_PEOPLE = re.compile(r"territories\.([^.]+)\.(people|women)")


class _NotSo(ValueError):
    """There is no such territory, or it cannot have such a number."""


@lru_cache(maxsize=16)
def _read(file: Path, changes: tuple[tuple[str, Any], ...]) -> Plan:
    """A plan file, read once a process for each set of values that territories share."""
    return read_plan_file(file, [Change(*pair) for pair in changes])


def _with_people(plan: Plan, people: tuple[tuple[str, Any], ...]) -> Plan:
    places = dict(plan.territories)
    for place, value in people:
        _territories, key, what = place.split(".")
        if key not in places:
            raise _NotSo(place)
        try:
            places[key] = Territory.model_validate(places[key].model_dump() | {what: value})
        except ValidationError as refused:
            raise _NotSo(place) from refused
    return plan.model_copy(update={"territories": places}) if people else plan
