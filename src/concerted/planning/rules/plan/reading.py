"""Reading a plan file: every fault at once, each with its line and what would do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from concerted.maths.figures import OutOfRange
from concerted.maths.said import Listed, said
from concerted.planning.rules.plan.changes import Change, ChangeRefused, changed
from concerted.planning.rules.plan.checks import checks
from concerted.planning.rules.plan.marks import Marks, TextRefused, load
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.plan.territories import FROM, TableRefused, territories_from
from concerted.planning.rules.plan.wrong_values import TRIED, what_is_wrong

#: A plan is written by hand; what is larger than this is something else.
LARGEST = 2_000_000


@dataclass(frozen=True)
class Fault:
    """What is wrong, on which line, and at which place of the file."""

    line: int
    place: str
    message: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (f"line {self.line}" if self.line else "", self.place) if part)
        return f"{where}: {self.message}" if where else str(self.message)


class PlanFaults(ValueError):
    """A plan file that cannot be planned with, and all that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def faults_of(refused: PlanFaults | OutOfRange) -> tuple[Fault, ...]:
    """What is wrong with a plan that was refused as it was read, each once, or as it was worked out: then all of it."""
    return tuple(dict.fromkeys(refused.faults)) if isinstance(refused, PlanFaults) else (Fault(0, "", refused.args[0]),)


def read_plan_file(file: Path, changes: Sequence[Change] = ()) -> Plan:
    """The plan in a file. Raises `PlanFaults`."""
    try:
        text = file.read_bytes()[: LARGEST + 1].decode("utf-8-sig")
    except OSError as fault:
        message = said("%(file)s cannot be opened. Correct its name.", file=file.name)
        raise PlanFaults([Fault(0, "", message)]) from fault
    except UnicodeDecodeError as fault:
        message = said("%(file)s is not UTF-8 text. Save it as a text file.", file=file.name)
        raise PlanFaults([Fault(0, "", message)]) from fault
    return read_plan(text, file.parent, changes)


def read_plan(text: str, folder: Path | None, changes: Sequence[Change] = ()) -> Plan:
    """The plan that `text` says, with its data files in `folder`, and with `changes`. Raises `PlanFaults`.

    Without a folder no file is opened, whatever the text names.
    """
    if len(text) > LARGEST:
        raise PlanFaults([Fault(0, "", said("The file is too large for a plan. Put territories into a data file."))])
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
        raise PlanFaults(sorted(dict.fromkeys(_faults(invalid, known)), key=lambda fault: fault.line)) from invalid
    except TableRefused as refused:
        raise PlanFaults([Fault(known.line(("territories", "from")), "territories", refused.args[0])]) from refused
    except ChangeRefused as refused:
        raise PlanFaults([Fault(known.line(("options",)), "options", refused.args[0])]) from refused
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
            raise TableRefused(
                said("“%(name)s” is not known here. Write only: %(words)s.", name=word, words=Listed(FROM))
            )
    return {**raw, "territories": territories_from(told, folder)}


def _faults(invalid: ValidationError, marks: Marks) -> Iterator[Fault]:
    errors = [(error, marks.place(error["loc"])) for error in invalid.errors()]
    for error, place in errors:
        if error["type"] in TRIED and any(other[: len(place)] == place != other for _error, other in errors):
            continue
        if error["type"] in TRIED and any(there == place and other["type"] == "value_error" for other, there in errors):
            continue
        yield Fault(marks.line(place), ".".join(place), what_is_wrong(error, place))
