"""Money, by unit and month: what is paid once, and what is paid again and again."""

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.planning.rules.plan.money import Cost
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.demand import since
from concerted.planning.rules.projection.measures import Courses, Measure, Steady
from concerted.planning.rules.projection.scale import STEP, hundredths, refuse_too_much, too_much_money
from concerted.planning.rules.projection.staffing import Staffing
from concerted.planning.rules.projection.team import Team

#: Of money in a whole plan: as many hundredths as an integer holds.
MOST_MONEY = 9e16
#: What a cost is multiplied by, and in how many parts it is paid in a year.
COUNTED_BY = {
    "post": (Measure.POSTS, 12),
    "contact": (Measure.CONTACTS, 1),
    "case": (Measure.CONTACTS, 1),
    "training_hour": (Measure.TRAINING_HOURS, 1),
    "supervision_hour": (Measure.SUPERVISION_HOURS, 1),
    "place": (Measure.OPEN_CASES, 12),
}


def spending(plan: Plan, team: Team, courses: Courses) -> Courses:
    """What each unit pays again and again for what chance moves, of shape (units, 1 + draws, months, 1).

    Each cost is rounded by itself: only then is what chance moves, and what it does not, the sum of both.
    """
    paid = _paid_for(plan, team, courses)
    return {} if paid is None else {Measure.RECURRENT: paid[..., None]}


def sure(plan: Plan, team: Team, steady: Steady) -> Steady:
    """What each unit pays once, and again and again, whatever chance does, of shape (units, months, 1)."""
    shape = steady[Measure.POSTS].shape[:2]
    once, again = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for name, cost in plan.costs.items():
        if cost.per in ("once", "month"):
            refuse_too_much(cost.amount, _most(plan), too_much_money, name)
        if cost.per == "once":
            once += hundredths(_own(plan, team, cost)[:, None] * paid_once(plan, cost))
        elif cost.per == "month":
            again += hundredths(_own(plan, team, cost)[:, None] * paid_monthly(plan, cost))
    counted = _paid_for(plan, team, steady)
    return {
        Measure.ONE_OFF: once[..., None],
        Measure.RECURRENT: (again if counted is None else again + counted)[..., None],
    }


def needs(courses: Courses) -> Whole:
    """The money of the plan for what chance moves, of shape (units, 1 + draws)."""
    if Measure.RECURRENT in courses:
        total: Whole = courses[Measure.RECURRENT].sum(axis=(2, 3))
        return total
    return np.zeros(next(iter(courses.values())).shape[:2], dtype=np.int64)


def _paid_for(plan: Plan, team: Team, counted: Courses | Steady) -> Whole | None:
    """What is paid for what is counted, of shape (..., months); None where nothing is paid for it."""
    paid = None
    for name, cost in plan.costs.items():
        if cost.per in ("once", "month"):
            continue
        much = _counted(plan, team, cost, counted)
        if much is not None:
            asked = cost.amount * much
            refuse_too_much(asked, _most(plan), too_much_money, name)
            sum_ = hundredths(asked)
            paid = sum_ if paid is None else paid + sum_
    return paid


def _most(plan: Plan) -> float:
    """What one cost may come to in a month of one unit, so that all of them add up within whole hundredths."""
    return MOST_MONEY / (plan.months * (len(plan.territories) + 1) * max(1, len(plan.costs)))


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


def _counted(plan: Plan, team: Team, cost: Cost, counted: Courses | Steady) -> Floats | None:
    """How much of what is paid for there is in each month, of the unit's services that it is for."""
    columns = [column for column, key in team.services(plan) if is_for(plan, cost, key)]
    measure, parts = COUNTED_BY[cost.per]
    if not columns or measure not in counted:
        return None
    if cost.per == "place":
        return _places(plan, columns, counted[measure]) / parts
    found: Floats = counted[measure][..., columns].sum(axis=-1) / STEP / parts
    return found


def is_for(plan: Plan, cost: Cost, key: str) -> bool:
    """Whether a cost is one of this service."""
    if cost.of is not None:
        return cost.of == key
    service = plan.services[key]
    return {"case": service.cases is not None, "place": service.places is not None}.get(cost.per, True)


def _places(plan: Plan, columns: list[int], open_cases: Whole) -> Floats:
    found = np.zeros(open_cases.shape[:-1])
    for column in columns:
        held = open_cases[..., column] / STEP
        staffing = Staffing.of(plan, list(plan.services)[column], most_contacts=0, most_open=float(held.max()))
        found += staffing.places(held) if staffing.service.places else 0
    return found
