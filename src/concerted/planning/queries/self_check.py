"""Whether this process still works out what the reference table says."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from concerted.maths.reference import Checked, check
from concerted.planning.rules.projection import VERSION


@dataclass(frozen=True)
class Group:
    """Rows of one kind: how callers wait, lines that are full, workload."""

    name: str
    rows: tuple[Checked, ...]


@dataclass(frozen=True)
class SelfCheck:
    """The rows worked out now, and those that cannot be, each of which says why."""

    worked: tuple[Checked, ...]
    quoted: tuple[Checked, ...]
    version: int = VERSION

    @property
    def differing(self) -> tuple[Checked, ...]:
        """Rows that are not within their tolerance."""
        return tuple(one for one in self.worked if not one.kept)

    @property
    def agreeing(self) -> int:
        """How many rows are."""
        return len(self.worked) - len(self.differing)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Rows by model, in the order of the table."""
        return tuple(Group(name, tuple(rows)) for name, rows in groupby(self.worked, key=lambda one: one.row.model))

    @property
    def headline(self) -> str:
        """The outcome in words, for the command."""
        return (
            f"{self.agreeing} of {len(self.worked)} rows agree, worked out in this process with engine version "
            f"{self.version}; {len(self.quoted)} more rows cannot be worked out here, each for the reason it gives."
        )

    def as_values(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "engine": self.version,
            "agree": self.agreeing,
            "worked_out": len(self.worked),
            "not_worked_out": {one.row.key: one.why for one in self.quoted},
            "rows": [_as_values(one) for one in self.worked],
        }


def _as_values(one: Checked) -> dict[str, Any]:
    """A row as printed has words where the others have numbers, and no tolerance."""
    row = one.row
    return {
        "id": row.key,
        "model": row.model,
        "inputs": row.inputs,
        "output": row.output,
        "expected": row.value if row.printed else row.numbers,
        "got": one.found if isinstance(one.found, str) else list(one.found or ()),
        "tolerance": None if row.printed else float(row.tolerance),
        "in_part": one.in_part,
        "kept": one.kept,
        "source": row.source,
    }


def self_check() -> SelfCheck:
    """The whole table, worked out now: a tenth of a second, so nothing is kept from the last time."""
    every = check()
    return SelfCheck(
        tuple(one for one in every if one.found is not None), tuple(one for one in every if one.found is None)
    )
