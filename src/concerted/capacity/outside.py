"""Past training from a file: read, checked line by line, written whole or not at all."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.capacity import services
from concerted.capacity.models import Credential, OutsideClaim
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.imports.headers import PEOPLE, guess
from concerted.directory.imports.reading import Line, Sheet, fault_of_cell
from concerted.directory.imports.result import Fault, Unreadable
from concerted.directory.models import Agency, Person
from concerted.directory.queries import with_address
from concerted.kit import digits

MOST_BYTES = 2_000_000
LONGEST_PROVIDER = OutsideClaim._meta.get_field("provider").max_length or 160
#: Field -> the names its column goes by.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": PEOPLE["name"],
    "email": PEOPLE["email"],
    "training": ("training", "course", "module", "formation", "formación", "التدريب"),
    "day": ("day", "date", "completed on", "jour", "fecha", "día", "اليوم", "التاريخ"),
    "provider": ("provider", "given by", "organisme de formation", "proveedor", "الجهة المقدمة"),
}


#: Who completed what, on which day, and who gave it.
Facts = tuple[Person, Credential, date, str]


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

    def blame(self, fault: Fault) -> None:
        """Keep a fault of the careful reader."""
        where = f"{fault.column}: " if fault.column else ""
        self.errors.append(LineError(fault.line, f"{where}{fault.message} {fault.remedy}"))


class _Undo(Exception):
    """Rolls the whole file back."""


class _Wrong(Exception):
    """One cell of a line cannot stand."""

    def __init__(self, line: Line, column: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.fault = Fault(line.no, column, message, remedy)


class _Reader:
    """Turns lines into facts about the staff of one agency."""

    def __init__(self, sheet: Sheet, agency: Agency) -> None:
        self.columns = guess(sheet.headers, COLUMNS)
        missing = [name for name in ("training", "day", "provider") if name not in self.columns]
        if not {"name", "email"} & set(self.columns):
            missing.insert(0, "name")
        if missing:
            message = _("The first line must name the columns name or email, training, day, provider.")
            raise Unreadable(Fault(1, "", message, _("Missing: %(missing)s.") % {"missing": ", ".join(missing)}))
        self.people: dict[str, set[Person]] = {}
        staff = with_address(Person.objects.filter(positions__agency=agency, erased_at=None))
        for person in staff.distinct():
            for who in filter(None, (person.name, person.address)):
                self.people.setdefault(who.casefold(), set()).add(person)
        self.credentials = {c.code: c for c in Credential.objects.filter(subject_kind="person")}

    def facts(self, line: Line) -> Facts:
        """Who completed what, when, where. Raises `_Wrong` for the first cell that cannot stand."""
        return self._person(line), self._credential(line), self._day(line), self._provider(line)

    def _text(self, line: Line, name: str) -> str:
        column = self.columns.get(name, "")
        text = " ".join(unicodedata.normalize("NFC", line.cells.get(column, "")).strip(" \u00a0").split(" "))
        fault = fault_of_cell(line.no, column, text)
        if fault is not None:
            raise _Wrong(line, fault.column, fault.message, fault.remedy)
        return text

    def _person(self, line: Line) -> Person:
        email, name = self._text(line, "email"), self._text(line, "name")
        column = self.columns.get("email" if email else "name", "")
        found = self.people.get((email or name).casefold(), set())
        if not found:
            message = _("Nobody with this name or e-mail works in the agency.")
            raise _Wrong(line, column, message, _("Add the person first."))
        if len(found) > 1:
            raise _Wrong(line, column, _("Two people have this name."), _("Write the e-mail instead."))
        return next(iter(found))

    def _credential(self, line: Line) -> Credential:
        credential = self.credentials.get(self._text(line, "training").lower())
        if credential is None:
            codes = ", ".join(sorted(self.credentials)) or "-"
            remedy = _("Write one of: %(codes)s.") % {"codes": codes}
            raise _Wrong(line, self.columns["training"], _("The training is not known."), remedy)
        return credential

    def _day(self, line: Line) -> date:
        text = digits.plain(self._text(line, "day"))
        try:
            return date.fromisoformat(text)
        except ValueError:
            message, remedy = _("The day cannot be read."), _("Write it as year-month-day, for example 2026-03-27.")
            raise _Wrong(line, self.columns["day"], message, remedy) from None

    def _provider(self, line: Line) -> str:
        text, column = self._text(line, "provider"), self.columns["provider"]
        if not text:
            raise _Wrong(line, column, _("The cell is empty."), _("Say who gave the training."))
        if len(text) > LONGEST_PROVIDER:
            message = _("This cell holds %(count)s signs.") % {"count": len(text)}
            raise _Wrong(line, column, message, _("Shorten it to at most %(most)s.") % {"most": LONGEST_PROVIDER})
        return text


def _lines(content: bytes, agency: Agency, outcome: Outcome) -> Iterator[tuple[int, Facts]]:
    """The facts of every sound line; what is wrong with the others goes into `outcome`."""
    if len(content) > MOST_BYTES:
        raise Unreadable(Fault(1, "", _("The file is larger than 2 MB."), _("Split it into smaller files.")))
    sheet = Sheet(BytesIO(content))
    reader = _Reader(sheet, agency)
    for line in sheet.lines():
        if isinstance(line, Fault):
            outcome.blame(line)
            continue
        try:
            yield line.no, reader.facts(line)
        except _Wrong as wrong:
            outcome.blame(wrong.fault)


def record_lines(content: bytes, *, agency: Agency, by: Person, at: datetime) -> Outcome:
    """Record every line of a CSV file as outside training, or none when one line is wrong; errors name the line."""
    outcome = Outcome()
    try:
        with transaction.atomic():
            try:
                for no, (person, credential, day, provider) in _lines(content, agency, outcome):
                    try:
                        services.claim_outside(
                            person, credential, agency=agency, achieved_on=day, provider=provider, by=by, at=at
                        )
                        outcome.create += 1
                    except NotRecorded as refusal:
                        outcome.errors.append(LineError(no, str(refusal)))
            except Unreadable as unreadable:
                outcome.blame(unreadable.fault)
            if outcome.errors:
                raise _Undo
    except _Undo:
        outcome.create = 0
    return outcome
