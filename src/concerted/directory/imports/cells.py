"""The cells of one line by the field they stand for, each fault with its column and remedy."""

import unicodedata
from collections.abc import Mapping

from django.utils.translation import gettext as _

from concerted.directory.imports.reading import Line, fault_of_cell
from concerted.directory.imports.result import Fault, Result
from concerted.directory.rules import can_be_read

LONGEST_NAME = 160


class Cells:
    """Reads lines by a map of columns; faults go into the result."""

    def __init__(self, columns: Mapping[str, str], result: Result) -> None:
        self.columns, self.result = columns, result

    def whole(self, line: Line | Fault) -> Line | None:
        """The line, unless it could not be read as one."""
        if isinstance(line, Fault):
            self.result.blame_with(line)
            return None
        return line

    def blame(self, no: int, field: str, message: str, remedy: str) -> None:
        """Keep a fault of the cell that stands for this field."""
        self.result.blame(no, self.columns.get(field, field), message, remedy)

    def text(self, line: Line, field: str) -> str:
        """The cell without blanks around it; empty when there is none or it cannot be stored."""
        column = self.columns.get(field)
        text = unicodedata.normalize("NFC", line.cells.get(column or "", "")).strip(" \u00a0")
        fault = fault_of_cell(line.no, column or field, text)
        if fault is not None:
            self.result.blame_with(fault)
            return ""
        return text

    def needed(self, line: Line, field: str, message: str, remedy: str) -> str:
        """The cell, which must not be empty."""
        before = self.result.faults
        text = self.text(line, field)
        if not can_be_read(text) and self.result.faults == before:
            self.blame(line.no, field, message, remedy)
        return text

    def refuse_longer(self, line: Line, field: str, name: str) -> None:
        """A name that does not fit is a fault."""
        if len(name) > LONGEST_NAME:
            self.blame(
                line.no,
                field,
                _("The name has %(count)s signs.") % {"count": len(name)},
                _("Shorten it to at most %(most)s.") % {"most": LONGEST_NAME},
            )
