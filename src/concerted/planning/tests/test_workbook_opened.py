"""The workbook of each example, worked out again by a real spreadsheet: every formula comes to what the engine says."""

import contextlib
import math
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from concerted.kit.exports import workbook
from concerted.planning.queries.plan_files import plan_named
from concerted.planning.rules.projection import MONEY, TOTAL, Projection, headlines, project, quantity
from concerted.planning.tests.test_plan_workbook import EXAMPLES
from concerted.planning.wording import service_name, unit_name
from concerted.planning.workbook import sheets

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(not SOFFICE, reason="LibreOffice Calc is not installed, so no spreadsheet works it out")
CHANGED, NAMED = "changed", "named"


@cache
def told_of(name: str, **changed: float) -> Projection:
    return project(plan_named(name, {"draws": 1} | changed))


def written(told: Projection, path: Path) -> Path:
    answer: Any = workbook("plan", sheets(told))
    with contextlib.closing(answer.file_to_stream):
        path.write_bytes(b"".join(answer.streaming_content))
    return path


def with_dearer_posts(path: Path) -> None:
    """As a reader does it: another unit cost, and nobody works in the first territory any more."""
    book = load_workbook(path)
    for key, cost in told_of("delegation").plan.costs.items():
        if cost.per == "post":
            cell = book.defined_names[f"costs.{key}.amount"].attr_text.split("!")[1].replace("$", "")
            book["Inputs"][cell] = cost.amount * 2
    book["Territories"]["D2"] = 0
    book.save(path)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Each workbook as the spreadsheet saved it again, with the values of its formulas."""
    folder = tmp_path_factory.mktemp("books")
    files = [written(told_of(name), folder / f"{name}.xlsx") for name in EXAMPLES]
    files.append(written(told_of("delegation"), folder / f"{CHANGED}.xlsx"))
    with_dearer_posts(files[-1])
    named = told_of("delegation").plan.model_copy(update={"title": "=1+1"})
    files.append(written(project(named), folder / f"{NAMED}.xlsx"))
    home, out = (folder / "home").as_uri(), folder / "out"
    kind = "xlsx:Calc MS Excel 2007 XML"
    asked = [SOFFICE, f"-env:UserInstallation={home}", "--headless", "--convert-to", kind, "--outdir", out, *files]
    subprocess.run(asked, check=True, capture_output=True, timeout=180)
    return cache(lambda name: load_workbook(out / f"{name}.xlsx", data_only=True))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_formula_has_a_value(name: str, opened: Any, tmp_path: Path) -> None:
    ours, theirs = load_workbook(written(told_of(name), tmp_path / "ours.xlsx")), opened(name)
    formulas = [
        (sheet.title, cell.coordinate) for sheet in ours for row in sheet for cell in row if cell.data_type == "f"
    ]
    assert len(formulas) > 100
    assert [place for place in formulas if not isinstance(theirs[place[0]][place[1]].value, int | float)] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_summary_and_territories(name: str, opened: Any) -> None:
    told, book = told_of(name), opened(name)
    plan, found = told.plan, headlines(told)
    summary, rounding = book["Summary"], 0.005 * len(told.units) * len(told.months) * 2
    assert summary["B6"].value == found.to_hire
    assert summary["B7"].value == pytest.approx(found.money.mid, abs=rounding)
    assert summary["B11"].value == pytest.approx(found.promised - found.money.mid, abs=rounding)
    hired = {
        (unit_name(plan, unit), service_name(plan, service)): told.to_hire(unit, service)
        for unit in told.units
        for service in plan.services
    }
    rows = [[cell.value for cell in row] for row in book["Territories"].iter_rows(min_row=2)]
    assert {(row[0], row[1]): row[4] for row in rows}.items() <= hired.items()
    assert sum(row[4] for row in rows) == sum(hired.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_money_month_by_month(name: str, opened: Any) -> None:
    told = told_of(name)
    money, costs = opened(name)["Money"], told.plan.costs
    for number, cost in enumerate(costs.values()):
        paid = list(money.columns)[2 * number + 2][1:]
        expected = [float(count) * cost.amount for count in quantity(told, cost)]
        assert [cell.value for cell in paid] == pytest.approx(expected, rel=1e-12)
    summed = sum(told.series(measure, TOTAL)[1] for measure in MONEY)
    rounding = 0.005 * len(told.units) * len(costs)
    assert [cell.value for cell in list(money.columns)[2 * len(costs) + 1][1:]] == pytest.approx(summed, abs=rounding)


def test_changed_cells_move_what_hangs_on_them(opened: Any) -> None:
    before, after, plan = opened("delegation"), opened(CHANGED), told_of("delegation").plan
    dearer = {f"costs.{key}.amount": cost.amount * 2 for key, cost in plan.costs.items() if cost.per == "post"}
    told = told_of("delegation", **dearer)
    rounding = 0.005 * len(told.units) * len(told.months) * 2
    assert after["Summary"]["B7"].value == pytest.approx(told.spent().mid, abs=rounding)
    assert after["Territories"]["E2"].value == math.ceil(after["Territories"]["C2"].value)
    more = after["Territories"]["E2"].value - before["Territories"]["E2"].value
    assert more > 0
    assert after["Summary"]["B6"].value == before["Summary"]["B6"].value + more


def test_words_that_look_like_a_formula_stay_words(opened: Any) -> None:
    assert opened(NAMED)["Summary"]["A1"].value == "=1+1"
