"""The reference table, and the same worked out by this process: does the program still say what was published?

One table of expressions serves the page, the command and the tests. A row that nothing here can work out says why.
"""

from concerted.maths.reference.table import Checked, NotWorked, Row, rows
from concerted.maths.reference.worked import NOT_WORKED, worked_out

__all__ = ["NOT_WORKED", "Checked", "NotWorked", "Row", "check", "rows", "worked_out"]


def check() -> tuple[Checked, ...]:
    """Every row of the table, worked out now."""
    found = dict(worked_out())
    return tuple(Checked(row, found.get(key), NOT_WORKED.get(key)) for key, row in rows().items())
