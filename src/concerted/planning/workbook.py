"""A plan as a workbook: what can be worked out from cells is a formula, what only the engine can is a value.

The engine rounds each unit's month to hundredths, the workbook nothing: the two may differ by as much.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from concerted.kit.exports import Formula, Sheet
from concerted.planning.outputs import sources
from concerted.planning.rules.projection import MONEY, TOTAL, VERSION, Measure, Projection, headlines, quantity, unit_of
from concerted.planning.wording import MEASURES, service_name, unit_name
from concerted.planning.workbook_inputs import Inputs, Row, quoted

#: How numbers are shown: money without its hundredths, what is counted with them, people to hire whole.
_PAID, _COUNTED = "#,##0", "#,##0.00"
#: Values of the plan as they were written; only long ones, which are no years, are parted.
_AS_GIVEN = "[>=10000]#,##0;General"
#: Measures that are parts of another, whose name they need beside their own.
_PART_OF = {
    Measure.EXTRA_CONTACTS: Measure.CONTACTS,
    Measure.EXTRA_CASES: Measure.OPEN_CASES,
    Measure.EXTRA_POSTS: Measure.POSTS,
    Measure.COVER_POSTS: Measure.POSTS,
}


def sheets(told: Projection) -> list[Sheet]:
    """Summary, inputs, months, money, territories and sources."""
    inputs = Inputs(told.plan)
    territories, money, months = list(_territories(told)), list(_money(told, inputs)), list(_months(told))
    costs, wide = len(told.plan.costs), (44, 20, 18, 18, 18, 18)
    paid = {column: _PAID if column % 2 else _COUNTED for column in range(2, costs * 2 + 2)} | {costs * 2 + 2: _PAID}
    summary = list(_summary(told, len(money), len(territories)))
    filled = [f"D{row}" for row in range(2, len(territories) + 1)]
    by_column = dict.fromkeys(range(2, len(months[0]) + 1), _COUNTED)
    return [
        Sheet(_("Summary"), summary, wide, shown={2: _PAID}, headed=True),
        Sheet(inputs.sheet, inputs.rows, (46, 24, 24, 50, 46), inputs.names, {2: _AS_GIVEN}, inputs.used, headed=True),
        Sheet(_("By month"), months, (10, *[15] * (len(months[0]) - 1)), shown=by_column, headed=True),
        Sheet(_("Money"), money, (10, *[17] * (len(money[0]) - 1)), shown=paid, headed=True),
        Sheet(
            _("Territories"),
            territories,
            (44, 24, *wide[2:]),
            shown={3: _COUNTED, 4: _COUNTED},
            marked=filled,
            headed=True,
        ),
        Sheet(_("Sources"), [[_("Source")], *([source] for source in sources(told))], (100,), headed=True),
    ]


def _summary(told: Projection, money_rows: int, territory_rows: int) -> Iterator[Row]:
    plan, found = told.plan, headlines(told)
    money, territories = quoted(_("Money")), quoted(_("Territories"))
    last = _letter(len(plan.costs) * 2 + 2)
    yield [plan.title]
    yield [_("Worked out by engine version"), VERSION]
    yield [_("Change a coloured cell, such as a unit cost or filled posts, and sums move.")]
    yield [_("Posts, contacts and places are worked out by the program and stand here as values.")]
    yield []
    yield [_("People to hire"), Formula(f"SUM({territories}!E2:E{territory_rows})")]
    yield [_("Money of the whole plan"), Formula(f"SUM({money}!{last}2:{last}{money_rows})"), unit_of(plan, MONEY[0])]
    yield [_("Nine in ten draws need more than"), found.money.low]
    yield [_("One in ten draws needs more than"), found.money.high]
    yield [_("Money promised"), found.promised]
    yield [_("Promised less needed"), Formula("B10-B7")]


def _months(told: Projection) -> Iterator[Row]:
    """Every measure of every service, all together: the plan, low and high. What is never anything is left out."""
    head: Row = [_("Month")]
    series = []
    for service in told.plan.services:
        for measure in Measure:
            if measure in MONEY:
                continue
            low, mid, high = told.series(measure, TOTAL, service).tolist()
            if not any(high):
                continue
            what = f"{service_name(told.plan, service)}: {_measure_name(measure)}"
            head += [what, what + " " + _("(low)"), what + " " + _("(high)")]
            series += [mid, low, high]
    yield head
    for number, month in enumerate(told.months):
        yield [month, *(values[number] for values in series)]


def _measure_name(measure: Measure) -> str:
    whole = _PART_OF.get(measure)
    return f"{MEASURES[whole]}: {MEASURES[measure]}" if whole else str(MEASURES[measure])


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
