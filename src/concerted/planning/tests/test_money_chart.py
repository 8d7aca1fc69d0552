"""Money by year as a picture: its parts are those of the plan, and its table says the same."""

import re

import pytest

from concerted.planning.charts import money_chart
from concerted.planning.queries.answers import answer
from concerted.planning.queries.own_plans import plan_in
from concerted.planning.rules.projection import MONEY, NATIONAL, TOTAL, Projection
from concerted.planning.tests.test_plan_file import HELPLINE


def helpline(old: str = "", new: str = "") -> Projection:
    assert old in HELPLINE
    return answer(plan_in(HELPLINE.replace(old, new, 1)))


@pytest.mark.parametrize("unit", [TOTAL, NATIONAL])
def test_every_year_has_the_money_of_its_months(unit: str) -> None:
    told = helpline()
    chart = money_chart(told, unit)
    assert chart is not None
    assert "thousands of EUR" in chart.title
    assert "thousands of EUR" in chart.why
    rows = [[int(re.sub(r"\D", "", str(cell))) for cell in row] for row in chart.rows]
    for year, *parts in rows:
        months = [n for n, month in enumerate(told.months) if month.startswith(str(year))]
        assert parts[: len(MONEY)] == [
            round(sum(told.planned(measure, unit, n) for n in months) / 1000) for measure in MONEY
        ]
    assert [row[0] for row in rows] == [2027, 2028]


def test_a_plan_without_costs_has_no_picture_of_them() -> None:
    costs = HELPLINE[HELPLINE.index("costs:") : HELPLINE.index("funding:")]
    assert money_chart(helpline(costs), TOTAL) is None


def test_large_sums_are_in_millions() -> None:
    chart = money_chart(helpline("amount: 41000", "amount: 41000000"), TOTAL)
    assert chart is not None
    assert "millions of EUR" in chart.title
