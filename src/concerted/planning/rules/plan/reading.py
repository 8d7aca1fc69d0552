"""Reading a plan file: every fault at once, each with its line and what would do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from concerted.planning.rules.plan.changes import Change, ChangeRefused, changed
from concerted.planning.rules.plan.checks import checks
from concerted.planning.rules.plan.marks import Marks, TextRefused, load
from concerted.planning.rules.plan.part import Part
from concerted.planning.rules.plan.said import Said, said
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.plan.territories import FROM, TableRefused, territories_from

#: What is said of each kind that a value could have been of, beside what is wrong in the kind it is of.
_TRIED = ("string_type", "float_type", "literal_error", "list_type", "dict_type", "model_type")
#: A plan is written by hand; what is larger than this is something else.
LARGEST = 2_000_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, on which line, and at which place of the file."""

    line: int
    place: str
    message: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.place}" if self.place else "")
        return f"{where}: {self.message}"


class PlanFaults(ValueError):
    """A plan file that cannot be planned with, and all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def read_plan_file(file: Path, changes: Sequence[Change] = ()) -> Plan:
    """The plan in a file. Raises `PlanFaults`."""
    try:
        text = file.read_bytes()[: LARGEST + 1].decode("utf-8-sig")
    except OSError as fault:
        raise PlanFaults([Fault(0, "", f"{file.name} cannot be opened. Correct its name.")]) from fault
    except UnicodeDecodeError as fault:
        raise PlanFaults([Fault(0, "", f"{file.name} is not UTF-8 text. Save it as a text file.")]) from fault
    return read_plan(text, file.parent, changes)


def read_plan(text: str, folder: Path | None, changes: Sequence[Change] = ()) -> Plan:
    """The plan that `text` says, with its data files in `folder`, and with `changes`. Raises `PlanFaults`.

    Without a folder no file is opened, whatever the text names.
    """
    if len(text) > LARGEST:
        raise PlanFaults([Fault(0, "", "The file is too large for a plan. Put territories into a data file.")])
    try:
        raw, marks = load(text)
    except TextRefused as refused:
        raise PlanFaults([Fault(refused.line, "", refused.args[0])]) from refused
    return plan_of(raw, folder, changes, marks)


def options_of(text: str, folder: Path, changes: Sequence[Change] = ()) -> dict[str, Plan]:
    """The plan with each of its options, by the option's name. Raises `PlanFaults`."""
    plan = read_plan(text, folder, changes)
    return {
        option.name: read_plan(text, folder, [*changes, *(Change(*pair) for pair in option.changes.items())])
        for option in plan.options.values()
    }


def plan_of(
    raw: dict[str, Any], folder: Path | None, changes: Sequence[Change] = (), marks: Marks | None = None
) -> Plan:
    """The plan of values already read. Raises `PlanFaults`."""
    known = marks or Marks(None)
    try:
        plan = Plan.model_validate(changed(_with_territories(raw, folder), list(changes)))
    except ValidationError as invalid:
        raise PlanFaults(sorted(set(_faults(invalid, known)), key=lambda fault: fault.line)) from invalid
    except TableRefused as refused:
        raise PlanFaults([Fault(known.line(("territories", "from")), "territories", refused.args[0])]) from refused
    except ChangeRefused as refused:
        raise PlanFaults([Fault(known.line(("options",)), "options", str(refused))]) from refused
    found = [Fault(known.line(place), ".".join(place), message) for place, message in checks(plan)]
    if found:
        raise PlanFaults(sorted(dict.fromkeys(found), key=lambda fault: fault.line))
    return plan


def _with_territories(raw: dict[str, Any], folder: Path | None) -> dict[str, Any]:
    told = raw.get("territories")
    if not isinstance(told, dict) or not isinstance(told.get("from"), str):
        return raw
    if folder is None:
        raise TableRefused(
            said(
                "Here no data file stands beside the plan. Write the territories into the plan, or use "
                "`concerted plan FILE`."
            )
        )
    for word in told:
        if word not in FROM:
            raise TableRefused(f"“{word}” is not known here. Write only: {', '.join(FROM)}.")
    return {**raw, "territories": territories_from(told, folder)}


def _faults(invalid: ValidationError, marks: Marks) -> Iterator[Fault]:
    errors = [(error, marks.place(error["loc"])) for error in invalid.errors()]
    for error, place in errors:
        if error["type"] in _TRIED and any(other[: len(place)] == place != other for _error, other in errors):
            continue
        yield Fault(marks.line(place), ".".join(place), _message(error, place))


def _message(error: Any, place: tuple[str, ...]) -> str:
    kind, context, given = error["type"], error.get("ctx", {}), _sayable(error.get("input"))
    name = place[-1] if place else ""
    if kind == "extra_forbidden":
        close = get_close_matches(name, _words(), 1)
        if close:
            return said("“%(name)s” is not known here. Did you mean “%(close)s”?", name=name, close=close[0])
        return said("“%(name)s” is not known here. Take it out.", name=name)
    if kind == "missing" and name == "source":
        return said(
            "The source is missing. Write where it was read or counted; without a source it is not planned with."
        )
    if kind == "missing":
        return said("“%(name)s” is missing. Write it.", name=name)
    if name == "effect" and kind in _TRIED:
        return said(
            "An effect needs its source. Write the name of an effect card, or ratio, low, high, source and doubts."
        )
    if kind == "value_error":
        return str(context["error"])
    if name in ("people", "women") and kind != "less_than_equal":
        return said(
            "%(given)s %(name)s: a territory without its population cannot be planned. Write a whole number above 0.",
            given=given,
            name=name,
        )
    if kind == "less_than" and context["lt"] == 1:
        return said(
            "%(given)s cannot be kept: no number of people reaches all. Write a share below 1, such as 0.9.",
            given=given,
        )
    limits = {"greater_than": "gt", "greater_than_equal": "ge", "less_than": "lt", "less_than_equal": "le"}
    if kind in limits:
        limit = limits[kind]
        return _beyond(limit, given, f"{context[limit]:g}")
    if kind == "string_pattern_mismatch" and name in ("start", "ends", "since", "when", "opens", "support_ends"):
        return said("“%(given)s” is no month. Write year and month, such as 2027-04.", given=given)
    return f"{error['msg']}. Given: {str(given)[:60]}."


def _beyond(limit: str, given: Any, bound: str) -> Said:
    if limit == "gt":
        return said("%(given)s cannot be meant. Write a number above %(bound)s.", given=given, bound=bound)
    if limit == "ge":
        return said("%(given)s cannot be meant. Write a number of at least %(bound)s.", given=given, bound=bound)
    if limit == "lt":
        return said("%(given)s cannot be meant. Write a number below %(bound)s.", given=given, bound=bound)
    return said("%(given)s cannot be meant. Write a number of at most %(bound)s.", given=given, bound=bound)


def _sayable(given: Any) -> Any:
    """A value as it can be said: Python refuses to write out a whole number of thousands of digits."""
    return "This number" if isinstance(given, int) and given.bit_length() > 64 else given


@cache
def _words() -> tuple[str, ...]:
    """Every word that some part of a plan file knows."""
    every: set[str] = set()
    waiting: list[type[BaseModel]] = [Part]
    while waiting:
        part = waiting.pop()
        every |= set(part.model_fields)
        waiting += part.__subclasses__()
    return tuple(sorted(every))
