"""The plan files that stand beside the program, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from concerted.planning.rules.plan import Change, Plan, read_plan_file
from concerted.planning.rules.plan.marks import load


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
    found = {file.stem: file for file in Path(settings.EXAMPLES_ROOT).glob("*.yaml")}
    if name not in found:
        raise NoSuchPlan(name)
    return found[name]


@cache
def examples() -> tuple[Example, ...]:
    """All plan files, by title."""
    found = []
    for file in Path(settings.EXAMPLES_ROOT).glob("*.yaml"):
        said, _marks = load(file.read_text(encoding="utf-8"))
        found.append(Example(file.stem, said["title"], said.get("about", ""), said.get("language", "en")))
    return tuple(sorted(found, key=lambda one: one.title))


def plan_named(name: str, changes: Mapping[str, Any], option: str | None = None) -> Plan:
    """The plan of a file with changed values, and with one of its options. Raises `NoSuchPlan` and `PlanFaults`."""
    made = [Change(place, value) for place, value in changes.items()]
    plan = read_plan_file(_file(name), made)
    if option is None:
        return plan
    said = plan.options[option].changes
    return read_plan_file(_file(name), [*made, *(Change(*pair) for pair in said.items())])
