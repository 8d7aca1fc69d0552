"""Counts from a CSV file, all or nothing: a number a line, every fault with its line and what to do."""

from collections import defaultdict
from datetime import date, datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from concerted.directory.access import filter_territories
from concerted.directory.imports.cells import Cells
from concerted.directory.imports.headers import settle
from concerted.directory.imports.known import fold, nearest, paths_of
from concerted.directory.imports.reading import Line, Sheet
from concerted.directory.imports.result import Fault, Result
from concerted.directory.imports.territories import Places, many_places
from concerted.directory.models import Person, Territory
from concerted.directory.services.taking_in import all_or_nothing
from concerted.kit import access, digits
from concerted.planning.access import COUNTING
from concerted.planning.rules.counts import MOST, ON_THE_WAY, Counted, CountOf
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.services.counts import CountRefused, Written, count_month

#: Columns of a file by the names they go by.
COLUMNS: dict[str, tuple[str, ...]] = {
    "territory": ("territory", "territoire", "territorio", "place", "area", "district", "county", "المنطقة"),
    "month": ("month", "mois", "mes", "period", "الشهر"),
    "service": ("service", "servicio", "الخدمة"),
    "counted": ("counted", "measure", "what", "indicator", "indicateur", "indicador", "المؤشر"),
    "to": ("to", "referred to", "vers", "a", "إلى"),
    "value": ("value", "number", "count", "valeur", "valor", "nombre", "número", "العدد"),
}
_NEEDED = ("territory", "month", "service", "counted", "value")
_SERVICES = {kind.value: kind.value for kind in ServiceKind}
_COUNTED = {counted.value: counted.value for counted in Counted}


def take_counts(stream: BinaryIO, *, why: str = "", dry_run: bool = False, by: Person | None, at: datetime) -> Result:
    """Take counts in from CSV, all or nothing; with `dry_run` only say what would happen.

    A line is a territory (its path, or a name that is there once), a month (2027-03), a service and what is counted
    there by the words of `ServiceKind` and `Counted`, the service it leads to for referrals and waits, and a whole
    number. `why`: the reason for numbers that stand otherwise already. Territories in which `by` may not count are
    answered like territories that are not there.
    """
    result = Result()
    with all_or_nothing(result, dry_run=dry_run):
        sheet = Sheet(stream)
        reader = _Reader(settle(sheet.headers, COLUMNS, {}, _NEEDED), result, by)
        for line in sheet.lines():
            reader.read(line)
        if not result.faults:
            _write(reader, why, by, at)
    return result


def _write(reader: "_Reader", why: str, by: Person | None, at: datetime) -> None:
    """Month by month, with the refusals of the service as faults of the first line of that month."""
    # The newest month first: only it says how a service stands to its line.
    for (territory, month), told in sorted(reader.told.items(), key=lambda one: one[0][1], reverse=True):
        try:
            written = count_month(reader.territories[territory], month, told, why=why, by=by, at=at)
        except CountRefused as refusal:
            remedy = _("Correct the file, or give the reason for corrections, and bring it again.")
            reader.result.blame(reader.first[territory, month], "", str(refusal), remedy)
        else:
            _add(reader.result, written)


def _add(result: Result, written: Written) -> None:
    result.create += written.create
    result.change += written.change
    result.skip += written.skip


