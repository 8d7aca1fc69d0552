"""The reference table worked out by the process that plans."""

from concerted.maths.reference import Row, check, rows, worked_out


def test_every_row_that_is_worked_out_agrees() -> None:
    assert [one.row.key for one in check() if one.found is not None and not one.kept] == []


def test_every_row_worked_out_stands_in_the_table_once() -> None:
    keys = [key for key, _found in worked_out()]
    assert len(keys) == len(set(keys))
    assert set(keys) <= set(rows())


def test_a_row_is_kept_within_its_tolerance_only() -> None:
    row = Row("X", "", "", "", "2;3", "0.5", "")
    assert row.kept_by((2.5, 3.0))
    assert not row.kept_by((2.6, 3.0))
    assert not row.kept_by((2.0,))
