"""Questions as a table, a line each. No cell can start a formula."""

import csv
import io
from collections.abc import Iterable

from concerted.packs.questions import sheet_columns as columns
from concerted.packs.questions.losses import tell_left_out
from concerted.packs.questions.weights import shown
from concerted.packs.questions.written import Findings, QuestionWritten

_WEIGHTLESS = ("ordering", "matching", "reflection")


def write_sheet(questions: Iterable[QuestionWritten], findings: Findings) -> str:
    """The text of a CSV file; the mark at its start tells spreadsheets that it is UTF-8."""
    written = []
    for question in questions:
        if max(len(question.answers), len(question.pairs)) > columns.ANSWERS_MOST:
            tell_left_out(question, "CSV", findings)
            continue
        written.append(question)
    most = max((max(len(one.answers), len(one.pairs)) for one in written), default=0)
    names = [f"{name} {number}" for number in range(1, most + 1) for name in columns.OF_ANSWER]
    out = io.StringIO()
    table = csv.DictWriter(out, [*columns.WORDS, *columns.FACTS, *names], restval="", lineterminator="\r\n")
    table.writeheader()
    for question in written:
        table.writerow({name: columns.guarded(cell) for name, cell in _cells(question).items()})
    return "\ufeff" + out.getvalue()


def _cells(question: QuestionWritten) -> dict[str, str]:
    cells = {name: getattr(question, part) for name, part in columns.WORDS.items()}
    cells |= {
        "kind": question.kind,
        "tags": ", ".join(question.tags),
        "capitals count": "yes" if question.case else "",
    }
    for number, answer in enumerate(question.answers, start=1):
        cells[f"answer {number}"] = answer.words
        cells[f"weight {number}"] = "" if question.kind in _WEIGHTLESS else shown(answer.weight)
        cells[f"tolerance {number}"] = answer.tolerance
        cells[f"feedback {number}"] = answer.feedback
    for number, pair in enumerate(question.pairs, start=1):
        cells[f"answer {number}"], cells[f"reply {number}"] = pair.left, pair.right
    return cells
