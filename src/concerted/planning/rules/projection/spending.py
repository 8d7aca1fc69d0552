"""Money, by unit and month: what is paid once, and what is paid again and again."""

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.planning.rules.plan.money import Cost
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.demand import since
from concerted.planning.rules.projection.measures import Courses, Measure
from concerted.planning.rules.projection.scale import STEP, hundredths
from concerted.planning.rules.projection.staffing import Staffing
from concerted.planning.rules.projection.team import Team

#: What a cost is multiplied by, and in how many parts it is paid in a year.
COUNTED_BY = {
    "post": (Measure.POSTS, 12),
    "contact": (Measure.CONTACTS, 1),
    "case": (Measure.CONTACTS, 1),
    "training_hour": (Measure.TRAINING_HOURS, 1),
    "supervision_hour": (Measure.SUPERVISION_HOURS, 1),
}


def spending(plan: Plan, team: Team, courses: Courses) -> Courses:
    """What each unit pays once, and again and again, of shape (units, 1 + draws, months, 1)."""
    shape = courses[Measure.POSTS].shape[:3]
    once, again = np.zeros((*shape[:1], 1, shape[2])), np.zeros(shape)
    for cost in plan.costs.values():
        if cost.per == "once":
            once += _own(plan, team, cost)[:, None, None] * paid_once(plan, cost)
        elif cost.per == "month":
            again += _own(plan, team, cost)[:, None, None] * paid_monthly(plan, cost)
        else:
            again += cost.amount * _counted(plan, team, cost, courses)
    paid = np.broadcast_to(once, shape)
    return {Measure.ONE_OFF: hundredths(paid)[..., None], Measure.RECURRENT: hundredths(again)[..., None]}


def needs(courses: Courses) -> Whole:
    """All the money of the plan, of shape (units, 1 + draws)."""
    total: Whole = (courses[Measure.ONE_OFF] + courses[Measure.RECURRENT]).sum(axis=(2, 3))
    return total


def _own(plan: Plan, team: Team, cost: Cost) -> Floats:
    """The amount for each unit that pays it."""
    if team.answered_by == "nation":
        return np.array([0.0 if cost.each_territory or cost.territory else cost.amount])
    return np.array([cost.amount if cost.each_territory or cost.territory == place else 0.0 for place in team.places])


def paid_once(plan: Plan, cost: Cost) -> Floats:
    """One in the month in which it is paid, of shape (months,)."""
    return (np.arange(plan.months) == max(0, since(plan, cost.when))).astype(float)


def paid_monthly(plan: Plan, cost: Cost) -> Floats:
    """One in each month since it is paid, of shape (months,)."""
    return (np.arange(plan.months) >= since(plan, cost.since)).astype(float)


def _counted(plan: Plan, team: Team, cost: Cost, courses: Courses) -> Floats:
    """How much of what is paid for there is in each month, of the unit's services that it is for."""
    columns = [column for column, key in team.services(plan) if is_for(plan, cost, key)]
    if cost.per == "place":
        counted = _places(plan, columns, courses)
        return counted / 12
    measure, parts = COUNTED_BY[cost.per]
    found: Floats = courses[measure][..., columns].sum(axis=-1) / STEP / parts
    return found


def is_for(plan: Plan, cost: Cost, key: str) -> bool:
    """Whether a cost is one of this service."""
    if cost.of is not None:
        return cost.of == key
    service = plan.services[key]
    return {"case": service.cases is not None, "place": service.places is not None}.get(cost.per, True)


def _places(plan: Plan, columns: list[int], courses: Courses) -> Floats:
    opened = courses[Measure.OPEN_CASES] / STEP
    found = np.zeros(opened.shape[:3])
    for column in columns:
        held = opened[..., column]
        staffing = Staffing.of(plan, list(plan.services)[column], most_contacts=0, most_open=float(held.max()))
        found += staffing.places(held) if staffing.service.places else 0
    return found