class _Reader(Cells):
    """Turns lines into what is told of each territory and month."""

    def __init__(self, columns: dict[str, str], result: Result, by: Person | None) -> None:
        super().__init__(columns, result)
        paths = paths_of(Territory.objects.order_by().values_list("pk", "name", "parent_id"))
        rows = Territory.objects.all()
        if by is not None:
            reach = access.reach(by, "C", COUNTING)
            inside = filter_territories(reach, rows)
            # Where nobody nearer coordinates is asked for each territory that the file names, once.
            rows = rows if reach.unled else inside
        self.by = by
        self.territories = {row.pk: row for row in rows}
        self.paths = {path: pk for path, pk in paths.items() if pk in self.territories}
        self.places = Places(self.paths)
        self.told: dict[tuple[int, date], dict[CountOf, int | None]] = defaultdict(dict)
        self.first: dict[tuple[int, date], int] = {}
        self._lines: dict[tuple[int, date, CountOf], int] = {}
        self._may: dict[int, bool] = {}

    def read(self, line: Line | Fault) -> None:
        """Take one line in; a fault goes into the result."""
        whole, before = self.whole(line), self.result.faults
        if whole is None:
            return
        territory, month, value = self._territory(whole), self._month(whole), self._value(whole)
        of = self._of(whole)
        if self.result.faults != before or territory is None or month is None or of is None:
            return
        earlier = self._lines.setdefault((territory, month, of), whole.no)
        if earlier != whole.no:
            message = _("This line repeats line %(line)s.") % {"line": digits.localise(earlier)}
            self.blame(whole.no, "value", message, _("Take one of the two away."))
            return
        self.first.setdefault((territory, month), whole.no)
        self.told[territory, month][of] = value

    def _territory(self, line: Line) -> int | None:
        words = self.needed(
            line, "territory", _("The territory is missing."), _("Write where it was counted, or take the line away.")
        )
        if not words:
            return None
        found = self.places.find(words)
        if len(found) == 1 and self._allowed(pk := self.paths[next(iter(found))]):
            return pk
        if len(found) > 1:
            self.blame(line.no, "territory", *many_places(words[:200], found))
            return None
        names = {fold(path[-1]): path[-1] for path in self.paths}
        message = _("There is no territory “%(parent)s”.") % {"parent": words[:200]}
        other = _("Write it as the list of territories does; you count in your own territories only.")
        self.blame(line.no, "territory", message, nearest(words, names, self.result) or other)
        return None

    def _allowed(self, pk: int) -> bool:
        if self.by is None:
            return True
        if pk not in self._may:
            self._may[pk] = access.may(self.by, "C", COUNTING, self.territories[pk])
        return self._may[pk]

    def _month(self, line: Line) -> date | None:
        words = digits.plain(
            self.needed(line, "month", _("The month is missing."), _("Write year and month, for example 2027-03."))
        )
        if not words:
            return None
        try:
            year, _dash, month = words.partition("-")
            return date(int(year), int(month[:2]), 1) if len(words) in (7, 10) else _not_a_month()
        except ValueError:
            message = _("“%(text)s” is no month.") % {"text": words[:40]}
            self.blame(line.no, "month", message, _("Write year and month, for example 2027-03."))
            return None

    def _of(self, line: Line) -> CountOf | None:
        service = self._word(line, "service", _SERVICES)
        counted = self._word(line, "counted", _COUNTED)
        if not service or not counted:
            return None
        to = self.text(line, "to")
        if counted not in ON_THE_WAY:
            if to:
                message = _("“%(counted)s” leads to no other service.") % {"counted": counted}
                self.blame(line.no, "to", message, _("Leave this cell empty."))
                return None
            return CountOf(service, counted)
        to = self._word(line, "to", {word: word for word in _SERVICES if word != service})
        return CountOf(service, counted, to) if to else None

    def _word(self, line: Line, field: str, words: dict[str, str]) -> str:
        text = self.needed(
            line, field, _("A word is missing."), _("Write one of: %(words)s.") % {"words": ", ".join(words)}
        )
        key = fold(text).replace(" ", "_")
        if text and key not in words:
            message = _("“%(text)s” is not known here.") % {"text": text[:60]}
            remedy = nearest(key, words, self.result) or _("Write one of: %(words)s.") % {"words": ", ".join(words)}
            self.blame(line.no, field, message, remedy)
            return ""
        return key

    def _value(self, line: Line) -> int | None:
        text = digits.plain(
            self.needed(
                line, "value", _("The number is missing."), _("Write a whole number; no data is no line at all.")
            )
        )
        if not text:
            return None
        if not text.isdecimal() or int(text) > MOST:
            message = _("“%(text)s” is no number of a month.") % {"text": text[:40]}
            self.blame(line.no, "value", message, _("Write a whole number, 0 or more, without a sign between digits."))
            return None
        return int(text)


def _not_a_month() -> date:
    raise ValueError
