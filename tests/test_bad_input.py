"""Bad input gets a clear error that says what to do, and nothing stored changes."""

from typing import Any

import pytest
from django.apps import apps

from concerted.directory.tests.test_imports import BAD as FILES
from concerted.packs.tests.bad_packs import BAD as PACKS
from tests.bad_input.services import BAD, Bad, Bench, told


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of every table of ours."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model.__module__.startswith("concerted.")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("row", BAD, ids=lambda row: row.what)
def test_bad_input_is_refused_and_changes_nothing(row: Bad) -> None:
    bench = Bench()
    if row.setting:
        row.setting(bench)
    before = everything()
    said = told(bench, row)
    after = everything()
    assert said == " ".join(filter(None, (row.message, row.remedy)))
    assert [name for name in before if before[name] != after[name]] == []


def test_there_are_eighty_rows_of_twenty_kinds() -> None:
    rows = [(row.kind, row.what) for row in [*BAD, *PACKS, *FILES]]
    assert len(set(rows)) >= 80
    assert len({kind for kind, _what in rows}) >= 20
