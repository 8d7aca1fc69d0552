"""One line of a staff list, from cells to typed values, each fault with its column and remedy. Knows no database."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from concerted.directory.imports.cells import Cells
from concerted.directory.imports.reading import Line
from concerted.directory.imports.result import Fault, Result
from concerted.directory.rules import can_be_read
from concerted.kit import digits

EARLIEST, AHEAD = date(1950, 1, 1), timedelta(days=731)
_STAGES = {
    "": "in",
    "in": "in",
    "in service": "in",
    "in-service": "in",
    "en service": "in",
    "en servicio": "in",
    "في الخدمة": "in",
    "pre": "pre",
    "pre-qualifying": "pre",
    "before qualifying": "pre",
    "student": "pre",
    "étudiante": "pre",
    "étudiant": "pre",
    "avant le diplôme": "pre",
    "estudiante": "pre",
    "antes de titularse": "pre",
    "طالبة": "pre",
    "طالب": "pre",
    "قبل التأهيل": "pre",
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4})$")


@dataclass(frozen=True)
class Entry:
    """One line: a person and the position she holds. `since` None: the file does not say."""

    line: int
    name: str
    email: str | None
    language: str
    agency: str
    territory: str
    profession: str
    since: date | None
    until: date | None
    stage: str | None
    share: Decimal | None

    @property
    def key(self) -> str:
        """What tells a person from others in the file: her address, else her name."""
        return self.email.lower() if self.email else f"\x00{self.name.casefold()}"


def _letters(name: str) -> list[str]:
    """The parts of a name in small letters, without accents and marks between them."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return "".join(" " if unicodedata.category(sign)[0] in "PZ" else sign for sign in plain.casefold()).split()


def same_name(one: str, other: str) -> bool:
    """Whether two spellings may be one person's: the same letters but for case, accents and spacing, or parts turned.

    >>> same_name("Inès Rahal", "RAHAL Ines"), same_name("Mary-Ann Obi", "Maryann Obi"), same_name("Amal", "Zoe")
    (True, True, False)
    """
    parts, others = _letters(one), _letters(other)
    return "".join(parts) == "".join(others) or sorted(parts) == sorted(others)


class Reader(Cells):
    """Turns lines into entries by a map of columns; `today` bounds the dates."""

    def __init__(self, columns: Mapping[str, str], today: date, result: Result) -> None:
        super().__init__(columns, result)
        self.today = today
        self.languages = {code: code for code, _name in settings.LANGUAGES}
        self.languages |= {str(name).casefold(): code for code, name in settings.LANGUAGES}
        self.languages |= {"english": "en", "french": "fr", "spanish": "es", "arabic": "ar"}

    def read(self, line: Line | Fault) -> Entry | None:
        """The entry of a line, or None when it has a fault, which is then in `result`."""
        whole, before = self.whole(line), self.result.faults
        if whole is None:
            return None
        entry = Entry(
            whole.no,
            self._name(whole),
            self._email(whole),
            self._language(whole),
            self.needed(
                whole, "agency", _("The agency is missing."), _("Write the agency's name as it stands under People.")
            ),
            self.text(whole, "territory"),
            self.needed(whole, "profession", _("The profession is missing."), _("Write a profession of the response.")),
            self._day(whole, "since"),
            self._day(whole, "until"),
            self._stage(whole),
            self._share(whole),
        )
        self._dates_fit(entry)
        return entry if self.result.faults == before else None

    def _name(self, line: Line) -> str:
        before = self.result.faults
        fields = ("name",) if "name" in self.columns else ("given", "family")
        name = " ".join(" ".join(self.text(line, field) for field in fields).split())
        if self.result.faults > before:
            return ""
        if not can_be_read(name):
            self.blame(
                line.no, fields[0], _("The name is missing."), _("Write the person's name, or take the line away.")
            )
        self.refuse_longer(line, fields[0], name)
        return name

    def _email(self, line: Line) -> str | None:
        text = self.text(line, "email")
        if not text:
            return None
        try:
            validate_email(text)
        except ValidationError:
            self.blame(
                line.no,
                "email",
                _("“%(text)s” is not an e-mail address.") % {"text": text[:60]},
                _("Correct it, or leave the cell empty."),
            )
        return text

    def _language(self, line: Line) -> str:
        text = self.text(line, "language")
        if not text:
            return ""
        code = self.languages.get(text.casefold()) or self.languages.get(
            text.casefold().replace("_", "-").split("-")[0]
        )
        if code is None:
            self.blame(
                line.no,
                "language",
                _("“%(text)s” is not a language of this response.") % {"text": text[:40]},
                _("Use one of: %(codes)s, or leave the cell empty.") % {"codes": ", ".join(dict(settings.LANGUAGES))},
            )
        return code or ""

    def _day(self, line: Line, field: str) -> date | None:
        text = digits.plain(self.text(line, field))
        if not text:
            return None
        iso, day_first = _ISO.match(text), _DAY_FIRST.match(text)
        try:
            if iso:
                year, month, day = map(int, iso.groups())
            elif day_first:
                day, month, year = map(int, day_first.groups())
            else:
                raise ValueError
            return date(year, month, day)
        except ValueError:
            self.blame(
                line.no,
                field,
                _("“%(text)s” is not a date.") % {"text": text[:40]},
                _("Write it as 2026-03-27, or day first: 27/3/2026."),
            )
            return None

    def _stage(self, line: Line) -> str | None:
        if "stage" not in self.columns:
            return None
        text = self.text(line, "stage")
        stage = _STAGES.get(text.casefold())
        if stage is None:
            self.blame(
                line.no,
                "stage",
                _("“%(text)s” is not a stage.") % {"text": text[:40]},
                _("Write “in service” or “pre-qualifying”."),
            )
        return stage

    def _share(self, line: Line) -> Decimal | None:
        text = digits.plain(self.text(line, "share")).replace(",", ".")
        if not text:
            return None
        try:
            percent = text.endswith("%")
            share = Decimal(text.rstrip("% ")) / (100 if percent else 1)
            if not share.is_finite() or not Decimal("0.005") <= share <= 1:
                raise InvalidOperation
        except InvalidOperation:
            self.blame(
                line.no,
                "share",
                _("“%(text)s” is not a share of a full post.") % {"text": text[:40]},
                _("Write a number above 0 and at most 1, for example 0.5, or 50%."),
            )
            return None
        return share.quantize(Decimal("0.01"))

    def _dates_fit(self, entry: Entry) -> None:
        since, until = entry.since, entry.until
        if since and since < EARLIEST:
            message, remedy = _("She would have started before 1950."), _("Check the year.")
        elif since and since > self.today + AHEAD:
            message, remedy = _("She would start more than two years ahead."), _("Check the year.")
        elif until and not since:
            message, remedy = _("There is a last day but no first day."), _("Write the day she started.")
        elif since and until and until <= since:
            message, remedy = (
                _("The position ends before it starts."),
                _("Check both dates: the last day comes after the first."),
            )
        else:
            return
        self.result.blame(entry.line, self.columns.get("since", "since"), message, remedy)
