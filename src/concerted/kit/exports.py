"""The one writer of CSV and XLSX files: no cell can start a formula, and no file name tells what is inside."""

import csv
import datetime
import itertools
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language_bidi

#: What a file may be called. A folder of downloads is read over a shoulder too.
NAMES = frozenset({"list", "table", "record", "plan", "report", "results"})
# Spreadsheets start a formula at these, their full-width forms included, also after blanks they trim.
_FORMULA = re.compile(r"^[\s\u200b\ufeff\0]*[=+\-@\u207a\u207b\uff1d\uff0b\uff0d\uff20\u2212]|^[\t\r\n\0]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBERS = (int, float, Decimal)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).isoformat(" ", timespec="minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def escape(value: Any) -> Any:
    """`value` as a CSV cell that no spreadsheet takes for a formula. Numbers stay numbers."""
    if isinstance(value, _NUMBERS) and not isinstance(value, bool):
        return value
    text = _text(value)
    # NUL first: some programs drop it, and what follows it would then begin the cell.
    text = text.replace("\0", "")
    return f"'{text}" if _FORMULA.match(text) else text


def file_name(name: str, kind: str) -> str:
    """A dull name with today's date: list-2026-05-29.csv."""
    return f"{name if name in NAMES else 'list'}-{timezone.localdate().isoformat()}.{kind}"


class _Echo:
    """A file that hands back what is written to it, so csv can write into an answer."""

    def write(self, text: str) -> str:
        return text


def csv_lines(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of the file, one at a time; the mark at the start tells spreadsheets that it is UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([escape(str(column)) for column in columns])
    for row in rows:
        yield writer.writerow([escape(value) for value in row])


def _csv(name: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name(name, "csv")}"'
    return response


@dataclass(frozen=True)
class Formula:
    """A formula of our own for a workbook, and how its number is shown. Never build one from words somebody typed."""

    text: str
    shown: str = ""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name, its rows, how wide its columns are, and cells with a name (name to cell).

    `shown`: how the numbers of a column are shown, the first column is 1; `marked`: cells that are there to be changed.
    With `headed` the first row is a head, which stays in sight and is printed on every page; long words are wrapped.
    """

    name: str
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[int, str] = field(default_factory=dict)
    marked: Collection[str] = ()
    headed: bool = False


#: A sheet that is wider than this many letters is unreadable on one page; it is printed on several.
_ONE_PAGE = 190
_A4 = 9


def _cell(sheet: Any, value: Any, shown: str = "") -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, Formula):
        made = WriteOnlyCell(sheet, value=f"={value.text}")
        made.number_format = value.shown or shown or made.number_format
        return made
    if isinstance(value, _NUMBERS) and not isinstance(value, bool):
        made = WriteOnlyCell(sheet, value=value)
        made.number_format = shown or made.number_format
        return made
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return WriteOnlyCell(sheet, value=value)
    made = WriteOnlyCell(sheet)
    text = _UNPRINTABLE.sub("", _text(value))[:32767]
    # Set before openpyxl can guess: typed as text, and quoted so that it stays text when saved as CSV again.
    made._value, made.data_type, made.number_format = text, "s", "@"
    made.quotePrefix = bool(_FORMULA.match(text))
    return made


def _written(sheet: Any, told: Sheet) -> None:
    """The rows of a sheet, with its head and its marked cells."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    words = Alignment(wrap_text=True, vertical="top")
    # A little off the edge: words of the next column begin there, whichever way is read.
    numbers = Alignment(horizontal="right", vertical="top", indent=1)
    bold, fill = Font(name="Calibri", size=11, bold=True), PatternFill("solid", fgColor="FFF2CC")
    for number, row in enumerate(told.rows, 1):
        cells = [_cell(sheet, value, told.shown.get(column, "")) for column, value in enumerate(row, 1)]
        for column, cell in enumerate(cells, 1):
            if told.headed:
                cell.alignment = words if cell.data_type == "s" else numbers
            if told.headed and number == 1:
                cell.font = bold
            if told.marked and f"{get_column_letter(column)}{number}" in told.marked:
                cell.fill = fill
        if told.headed and (lines := _lines(row, told.widths)) > 1:
            sheet.row_dimensions[number].height = 15 * lines
        sheet.append(cells)


def _lines(row: Sequence[Any], widths: Sequence[int]) -> int:
    """How many lines the longest wrapped words of a row need; not every program finds the height by itself."""
    return max(
        (
            -(-len(value) // max(1, width - 3))
            for value, width in zip(row, widths, strict=False)
            if isinstance(value, str)
        ),
        default=1,
    )


def _laid_out(sheet: Any, told: Sheet) -> None:
    """Widths, a head that stays, and pages that can be printed; before the rows, since a written row is gone."""
    from openpyxl.utils import get_column_letter

    sheet.sheet_view.rightToLeft = get_language_bidi()
    for number, width in enumerate(told.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    if told.headed:
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        if sum(told.widths) <= _ONE_PAGE:
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.page_setup.fitToHeight = 0
        else:
            sheet.freeze_panes, sheet.print_title_cols, sheet.page_setup.scale = "B2", "A:A", 75


def workbook(name: str, sheets: Iterable[Sheet]) -> HttpResponseBase:
    """Sheets as a download in XLSX; from right to left for those who read so. `name` is one of NAMES."""
    # Here, since openpyxl brings numpy along: 12 MB and a tenth of a second that only this answer needs.
    from openpyxl import Workbook
    from openpyxl.utils import absolute_coordinate, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    book = Workbook(write_only=True)
    for told in sheets:
        sheet = book.create_sheet(told.name)
        _laid_out(sheet, told)
        _written(sheet, told)
        for called, cell in told.names.items():
            place = f"{quote_sheetname(told.name)}!{absolute_coordinate(cell)}"
            book.defined_names[called] = DefinedName(called, attr_text=place)
    # On disk beyond a few megabytes: a long list must not fill the server's memory.
    out = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115  FileResponse closes it
    book.save(out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=file_name(name, "xlsx"), content_type=_XLSX)


def _xlsx(name: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponseBase:
    return workbook(name, [Sheet("list", itertools.chain([[str(column) for column in columns]], rows))])


_WRITERS: dict[str, Callable[[str, Sequence[Any], Iterable[Sequence[Any]]], HttpResponseBase]] = {
    "csv": _csv,
    "xlsx": _xlsx,
}


def wanted(kind: str) -> bool:
    """Whether `kind` (the `format` in the address) names a kind of file."""
    return kind in _WRITERS


def answer(kind: str, columns: Sequence[Any], rows: Iterable[Sequence[Any]], name: str = "list") -> HttpResponseBase:
    """The rows as a download. `kind` is "csv" or "xlsx" (anything else gives CSV); `name` is one of NAMES."""
    return _WRITERS.get(kind, _csv)(name, columns, rows)
