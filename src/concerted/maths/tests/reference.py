"""Figures of a test against a row of the reference table."""

from concerted.maths.reference import rows


def agrees(row_id: str, *found: float) -> None:
    """Each figure found is within the row's tolerance; a tolerance of 0 means the same number."""
    row = rows()[row_id]
    assert row.kept_by(tuple(float(number) for number in found)), (row_id, row.value, found)
