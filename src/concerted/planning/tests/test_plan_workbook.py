"""The workbook of a plan: its formulas, worked out again by other code, come to what the engine says."""

import ast
import contextlib
import io
import json
import math
import operator
import re
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from concerted.kit.exports import workbook
from concerted.planning.queries.plan_files import plan_named
from concerted.planning.rules.projection import Measure, Projection, headlines, project
from concerted.planning.tests.test_plan_pages import PATH, World, signed_in
from concerted.planning.workbook import sheets

EXAMPLES = ["delegation", "helpline", "mandate", "referral-protocol-victoria"]


@pytest.fixture
def world(db: None) -> World:
    return World()


class Cells:
    """A small reader of formulas: + - *, SUM, MAX, ROUND, ROUNDUP, cells and ranges of any sheet."""

    def __init__(self, book: Any) -> None:
        self.book = book

    def value(self, sheet: str, cell: str) -> float:
        held = self.book[sheet][cell.replace("$", "")]
        return self._worked(sheet, held.value[1:]) if held.data_type == "f" else float(held.value or 0)

    def _worked(self, sheet: str, formula: str) -> float:
        place = r"(?:'((?:[^']|'')+)'!)?(\$?[A-Z]+\$?\d+)(?::([A-Z]+\d+))?"
        plain = re.sub(place, lambda found: self._read(sheet, found), formula)
        return float(_worked_out(ast.parse(plain, mode="eval").body))

    def _read(self, sheet: str, found: re.Match[str]) -> str:
        where = (found[1] or sheet).replace("''", "'")
        if found[3] is None:
            return repr(self.value(where, found[2]))
        held = [cell.coordinate for row in self.book[where][f"{found[2]}:{found[3]}"] for cell in row]
        return repr([self.value(where, cell) for cell in held])


def _worked_out(node: ast.AST) -> Any:
    """A formula whose cells are numbers by now; anything but sums, products and the functions below is refused."""
    match node:
        case ast.Constant(value):
            return value
        case ast.List(held):
            return [_worked_out(one) for one in held]
        case ast.UnaryOp(ast.USub(), one):
            return -_worked_out(one)
        case ast.BinOp(left, sign, right):
            return SIGNS[type(sign)](_worked_out(left), _worked_out(right))
        case ast.Call(ast.Name(name), given):
            return KNOWN[name](*map(_worked_out, given))
    raise AssertionError(f"no formula we write: {ast.dump(node)}")


SIGNS: dict[Any, Any] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
KNOWN: dict[str, Any] = {"SUM": sum, "MAX": max, "ROUND": round, "ROUNDUP": lambda value, _digits: math.ceil(value)}


def opened(told: Projection) -> Any:
    answer: Any = workbook("plan", sheets(told))
    with contextlib.closing(answer.file_to_stream):
        return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_formulas_come_to_what_the_engine_says(language: str) -> None:
    told = project(plan_named("delegation", {}))
    found = headlines(told)
    with translation.override(language):
        book = opened(told)
    cells, summary = Cells(book), book.sheetnames[0]
    rounding = 0.005 * len(told.units) * len(told.months) * 2
    assert cells.value(summary, "B6") == found.to_hire
    assert cells.value(summary, "B7") == pytest.approx(found.money.mid, abs=rounding)
    assert book[summary].sheet_view.rightToLeft == (language == "ar")


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_adds_up(name: str) -> None:
    told = project(plan_named(name, {"draws": 1}))
    book = opened(told)
    rounding = 0.005 * len(told.units) * len(told.months) * 2
    assert Cells(book).value("Summary", "B7") == pytest.approx(told.spent().mid, abs=rounding)


def test_a_changed_unit_cost_moves_the_total() -> None:
    plan = plan_named("delegation", {})
    key = next(key for key, cost in plan.costs.items() if cost.per == "post")
    book = opened(project(plan))
    cell = book.defined_names[f"costs.{key}.amount"].attr_text.split("!")[1].replace("$", "")
    book["Inputs"][cell] = plan.costs[key].amount * 2
    dearer = project(plan_named("delegation", {f"costs.{key}.amount": plan.costs[key].amount * 2}))
    rounding = 0.005 * len(dearer.units) * len(dearer.months) * 2
    assert Cells(book).value("Summary", "B7") == pytest.approx(dearer.spent().mid, abs=rounding)


def test_only_our_own_cells_are_formulas() -> None:
    plan = plan_named("delegation", {})
    named = plan.model_copy(update={"title": "=1+1"})
    title = opened(project(named))["Summary"]["A1"]
    assert (title.value, title.data_type, title.quotePrefix) == ("=1+1", "s", True)


def test_files_hold_the_values_of_the_address_and_never_stand_for_refused_ones(world: World) -> None:
    client, said = signed_in(world.dora), {"services.advocacy.contacts.per_10000": "2.5"}
    answer = client.get(f"{PATH}plan.json", said)
    told = json.loads(answer.content)
    contacts = project(plan_named("delegation", {"services.advocacy.contacts.per_10000": 2.5}))
    assert told["fingerprint"] == contacts.fingerprint
    assert set(told["measures"]) == {str(measure) for measure in Measure}
    assert re.search(r'filename="plan-[\d-]+\.json"', answer["Content-Disposition"])
    file = client.get(f"{PATH}workbook.xlsx", said)
    assert "spreadsheetml" in file["Content-Type"]
    assert file.getvalue().startswith(b"PK")
    for kind in ("workbook.xlsx", "plan.json"):
        answer = client.get(f"{PATH}{kind}", {"services.helpline.queue.minutes": "-1"})
        assert answer["Location"] == f"{PATH}?services.helpline.queue.minutes=-1"
        assert client.get(f"/plans/example/nothing/{kind}").status_code == 404


@pytest.mark.parametrize("kind", ["workbook.xlsx", "plan.json"])
def test_files_of_a_kept_plan_are_for_those_who_may_see_it(world: World, kind: str) -> None:
    path = f"/plans/kept/{world.keep().public}/{kind}"
    for person, status in (
        (world.mona, 200),
        (world.dora, 200),
        (world.lina, 200),
        (world.bela, 404),
        (world.chiara, 404),
    ):
        answer = signed_in(person).get(path)
        assert answer.status_code == status, person.name
        # Read to its end, so that its file is closed; closing the answer would close the database of the test too.
        assert answer.getvalue()


def test_files_ask_little(world: World, django_assert_num_queries: Any) -> None:
    client, kept = signed_in(world.dora), world.keep().public
    for path, count in ((PATH, 3), (f"/plans/kept/{kept}/", 4)):
        for kind in ("workbook.xlsx", "plan.json"):
            client.get(path + kind).getvalue()
            with django_assert_num_queries(count, info=path + kind):
                client.get(path + kind).getvalue()
