"""Counts from a CSV file, all or nothing: a number a line, every fault with its line and what to do."""

from collections import defaultdict
from datetime import date, datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from concerted.directory.imports.cells import Cells
from concerted.directory.imports.headers import settle
from concerted.directory.imports.known import fold, nearest, paths_of
from concerted.directory.imports.reading import Line, Sheet
from concerted.directory.imports.result import Fault, Result
from concerted.directory.imports.territories import Places, many_places
from concerted.directory.models import Agency, Person, Territory
from concerted.directory.services.taking_in import all_or_nothing
from concerted.kit import digits
from concerted.planning.queries.counting import agencies_counted_by, counted_by, open_agencies
from concerted.planning.rules.counts import MOST, ON_THE_WAY, Counted, CountOf
from concerted.planning.rules.kinds import ServiceKind
from concerted.planning.services.counts import LONGEST_REASON, CountRefused, Part, count_months

#: Columns of a file by the names they go by.
COLUMNS: dict[str, tuple[str, ...]] = {
    "territory": ("territory", "territoire", "territorio", "place", "area", "district", "county", "الإقليم", "المنطقة"),
    "agency": ("agency", "service provider", "organisme", "organismo", "organización", "institución", "الجهة"),
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

    `agency`, where the file has it, is the one whose count it is; empty, it is of the whole territory. A line is a
    territory (its path, or a name that is there once), a month (2027-03), a service and what is counted
    there by the words of `ServiceKind` and `Counted`, the service it leads to for referrals and waits, and a whole
    number. `why`: the reason for numbers that stand otherwise already. Territories in which `by` may not count are
    answered like territories that are not there.
    """
    result = Result()
    with all_or_nothing(result, dry_run=dry_run):
        sheet = Sheet(stream)
        reader = CountReader(settle(sheet.headers, COLUMNS, {}, _NEEDED), result, by)
        for line in sheet.lines():
            reader.read(line)
        if not result.faults:
            remedy = _("Correct the file, or give the reason for corrections, and bring it again.")
            write_counts(reader, why=why, remedy=remedy, by=by, at=at)
    return result


def write_counts(
    reader: "CountReader", *, why: str = "", through: str = "", remedy: str, by: Person | None, at: datetime
) -> None:
    """All months together, with the refusals of the service as faults of the first line of that month."""
    try:
        written = count_months(reader.told, why=why, reasons=reader.reasons, through=through, by=by, at=at)
    except CountRefused as refusal:
        for part, words in refusal.refused.items():
            reader.result.blame(reader.first[part], "", words, remedy)
    else:
        result = reader.result
        result.create, result.change, result.skip = written.create, written.change, written.skip


class CountReader(Cells):
    """Turns lines into what is told of each territory and month."""

    def __init__(self, columns: dict[str, str], result: Result, by: Person | None) -> None:
        super().__init__(columns, result)
        paths = paths_of(Territory.objects.order_by().values_list("pk", "name", "parent_id"))
        whole = Territory.objects.all() if by is None else counted_by(by)
        self.whole_territories = set(whole.order_by().values_list("pk", flat=True))
        #: Territory -> its agencies for which she counts, by name.
        self.agencies: dict[int, dict[str, Agency]] = defaultdict(dict)
        for row in open_agencies() if by is None else agencies_counted_by(by):
            self.agencies[row.territory_id][fold(row.name)] = row
        self.paths = {path: pk for path, pk in paths.items() if pk in self.whole_territories or pk in self.agencies}
        self.places = Places(self.paths)
        self.told: dict[Part, dict[CountOf, int | None]] = defaultdict(dict)
        self.first: dict[Part, int] = {}
        #: Why single numbers are corrected, where a line says so itself.
        self.reasons: dict[tuple[Part, CountOf], str] = {}
        self._lines: dict[tuple[Part, CountOf], int] = {}

    def read(self, line: Line | Fault) -> None:
        """Take one line in; a fault goes into the result."""
        whole, before = super().whole(line), self.result.faults
        if whole is None:
            return
        territory, month, value = self._territory(whole), self._month(whole), self._value(whole)
        of, agency = self._of(whole), self._agency(whole, territory)
        why = self._reason(whole)
        if self.result.faults != before or territory is None or month is None or of is None:
            return
        part = (territory, month, agency)
        earlier = self._lines.setdefault((part, of), whole.no)
        if earlier != whole.no:
            message = _("This line repeats line %(line)s.") % {"line": digits.localise(earlier)}
            self.blame(whole.no, "value", message, _("Take one of the two away."))
            return
        self.first.setdefault(part, whole.no)
        self.told[part][of] = value
        if why:
            self.reasons[part, of] = why

    def _reason(self, line: Line) -> str:
        words = self.text(line, "reason") if "reason" in self.columns else ""
        if len(words) > LONGEST_REASON:
            message = _("This cell holds %(count)s signs.") % {"count": len(words)}
            self.blame(line.no, "reason", message, _("Shorten it to at most %(most)s.") % {"most": LONGEST_REASON})
        return words

    def _territory(self, line: Line) -> int | None:
        words = self.needed(
            line, "territory", _("The territory is missing."), _("Write where it was counted, or take the line away.")
        )
        if not words:
            return None
        found = self.places.find(words)
        if len(found) == 1:
            return self.paths[next(iter(found))]
        if len(found) > 1:
            self.blame(line.no, "territory", *many_places(words[:200], found))
            return None
        names = {fold(path[-1]): path[-1] for path in self.paths}
        message = _("There is no territory “%(parent)s”.") % {"parent": words[:200]}
        other = _("Write it as the list of territories does; you count in your own territories only.")
        self.blame(line.no, "territory", message, nearest(words, names, self.result) or other)
        return None

    def _agency(self, line: Line, territory: int | None) -> int | None:
        """Whose count it is; None for that of the whole territory."""
        if territory is None:
            return None
        words, there = self.text(line, "agency"), self.agencies.get(territory, {})
        if words and fold(words) not in there:
            message = _("There is no agency “%(name)s” here for which you count.") % {"name": words[:160]}
            names = {name: agency.name for name, agency in there.items()}
            other = _("Write its name as the list of agencies does, and the territory in which it stands.")
            self.blame(line.no, "agency", message, nearest(words, names, self.result) or other)
        elif not words and territory not in self.whole_territories:
            message = _("You count for your own agency, not for the whole territory.")
            self.blame(line.no, "agency", message, _("Write the name of your agency in the column “agency”."))
        return there[fold(words)].pk if fold(words) in there else None

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
