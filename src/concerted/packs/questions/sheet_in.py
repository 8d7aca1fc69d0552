"""Questions in a table: a line each, as people write them in a spreadsheet and save them as CSV."""

import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from concerted.directory.imports.reading import Line, Sheet
from concerted.directory.imports.result import Unreadable
from concerted.packs.questions import sheet_columns as columns
from concerted.packs.questions.numbers import number_in
from concerted.packs.questions.soundness import FULL, check, true_and_false
from concerted.packs.questions.weights import share
from concerted.packs.questions.written import ANY, Answer, Findings, Pair, QuestionWritten, Refused, tags_of, titled
from concerted.text.rules import normal

_WEIGHED = ("single", "multiple", "truefalse")


def read_sheet(content: bytes, findings: Findings) -> tuple[QuestionWritten, ...]:
    """The questions of a CSV file; what is wrong with the others is in `findings`.

    Raises Refused for what is no such table.
    """
    found = []
    try:
        sheet = Sheet(io.BytesIO(content))
        named = _headers(sheet.headers, findings)
        for line in sheet.lines():
            if not isinstance(line, Line):
                findings.faults.append(line)
                continue
            try:
                found.append(_question(_Row(line, named)))
            except Refused as refused:
                findings.refuse(refused.line, refused.message, refused.remedy, refused.column)
    except Unreadable as error:
        fault = error.fault
        raise Refused(fault.message, fault.remedy, fault.line, fault.column) from error
    return tuple(found)


def _headers(headers: list[str], findings: Findings) -> dict[str, str]:
    """Column of ours -> the header as it is written. Others are told and passed over."""
    named = {}
    for header in headers:
        name = " ".join(header.lower().split())
        if name in columns.WORDS or name in columns.FACTS or columns.numbered(name):
            named[name] = header
        elif header:
            findings.note(1, _("The column “%(name)s” is not known here. It is left out.") % {"name": header[:60]})
    if "question" not in named:
        raise Refused(
            _("No column tells the question."),
            _("Name one “question”; for the answers “answer 1”, “weight 1”, “feedback 1” and so on."),
            1,
            "question",
        )
    return named


class _Row:
    """A line of the table, by the names of our columns."""

    def __init__(self, line: Line, named: Mapping[str, str]) -> None:
        self.no = line.no
        self.cells = {name: columns.bare(line.cells[header].strip()) for name, header in named.items()}

    def words(self, name: str) -> str:
        return normal(self.cells.get(name, "")).strip()

    def answers(self) -> list[int]:
        """The numbers of the answers that hold words."""
        numbers = sorted({pair[1] for name in self.cells if (pair := columns.numbered(name))})
        return [number for number in numbers if self.words(f"answer {number}") or self.words(f"reply {number}")]


def _question(row: _Row) -> QuestionWritten:
    stem, title = row.words("question"), " ".join(row.words("title").split())
    if not stem and not title:
        raise Refused(_("The question asks nothing."), _("Write what is asked."), row.no, "question")
    kind = columns.kind_in(row.cells.get("kind", ""), row.no) or _guessed(row)
    answers, pairs = _answers(row, kind), _pairs(row) if kind == "matching" else ()
    if kind == "truefalse":
        answers = true_and_false(answers, row.no)
    check(kind, answers, pairs, row.no)
    said: dict[str, Any] = {part: row.words(name) for name, part in columns.WORDS.items()}
    said |= {"title": titled(title, stem), "stem": stem or title}
    return QuestionWritten(
        kind,
        answers=answers,
        pairs=pairs,
        tags=tags_of(row.words("tags").split(",")),
        case=kind == "short" and bool(columns.yes_in(row.cells.get("capitals count", ""))),
        line=row.no,
        **said,
    )


def _guessed(row: _Row) -> str:
    """The kind of a question that names none, by what its answers are."""
    numbers = row.answers()
    if not numbers:
        return "reflection"
    if any(row.words(f"reply {number}") for number in numbers):
        return "matching"
    marked = [number for number in numbers if columns.yes_in(row.cells.get(f"weight {number}", "")) is not False]
    return "single" if len(marked) == 1 else "multiple"


def _pairs(row: _Row) -> tuple[Pair, ...]:
    return tuple(Pair(row.words(f"answer {number}"), row.words(f"reply {number}")) for number in row.answers())


def _answers(row: _Row, kind: str) -> tuple[Answer, ...]:
    if kind in ("matching", "reflection"):
        return ()
    numbers = row.answers()
    if kind == "ordering":
        return tuple(Answer(row.words(f"answer {number}")) for number in numbers)
    rights = sum(bool(columns.yes_in(row.cells.get(f"weight {number}", ""))) for number in numbers)
    full = columns.full_for(rights) if kind == "multiple" else FULL
    return tuple(_answer(row, kind, number, full) for number in numbers)


def _answer(row: _Row, kind: str, number: int, full: float) -> Answer:
    words, why = row.words(f"answer {number}"), row.words(f"feedback {number}")
    column = f"weight {number}"
    cell = row.cells.get(column, "")
    if kind not in _WEIGHED and not cell:
        weight = 0.0 if words == ANY and kind == "numeric" else FULL
    else:
        weight = share(columns.weight_in(cell, full, row.no, column), row.no, column)
    if kind != "numeric" or words == ANY:
        return Answer(words, weight, why)
    value, off = number_in(words), number_in(row.words(f"tolerance {number}") or "0")
    if value is None or off is None:
        raise Refused(
            _("“%(value)s” is no number.") % {"value": words[:40]},
            _("Write it and its tolerance with a decimal point, as 3.5."),
            row.no,
            f"answer {number}",
        )
    return Answer(value, weight, why, off)
