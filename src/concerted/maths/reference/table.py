"""The reference table as it is written: published values, and values worked out independently."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Numbers = tuple[float, ...]


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
    def numbers(self) -> list[float]:
        """What is expected; several numbers stand apart by semicolons."""
        return [float(part) for part in self.value.split(";")]

    def kept_by(self, found: Numbers) -> bool:
        """Whether each number found is within the row's tolerance."""
        if len(found) != len(self.numbers):
            return False
        pairs = zip(self.numbers, found, strict=True)
        return all(abs(got - expected) <= float(self.tolerance) + 4e-16 * abs(expected) for expected, got in pairs)


@dataclass(frozen=True)
class Checked:
    """A row, what this process works out for it (None where nothing here does), and whether they agree."""

    row: Row
    found: Numbers | None

    @property
    def told(self) -> str:
        """What was found as the table writes numbers, shown to ten digits."""
        return "; ".join(f"{number:.10g}" for number in self.found or ())

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
