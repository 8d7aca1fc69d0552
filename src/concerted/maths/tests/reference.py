"""The reference table: published values and values worked out independently, each with tolerance and source."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Row:
    value: str
    tolerance: str

    @property
    def numbers(self) -> list[float]:
        return [float(part) for part in self.value.split(";")]


@cache
def rows() -> dict[str, Row]:
    with (Path(__file__).parent / "planner_reference.csv").open(encoding="utf-8", newline="") as file:
        return {line["id"]: Row(line["value"], line["tolerance"]) for line in csv.DictReader(file)}


def agrees(row_id: str, *found: float) -> None:
    """Each figure found is within the row's tolerance; a tolerance of 0 means the same number."""
    row = rows()[row_id]
    assert len(row.numbers) == len(found)
    for expected, got in zip(row.numbers, found, strict=True):
        assert abs(float(got) - expected) <= float(row.tolerance) + 4e-16 * abs(expected), (row_id, expected, got)
