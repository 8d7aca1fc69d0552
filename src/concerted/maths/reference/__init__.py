"""The reference table, and the same worked out by this process: does the program still say what was published?

Rows that nothing here works out, such as what an initiative brought elsewhere, are told as such.
"""

from concerted.maths.reference.table import Checked, Row, rows
from concerted.maths.reference.worked import worked_out

__all__ = ["Checked", "Row", "check", "rows", "worked_out"]


def check() -> tuple[Checked, ...]:
    """Every row of the table, worked out now."""
    found = dict(worked_out())
    return tuple(Checked(row, found.get(key)) for key, row in rows().items())
