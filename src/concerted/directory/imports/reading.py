"""A CSV file from bytes to lines of named cells, in constant memory, whatever the bytes are."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from concerted.directory.imports.result import Fault, Unreadable

LONGEST_LINE = 64 * 1024
LONGEST_CELL = 2000
MOST_COLUMNS = 200
MOST_LINES = 100_000
#: What some spreadsheets write above the header: how the cells are parted.
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?', re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Line:
    """One line below the header: its number in the file and its cells by header."""

    no: int
    cells: dict[str, str]


def _stop(line: int, message: str, remedy: str, column: str = "") -> Unreadable:
    return Unreadable(Fault(line, column, message, remedy))


def _refuse_other_encodings(start: bytes) -> None:
    utf_16 = start.startswith((b"\xff\xfe", b"\xfe\xff")) or (len(start) > 3 and start[1::2].count(0) > len(start) // 4)
    utf_16 = utf_16 or (len(start) > 3 and start[::2].count(0) > len(start) // 4)
    if utf_16:
        raise _stop(
            1,
            _("The file is written in UTF-16."),
            _("Save it again as “CSV UTF-8 (comma delimited)”."),
        )
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise _stop(1, _("This is a spreadsheet, not a CSV file."), _("Open it and save the sheet as “CSV UTF-8”."))


def _text_lines(stream: BinaryIO) -> Iterator[str]:
    """The physical lines as text, each of bounded length; stops with the line's number at the first bad byte."""
    no = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        no += 1
        if no == 1:
            _refuse_other_encodings(raw[:200])
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > LONGEST_LINE:
            raise _stop(
                no,
                _("This line is longer than %(most)s KB.") % {"most": LONGEST_LINE // 1024},
                _("Take the long cell out, or check that every opening quote is closed."),
            )
        if b"\x00" in raw:
            raise _stop(no, _("This line holds a NUL byte."), _("Save the file again as “CSV UTF-8” and try anew."))
        try:
            yield raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _stop(
                no,
                _("Byte %(place)s of this line is not UTF-8.") % {"place": error.start + 1},
                _("Save the file again as “CSV UTF-8 (comma delimited)”."),
            ) from error


def _mark_of(head: str) -> str:
    """The separating mark of a header: comma, semicolon or tab, whichever stands there most."""
    return max(",;\t", key=lambda mark: (head.count(mark), mark == ","))


def _records(lines: Iterator[str], mark: str, before: int) -> Iterator[tuple[int, list[str]]]:
    """(number of the line it begins on, cells) of every record; a quote left open is told with that number.

    `before`: how many lines stand above these.
    """
    reader = csv.reader(lines, delimiter=mark, strict=True)
    while True:
        begins = before + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "new-line character" in str(error):
                raise _stop(
                    begins,
                    _("The lines of this file end in a way that is no longer used."),
                    _("Save the file again as “CSV UTF-8 (comma delimited)”."),
                ) from None
            raise _stop(
                begins,
                _("The quotes on this line do not match."),
                _("Close every opening quote, and write a quote inside a cell twice."),
            ) from None
        yield begins, cells


def _first_then(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _refuse_headers(headers: list[str], no: int) -> None:
    if len(headers) > MOST_COLUMNS:
        raise _stop(
            no,
            _("The header has %(count)s columns.") % {"count": len(headers)},
            _("Keep the columns you need; at most %(most)s are read.") % {"most": MOST_COLUMNS},
        )
    seen: set[str] = set()
    for header in headers:
        key = header.casefold()
        if header and key in seen:
            raise _stop(
                no,
                _("The header names “%(name)s” twice.") % {"name": header},
                _("Rename or remove one of the two columns."),
                header,
            )
        seen.add(key)


class Sheet:
    """An opened file: `headers`, then `lines()` once."""

    def __init__(self, stream: BinaryIO) -> None:
        stream.seek(0)
        lines = _text_lines(stream)
        first, before = next(lines, ""), 0
        told = _SEPARATOR.fullmatch(first.strip("\r\n"))
        if told:
            first, before = next(lines, ""), 1
        if not first.strip():
            raise _stop(
                1, _("The file is empty, or its first line is."), _("Put the names of the columns on the first line.")
            )
        mark = told[1] if told else _mark_of(first)
        self._records = _records(_first_then(first, lines), mark, before)
        no, cells = next(self._records)
        self.headers = [" ".join(cell.split()) for cell in cells]
        _refuse_headers(self.headers, no)

    def lines(self) -> Iterator["Line | Fault"]:
        """Every line below the header that holds something; a line with a wrong number of cells comes as a fault."""
        count = 0
        for no, cells in self._records:
            if not any(cell.strip() for cell in cells):
                continue
            count += 1
            if count > MOST_LINES:
                raise _stop(
                    no,
                    _("The file has more than %(most)s lines.") % {"most": MOST_LINES},
                    _("Cut it into smaller files and import one after the other."),
                )
            yield self._line(no, cells)
        if not count:
            raise _stop(2, _("There is nothing below the header."), _("Add a line for each entry."))

    def _line(self, no: int, cells: list[str]) -> "Line | Fault":
        if len(cells) != len(self.headers):
            return Fault(
                no,
                "",
                _("This line has %(found)s cells, the header %(wanted)s.")
                % {"found": len(cells), "wanted": len(self.headers)},
                _("Put a cell that holds the separating mark in quotes, and leave no cell out."),
            )
        return Line(no, dict(zip(self.headers, cells, strict=True)))


def fault_of_cell(no: int, column: str, text: str) -> Fault | None:
    """What makes a cell of text unfit to be stored, if anything does."""
    if len(text) > LONGEST_CELL:
        return Fault(
            no,
            column,
            _("This cell holds %(count)s signs.") % {"count": len(text)},
            _("Shorten it to at most %(most)s.") % {"most": LONGEST_CELL},
        )
    if text.startswith(_FORMULA):
        return Fault(
            no,
            column,
            _("This cell begins with “%(sign)s”, as a formula does.") % {"sign": text[0].strip() or "⇥"},
            _("Write the plain value."),
        )
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        return Fault(
            no,
            column,
            _("This cell holds a line break or a sign that cannot be seen."),
            _("Type the value again by hand."),
        )
    return None
