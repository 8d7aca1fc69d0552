"""Plans whose text is kept with them, read as those that stand beside the program are."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from django.conf import settings

from concerted.planning.models import KeptPlan
from concerted.planning.queries.plan_files import Example, examples, plan_named
from concerted.planning.rules.plan import Change, Plan, read_plan
from concerted.planning.rules.plan.facts import can_begin
from concerted.planning.rules.plan.given import refuse_too_much
from concerted.planning.rules.plan.marks import load
from concerted.planning.rules.plan.territories import territories_from

#: Reads a plan with changed values, and with one of its options.
Reader: TypeAlias = Callable[..., Plan]


def reader_of(kept: KeptPlan) -> Reader:
    """How to read what a kept plan is made from, with other changes than its own."""
    return partial(_own, kept.file) if kept.file else partial(plan_named, kept.base)


def plan_kept(kept: KeptPlan) -> Plan:
    """A kept plan with its own changes. Raises `PlanFaults`."""
    return reader_of(kept)(kept.changes)


def plan_in(text: str) -> Plan:
    """The plan of a text that nobody has kept yet. Raises `PlanFaults`."""
    return _read(text, ())


def plan_given(text: str) -> Plan:
    """The plan of a text that somebody brought to a page and waits for. Raises `PlanFaults`."""
    plan = plan_in(text)
    refuse_too_much(plan)
    return plan


def _own(text: str, changes: Mapping[str, Any], option: str | None = None) -> Plan:
    made = tuple(changes.items())
    if option is not None:
        made += tuple(_read(text, ()).options[option].changes.items())
    return _read(text, made)


@lru_cache(maxsize=16)
def _read(text: str, changes: tuple[tuple[str, Any], ...]) -> Plan:
    return read_plan(text, None, [Change(*pair) for pair in changes])


def bases() -> tuple[Example, ...]:
    """Plan files whose services can be planned for other places."""
    return tuple(one for one in examples() if can_begin(values_of(one.name)))


@lru_cache(maxsize=32)
def values_of(name: str) -> dict[str, Any]:
    """The values of a plan file, to be copied and never changed; territories of a data file beside it written out."""
    file = Path(settings.EXAMPLES_ROOT) / f"{name}.yaml"
    said: dict[str, Any] = load(file.read_text(encoding="utf-8"))[0]
    if "from" in said["territories"]:
        said |= {"territories": territories_from(said["territories"], file.parent)}
    return said


class _WrittenOut(yaml.SafeDumper):
    """Writes the same value out wherever it stands: a plan file has no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def text_of(values: Mapping[str, Any]) -> str:
    """The text of a plan file with these values."""
    return yaml.dump(dict(values), Dumper=_WrittenOut, allow_unicode=True, sort_keys=False, width=110)
