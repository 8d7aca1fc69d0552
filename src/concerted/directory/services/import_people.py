from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from django.utils import timezone

from concerted.directory import hooks
from concerted.directory.access import IMPORT
from concerted.directory.imports.headers import PEOPLE, guess, settle
from concerted.directory.imports.known import Known
from concerted.directory.imports.people import Entry, Reader
from concerted.directory.imports.reading import Sheet
from concerted.directory.imports.result import Result
from concerted.directory.models import Person
from concerted.directory.services.staff_chunk import Chunk, Seen
from concerted.directory.services.taking_in import all_or_nothing
from concerted.kit import access
from concerted.kit.access import Reach
from concerted.ledger.services import record

#: Lines looked up and written together: a fixed number of queries for each such chunk.
CHUNK = 700


def import_people(
    stream: BinaryIO, *, columns: dict[str, str] | None = None, dry_run: bool = False, by: Person | None, at: datetime
) -> Result:
    """Take a staff list in from CSV, all or nothing; with `dry_run` only say what would happen.

    A line is a person and a position. Who is already there (same address; without one, same name in the same post) is
    changed, or skipped when nothing differs; nobody's position is ended because she is missing from the file.
    An address tells who is meant. A name spelt otherwise (case, accents, spacing, parts in another order) is a change;
    another name is an error, because either may be the slip: whoever took a new name is renamed on her page first.
    Agencies outside what `by` reaches are answered like agencies that are not there, and addresses of people outside it
    like addresses nobody has: she is entered without it, and its owner is asked whether both are she.
    """
    access_reach = Reach(everywhere=True)
    if by is not None:
        access.allow(by, "C", IMPORT)
        access_reach = access.reach(by, "C", IMPORT)
    result = Result()
    with all_or_nothing(result, dry_run=dry_run):
        written = _run(stream, columns or {}, access_reach, dry_run, by, at, result)
        if not result.faults and not dry_run:
            record("people imported", by=by, object_kind="import", object_id="people", words=result.plain())
            hooks.tell_positions_changed(written)
    return result


def _run(
    stream: BinaryIO,
    columns: dict[str, str],
    reach: Reach,
    dry_run: bool,
    by: Person | None,
    at: datetime,
    result: Result,
) -> list[int]:
    """Go through the file chunk by chunk; stops writing at the first fault but reads on to tell them all."""
    today = timezone.localdate(at)
    written: list[int] = []
    sheet = Sheet(stream)
    settled = settle(sheet.headers, PEOPLE, columns, _needed(sheet.headers, columns))
    reader, known, seen = Reader(settled, today, result), Known(reach, settled, result), Seen(settled, result)
    for entries in _chunks(sheet, reader):
        chunk = Chunk(entries, known, seen, reach, today, result)
        if not result.faults and not dry_run:
            written += chunk.write(by, at)
    return written


def _needed(headers: list[str], columns: dict[str, str]) -> list[str]:
    """A name may stand in one column or in two."""
    there = guess(headers, PEOPLE) | columns
    name = ["given", "family"] if "name" not in there and {"given", "family"} <= set(there) else ["name"]
    return [*name, "agency", "profession"]


def _chunks(sheet: Sheet, reader: Reader) -> Iterator[list[Entry]]:
    lines = sheet.lines()
    while some := list(islice(lines, CHUNK)):
        yield [entry for entry in map(reader.read, some) if entry is not None]
