"""Past training from a file: read, checked line by line, written whole or not at all."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.capacity import services
from concerted.capacity.models import Credential
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.models import Agency, Person

MOST_BYTES, MOST_CELL = 2_000_000, 2_000


@dataclass(frozen=True)
class LineError:
    """What is wrong on a line, and what to do."""

    line: int
    message: str


@dataclass
class Outcome:
    """How many lines would be or were recorded, and what stood in the way."""

    create: int = 0
    errors: list[LineError] = field(default_factory=list)


class _Undo(Exception):
    """Rolls the whole file back."""


def _read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise ValueError(_("The file is larger than 2 MB. Split it into smaller files."))
    if b"\x00" in content:
        raise ValueError(_("The file is not plain text, or it is saved as UTF-16. Save it as CSV UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ValueError(_("Line %(line)s is not UTF-8. Save the file as CSV UTF-8.") % {"line": line}) from error
    rows = csv.reader(io.StringIO(text, newline=""))
    heads = [head.strip().lower() for head in next(rows, [])]
    missing = [head for head in ("training", "day", "provider") if head not in heads]
    if missing or not {"name", "email"} & set(heads):
        raise ValueError(
            _("The first line must name the columns name or email, training, day, provider. Missing: %(missing)s.")
            % {"missing": ", ".join(missing) or "name"}
        )
    return [(rows.line_num, dict(zip(heads, [cell.strip() for cell in row], strict=False))) for row in rows if any(row)]


def _line(
    row: dict[str, str], people: dict[str, list[Person]], credentials: dict[str, Credential]
) -> tuple[Person, Credential, date, str]:
    """The facts of one line; ValueError says what is wrong with it."""
    for name, cell in row.items():
        if len(cell) > MOST_CELL:
            raise ValueError(_("The cell under %(column)s is too long. Shorten it.") % {"column": name})
        if cell[:1] in ("=", "+", "-", "@"):
            raise ValueError(_("The cell under %(column)s holds a formula. Write the value itself.") % {"column": name})
    who = row.get("email", "").lower() or row.get("name", "").lower()
    found = people.get(who, [])
    if not found:
        raise ValueError(_("Nobody with this name or e-mail works in the agency. Add the person first."))
    if len(found) > 1:
        raise ValueError(_("Two people have this name. Write the e-mail instead."))
    credential = credentials.get(row.get("training", "").lower())
    if credential is None:
        raise ValueError(
            _("The training is not known. Write one of: %(codes)s.") % {"codes": ", ".join(sorted(credentials)) or "-"}
        )
    try:
        day = date.fromisoformat(row.get("day", ""))
    except ValueError as error:
        raise ValueError(_("The day cannot be read. Write it as year-month-day, for example 2026-03-27.")) from error
    if not row.get("provider"):
        raise ValueError(_("Say who gave the training."))
    return found[0], credential, day, row["provider"][:160]


def record_lines(content: bytes, *, agency: Agency, by: Person, at: datetime) -> Outcome:
    """Record every line of a CSV file as outside training, or none when one line is wrong; errors name the line."""
    outcome = Outcome()
    try:
        lines = _read(content)
    except (ValueError, csv.Error) as error:
        outcome.errors.append(LineError(1, str(error)))
        return outcome
    people: dict[str, list[Person]] = {}
    for person in Person.objects.filter(positions__agency=agency, erased_at=None).distinct():
        people.setdefault(person.name.lower(), []).append(person)
        if person.email:
            people.setdefault(person.email.lower(), []).append(person)
    credentials = {c.code: c for c in Credential.objects.filter(subject_kind="person")}
    try:
        with transaction.atomic():
            for number, row in lines:
                try:
                    person, credential, day, provider = _line(row, people, credentials)
                    services.claim_outside(
                        person, credential, agency=agency, achieved_on=day, provider=provider, by=by, at=at
                    )
                    outcome.create += 1
                except (ValueError, NotRecorded) as error:
                    outcome.errors.append(LineError(number, str(error)))
            if outcome.errors:
                raise _Undo
    except _Undo:
        outcome.create = 0
    return outcome
