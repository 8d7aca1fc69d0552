"""A plan as a workbook: what can be worked out from cells is a formula, what only the engine can is a value.

The engine rounds each unit's month to hundredths, the workbook nothing: the two may differ by as much.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from concerted.kit.exports import Formula, Sheet
from concerted.planning.outputs import sources
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import MONEY, TOTAL, VERSION, Measure, Projection, headlines, quantity, unit_of
from concerted.planning.wording import MEASURES, service_name, unit_name

Row = list[Any]
#: What a cell's name may hold beside letters and digits: a key's "-" is none of it.
_NO_NAME = re.compile(r"[^A-Za-z0-9_.]")


def sheets(told: Projection) -> list[Sheet]:
    """Summary, inputs, months, money, territories and sources."""
    inputs = Inputs(told.plan)
    territories = list(_territories(told))
    money = list(_money(told, inputs))
    wide = (44, 18, 18, 18, 18, 18)
    return [
        Sheet(_("Summary"), _summary(told, len(money), len(territories)), wide),
        Sheet(inputs.sheet, inputs.rows, (52, 22, 24, 60, 52), inputs.names),
        Sheet(_("By month"), _months(told), (12,)),
        Sheet(_("Money"), money, (12,)),
        Sheet(_("Territories"), territories, (44, 24, *wide[1:])),
        Sheet(_("Sources"), [[_("Source")], *([source] for source in sources(told))], (100,)),
    ]


class Inputs:
    """Every value of the plan with its place, unit and source, and the cell in which it stands."""

    def __init__(self, plan: Plan) -> None:
        self.sheet = _("Inputs")
        self.rows: list[Row] = [[_("Place in the plan"), _("Value"), _("Unit"), _("Source"), _("Name of the cell")]]
        self.names: dict[str, str] = {}
        self._cells: dict[str, str] = {}
        for place, value, source in _values(plan.model_dump(exclude_none=True, exclude={"options"}), "", ""):
            cell, name = f"B{len(self.rows) + 1}", _NO_NAME.sub("_", place)
            named = name not in self.names and not isinstance(value, str)
            if named:
                self.names[name] = cell
            self._cells[place] = cell
            self.rows.append([place, value, _unit(plan, place), source, name if named else ""])

    def cell(self, place: str) -> str:
        """Where a value stands, as a formula of another sheet refers to it."""
        letter, row = self._cells[place][0], self._cells[place][1:]
        return f"{_quoted(self.sheet)}!${letter}${row}"


def _values(part: Any, place: str, source: str) -> Iterator[tuple[str, float | str, str]]:
    """The single values of a part, each with its place and the nearest source around it."""
    if isinstance(part, dict):
        near = part.get("source") or source
        for key, inner in part.items():
            yield from _values(inner, f"{place}.{key}" if place else key, near)
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from _values(inner, f"{place}.{number}", source)
    else:
        yield place, str(part) if isinstance(part, bool) else part, source


def _unit(plan: Plan, place: str) -> str:
    money = f"{plan.money.currency} {plan.money.year}"
    last = place.rsplit(".", 1)[-1]
    if place.startswith("costs.") and last == "amount":
        per = plan.costs[place.split(".")[1]].per
        return f"{money}, {per}" + (_(", a year") if per in ("post", "place") else "")
    if place.startswith("funding.") and last == "a_year":
        return money + _(", a year")
    words = {
        "minutes": _("minutes"),
        "patience_minutes": _("minutes"),
        "within_seconds": _("seconds"),
        "weeks": _("weeks"),
        "after_weeks": _("weeks"),
        "hours": _("hours"),
        "contract_hours": _("hours a week"),
        "supervision_hours": _("hours a month"),
        "debrief_hours": _("hours a month"),
        "people": _("people"),
        "women": _("women"),
        "posts": _("full posts"),
        "vacant": _("full posts"),
    }
    return words.get(last, "")


def _summary(told: Projection, money_rows: int, territory_rows: int) -> Iterator[Row]:
    plan, found = told.plan, headlines(told)
    money, territories = _quoted(_("Money")), _quoted(_("Territories"))
    last = _letter(len(plan.costs) * 2 + 2)
    yield [plan.title]
    yield [_("Worked out by engine version"), VERSION]
    yield [_("Change a value on the sheet of inputs that a formula uses, such as a unit cost, and sums move.")]
    yield [_("Posts, contacts and places are worked out by the program and stand here as values.")]
    yield []
    yield [_("People to hire"), Formula(f"SUM({territories}!E2:E{territory_rows})")]
    yield [_("Money of the whole plan"), Formula(f"SUM({money}!{last}2:{last}{money_rows})"), unit_of(plan, MONEY[0])]
    yield [_("Nine in ten draws need more than"), found.money.low]
    yield [_("One in ten draws needs more than"), found.money.high]
    yield [_("Money promised"), found.promised]
    yield [_("Promised less needed"), Formula("B10-B7")]


def _months(told: Projection) -> Iterator[Row]:
    """Every measure of every service, all together: the plan, low and high."""
    columns = [(service, measure) for service in told.plan.services for measure in Measure if measure not in MONEY]
    head: Row = [_("Month")]
    series = []
    for service, measure in columns:
        what = f"{service_name(told.plan, service)}: {MEASURES[measure]}"
        head += [what, what + " " + _("(low)"), what + " " + _("(high)")]
        low, mid, high = told.series(measure, TOTAL, service).tolist()
        series += [mid, low, high]
    yield head
    for number, month in enumerate(told.months):
        yield [month, *(values[number] for values in series)]


def _money(told: Projection, inputs: Inputs) -> Iterator[Row]:
    """For each cost how many are paid for (a value), and times the unit cost of the inputs (a formula)."""
    costs = told.plan.costs
    head: Row = [_("Month")]
    for cost in costs.values():
        head += [cost.name + " " + _("(how many)"), cost.name + " " + _("(money)")]
    yield [*head, _("Sum")]
    counted = [quantity(told, cost).tolist() for cost in costs.values()]
    for number, month in enumerate(told.months):
        row: Row = [month]
        for column, key in enumerate(costs):
            count = f"{_letter(column * 2 + 2)}{number + 2}"
            row += [counted[column][number], Formula(f"{count}*{inputs.cell(f'costs.{key}.amount')}")]
        sums = "+".join(f"{_letter(column * 2 + 3)}{number + 2}" for column in range(len(costs)))
        yield [*row, Formula(sums) if sums else 0]


def _territories(told: Projection) -> Iterator[Row]:
    """Posts of the last month by territory and service: filled can be changed, whom to hire follows."""
    plan = told.plan
    yield [_("Territory"), _("Service"), _("Needed"), _("Filled today"), _("To hire")]
    row = 1
    for unit in told.units:
        for key in plan.services:
            needed, filled = told.estimate(Measure.POSTS, unit, -1, key).mid, told.filled(unit, key)
            if not needed and not filled:
                continue
            row += 1
            # What is over by rounding alone is not a post.
            short = Formula(f"ROUNDUP(MAX(0,ROUND(C{row}-D{row},6)),0)")
            yield [unit_name(plan, unit), service_name(plan, key), needed, filled, short]


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _letter(column: int) -> str:
    """The letters of a column, the first is 1.

    >>> _letter(1), _letter(28)
    ('A', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
