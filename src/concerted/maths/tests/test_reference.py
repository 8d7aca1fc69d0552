"""The reference table, row by row, worked out by the process that plans: the page and the command read the same."""

import pytest

from concerted.maths.reference import NOT_WORKED, Row, check, rows, worked_out

CHECKED = {one.row.key: one for one in check()}


@pytest.mark.parametrize("key", rows())
def test_row(key: str) -> None:
    """Each row agrees, or says why it is not worked out."""
    one = CHECKED[key]
    if one.found is None:
        assert one.why is not None
    else:
        assert one.why is None
        assert one.kept, (one.row.value, one.told)


def test_every_row_worked_out_stands_in_the_table_once() -> None:
    keys = [key for key, _found in worked_out()]
    assert len(keys) == len(set(keys))
    assert sorted([*keys, *NOT_WORKED]) == sorted(rows())


def test_a_row_is_kept_within_its_tolerance_only() -> None:
    row = Row("X", "", "", "", "2;3", "0.5", "")
    assert row.kept_by((2.5, 3.0))
    assert not row.kept_by((2.6, 3.0))
    assert not row.kept_by((2.0,))


@pytest.mark.parametrize(
    ("found", "kept"),
    [("+45%", True), ("45%", False), ("+4%", False), ("+45%; 150 s", True), ("", False), ("+46%", False)],
)
def test_words_are_kept_only_as_printed(found: str, kept: bool) -> None:
    assert Row("X", "", "", "", "+45%; 150 s -> 42 s", "as printed", "").kept_by(found) == kept


def test_words_never_pass_for_numbers() -> None:
    assert not Row("X", "", "", "", "17%", "as printed", "").kept_by((17.0,))
