"""Counts as another program sends them: entries of named values, read and taken in as the lines of a file are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from concerted.directory.imports.reading import Line
from concerted.directory.imports.result import Fault, Result
from concerted.directory.models import Person
from concerted.directory.services.taking_in import all_or_nothing
from concerted.planning.services.count_files import CountReader, write_counts

#: Field of a count -> what an entry calls it.
NAMES = {
    "territory": "territory",
    "agency": "agency",
    "month": "month",
    "service": "service",
    "counted": "what",
    "to": "to",
    "value": "number",
    "reason": "reason",
}
_NAMES = ", ".join(NAMES.values())


def take_sent_counts(
    entries: Sequence[Any], *, through: str = "", dry_run: bool = False, by: Person | None, at: datetime
) -> Result:
    """Take in counts that a program sends, all or nothing; with `dry_run` only say what would happen.

    Each entry holds what a line of a file holds (see `take_counts`), by the names of `NAMES`; `number` a whole number,
    `reason` why it stands in place of another. `through`: the key of the program, for the audit trail. The line of a
    fault is the entry's number, from 1 on.
    """
    result = Result()
    with all_or_nothing(result, dry_run=dry_run):
        reader = CountReader(NAMES, result, by)
        if not entries:
            result.blame(0, "counts", _("There are no counts."), _("Send a list with an entry for each number."))
        for no, entry in enumerate(entries, 1):
            reader.read(_line(no, entry))
        if not result.faults:
            remedy = _("Correct it, or give the reason with each number that is corrected, and send all of it again.")
            write_counts(reader, through=through, remedy=remedy, by=by, at=at)
    return result


def _line(no: int, entry: Any) -> Line | Fault:
    """An entry as a line of text. A name that is not known is a fault: a misspelt agency would count for all."""
    if not isinstance(entry, dict):
        remedy = _("Write each number with its fields: %(names)s.") % {"names": _NAMES}
        return Fault(no, "", _("This is no entry."), remedy)
    cells: dict[str, str] = {}
    for name, value in entry.items():
        if name not in NAMES.values():
            named = _safe(name[:60])
            message = _("There is no field “%(name)s”.") % {"name": named}
            return Fault(no, named, message, _("The fields are: %(names)s.") % {"names": _NAMES})
        if name == "number" and not isinstance(value, str) and value is not None:
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                message = _("“%(text)s” is no number of a month.") % {"text": str(value)[:40]}
                return Fault(no, name, message, _("Write a whole number, 0 or more, without a sign between digits."))
            value = str(value)
        if value is not None and not isinstance(value, str):
            return Fault(no, name, _("This is no text."), _("Write it between quotes."))
        if _safe(value or "") != (value or ""):
            remedy = _("Type the value again by hand.")
            return Fault(no, name, _("This cell holds a line break or a sign that cannot be seen."), remedy)
        cells[name] = value or ""
    return Line(no, cells)


def _safe(text: str) -> str:
    """What of it can be written at all: half of a surrogate pair cannot."""
    return text.encode("utf-8", "replace").decode()
