"""Files that can be opened without harm."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from concerted.kit import exports

HOSTILE = [
    "=1+1",
    '=HYPERLINK("https://example.org","x")',
    "=cmd|' /C calc'!A0",
    "+1",
    "+44 7700",
    "-1+1",
    "-",
    "@SUM(A1)",
    "@x",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "   @x",
    "\u00a0=1",
    "\u3000=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\u22121",
    "\x00=1",
    "\t",
    "\rx",
]


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_cell_of_a_csv_starts_a_formula(cell: str) -> None:
    line = "".join(exports.csv_lines(["a"], [[cell]])).lstrip("\ufeff")
    written = list(csv.reader(io.StringIO(line, newline="")))[1][0]
    assert written.startswith("'")


@pytest.mark.parametrize("cell", HOSTILE)
def test_no_head_of_a_csv_starts_a_formula(cell: str) -> None:
    head = next(exports.csv_lines([cell], [])).removeprefix("\ufeff")
    assert head.lstrip('"').startswith("'")


@pytest.mark.parametrize("cell", ["Leila", "", "a=b", "x@example.org", "12-5", "٢٩", "'x"])
def test_plain_words_stay_as_they_are(cell: str) -> None:
    assert exports.escape(cell) == cell


@pytest.mark.parametrize("value", [-5, 0, 2.5, Decimal("-3.1")])
def test_numbers_stay_numbers(value: object) -> None:
    assert exports.escape(value) is value


def test_dates_and_nothing() -> None:
    assert exports.escape(datetime.date(2026, 5, 29)) == "2026-05-29"
    assert exports.escape(None) == ""
    assert exports.escape(datetime.datetime(2026, 5, 29, 9, 41, tzinfo=datetime.UTC)).startswith("2026-05-29 ")


def read(response: object) -> bytes:
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    # The file only: closing the answer would tell Django that a request is over.
    if file := getattr(response, "file_to_stream", None):
        file.close()
    return body


def test_cells_of_a_spreadsheet_are_text() -> None:
    response = exports.answer("xlsx", ["a", "=b"], [[cell, -3] for cell in HOSTILE])
    sheet = load_workbook(io.BytesIO(read(response))).active
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix
    assert sheet["B2"].value == -3


def test_letters_that_xml_forbids_are_dropped() -> None:
    response = exports.answer("xlsx", ["a"], [["a\x01b"]])
    assert load_workbook(io.BytesIO(read(response))).active["A2"].value == "ab"


def test_rows_are_asked_for_one_by_one() -> None:
    asked = []

    def rows() -> object:
        for n in range(3):
            asked.append(n)
            yield [n]

    lines = exports.csv_lines(["a"], rows())  # type: ignore[arg-type]
    next(lines)
    assert asked == []
    next(lines)
    assert asked == [0]


@pytest.mark.parametrize("name", ["survivors", "../x", "list\r\nx", ""])
def test_file_names_are_dull(name: str) -> None:
    assert exports.file_name(name, "csv").startswith("list-")


def test_answers_are_downloads() -> None:
    response = exports.answer("csv", ["a"], [["b"]], "record")
    assert response["Content-Disposition"].startswith('attachment; filename="record-')
    assert read(response).decode() == "\ufeffa\r\nb\r\n"
