"""The reference table as it is written: published values, and values worked out independently."""

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

Numbers = tuple[float, ...]
Found = Numbers | str
#: The tolerance of a row whose source prints words around its numbers: it is compared as printed.
AS_PRINTED = "as printed"


class NotWorked(StrEnum):
    """What is missing where a row is not worked out: the series it was measured on, or the method that was measured."""

    SERIES = "series"
    METHOD = "method"


@dataclass(frozen=True)
class Row:
    """A row of the table as it is written; a tolerance of 0 means the same number."""

    key: str
    model: str
    inputs: str
    output: str
    value: str
    tolerance: str
    source: str

    @property
    def printed(self) -> bool:
        """Whether the row is compared as it is printed, and not number by number."""
        return self.tolerance == AS_PRINTED

    @property
    def numbers(self) -> list[float]:
        """What is expected; several numbers stand apart by semicolons. Empty where the row is printed."""
        return [] if self.printed else [float(part) for part in self.value.split(";")]

    def kept_by(self, found: Found) -> bool:
        """Whether each number found is within the row's tolerance, or the words found stand in the row as printed."""
        if isinstance(found, str):
            return bool(found) and re.search(rf"(?<![\w.+-]){re.escape(found)}(?![\w.])", self.value) is not None
        if self.printed or len(found) != len(self.numbers):
            return False
        pairs = zip(self.numbers, found, strict=True)
        return all(abs(got - expected) <= float(self.tolerance) + 4e-16 * abs(expected) for expected, got in pairs)


@dataclass(frozen=True)
class Checked:
    """A row, what this process works out for it (None where nothing here does, `why` says why not), and whether they
    agree.
    """

    row: Row
    found: Found | None
    why: NotWorked | None = None

    @property
    def told(self) -> str:
        """What was found as the table writes it, numbers shown to ten digits."""
        if isinstance(self.found, str):
            return self.found
        return "; ".join(f"{number:.10g}" for number in self.found or ())

    @property
    def in_part(self) -> bool:
        """Only a part of the row is worked out; the rest was observed, and no formula has it."""
        return isinstance(self.found, str) and self.found != self.row.value

    @property
    def kept(self) -> bool:
        """Worked out, and within the tolerance."""
        return self.found is not None and self.row.kept_by(self.found)


@cache
def rows() -> dict[str, Row]:
    """The table by key."""
    with (Path(__file__).parent / "planner_reference.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        return {line["id"]: Row(line.pop("id"), **line) for line in lines}
