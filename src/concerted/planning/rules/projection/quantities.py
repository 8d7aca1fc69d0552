"""How much of what a cost is paid for there is in each month: what a unit cost is multiplied by, for all together."""

import numpy as np

from concerted.maths.arrays import Floats
from concerted.planning.rules.plan.money import Cost
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.answer import NATIONAL, TOTAL, Projection
from concerted.planning.rules.projection.measures import Measure
from concerted.planning.rules.projection.spending import COUNTED_BY, is_for, paid_monthly, paid_once
from concerted.planning.rules.projection.staffing import Staffing

#: Parts in which a yearly cost is paid.
YEARLY = {"post": 12, "place": 12}


def quantity(told: Projection, cost: Cost) -> Floats:
    """Units of a cost in each month of the plan itself, of shape (months,): posts and places in years of them / 12.

    Times the amount it is what the plan pays, but for the rounding of each unit's month to hundredths.
    """
    plan = told.plan
    if cost.per == "once":
        return _payers(plan, cost) * paid_once(plan, cost)
    if cost.per == "month":
        return _payers(plan, cost) * paid_monthly(plan, cost)
    services = [key for key in plan.services if is_for(plan, cost, key)]
    if cost.per == "place":
        found = sum((_places(told, key) for key in services), np.zeros(plan.months))
    else:
        measure, _parts = COUNTED_BY[cost.per]
        found = sum((told.series(measure, TOTAL, key)[1] for key in services), np.zeros(plan.months))
    return found / YEARLY.get(cost.per, 1)


def _payers(plan: Plan, cost: Cost) -> int:
    """How many pay it: each territory, or one."""
    return len(plan.territories) if cost.each_territory else 1


def _places(told: Projection, key: str) -> Floats:
    """Places of a service that has some: each unit's own, or those of the nation."""
    service = told.plan.services[key]
    if service.places is None:
        return np.zeros(told.plan.months)
    units = [TOTAL] if service.answered_by == "nation" else [one for one in told.units if one != NATIONAL]
    held = np.stack([told.series(Measure.OPEN_CASES, unit, key)[1] for unit in units])
    staffing = Staffing.of(told.plan, key, most_contacts=0, most_open=float(held.max()))
    found: Floats = staffing.places(held).sum(axis=0)
    return found
