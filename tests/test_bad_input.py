"""Bad input gets a clear error that says what to do, and nothing stored changes."""

import pytest

from concerted.directory.tests.test_imports import BAD as FILES
from concerted.kit.tests.stored import changed, stored
from concerted.packs.tests.bad_manuscripts import BAD as MANUSCRIPTS
from concerted.packs.tests.bad_packs import BAD as PACKS
from tests.bad_input.exchange import BAD as EXCHANGE
from tests.bad_input.services import BAD, Bad, Bench, told

ALL = [*BAD, *EXCHANGE, *PACKS, *FILES, *MANUSCRIPTS]


@pytest.mark.django_db
@pytest.mark.parametrize("row", [*BAD, *EXCHANGE], ids=lambda row: f"{row.kind}: {row.what}")
def test_bad_input_is_refused_and_changes_nothing(row: Bad) -> None:
    bench = Bench()
    if row.setting:
        row.setting(bench)
    before = stored()
    said = told(bench, row)
    assert said == f"{row.message} {row.remedy}"
    assert changed(before) == []


def test_there_are_eighty_rows_of_twenty_kinds() -> None:
    rows = [(row.kind, row.what) for row in ALL]
    assert len(set(rows)) >= 80
    assert len({kind for kind, _what in rows}) >= 20


def test_every_row_says_what_to_do() -> None:
    assert [row.what for row in ALL if not (row.message.strip() and row.remedy.strip())] == []
