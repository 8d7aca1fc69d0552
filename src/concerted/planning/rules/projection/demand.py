"""What reaches each service: by itself, by initiatives, and by referral."""

import numpy as np

from concerted.maths.arrays import Floats
from concerted.maths.demand import Course, forecast, multiplied
from concerted.maths.referrals import Flow, Network, settled, travel
from concerted.planning.rules.plan.part import month_number
from concerted.planning.rules.plan.schema import Initiative, Plan
from concerted.planning.rules.plan.service import Contacts
from concerted.planning.rules.projection.chance import ratios, rows_of


def since(plan: Plan, month: str | None) -> int:
    """Months from the start of the plan to `month`; none where it is left out."""
    return 0 if month is None else month_number(month) - month_number(plan.start)


def levels(plan: Plan, territory: str) -> list[float]:
    """How much of each service's `shapes` reaches it from this territory by itself."""
    place, found = plan.territories[territory], []
    for service in plan.services.values():
        said = service.contacts
        if said is None:
            found.append(0.0)
        elif said.history is not None:
            found.append(place.people / sum(other.people for other in plan.territories.values()))
        elif said.each is not None:
            found.append(said.each[territory])
        elif said.column is not None:
            found.append(place.counted[said.column] * said.times)
        else:
            counted = (place.women or 0) if said.of == "women" else place.people
            found.append((said.per_10000 or 0.0) * counted / 10_000)
    return found


def shapes(plan: Plan) -> tuple[Floats, Floats]:
    """Contacts a month without any initiative where the level is one, of shape (months, services), and those before the
    plan starts, of shape (services,): none at services that open later.
    """
    made, earlier = np.zeros((plan.months, len(plan.services))), np.zeros(len(plan.services))
    months = np.arange(plan.months)
    calendar = (month_number(plan.start) + months) % 12
    for column, service in enumerate(plan.services.values()):
        said = service.contacts
        if said is None:
            continue
        a_month = np.full(plan.months, 1.0 if said.a == "month" else 1 / 12)
        course = _foretold(plan, said) if said.history is not None else a_month
        season = np.ones(12) if service.season is None else np.array(service.season) / np.mean(service.season)
        made[:, column] = course * season[calendar] * (months >= since(plan, service.opens))
        if service.opens is None or since(plan, service.opens) < 0:
            earlier[column] = course[0]
    return made, earlier


def _foretold(plan: Plan, said: Contacts) -> Floats:
    """The months of the plan as the counted months foretell them."""
    history = said.history or {}
    counts = np.array([np.nan if value is None else value for value in history.values()])
    gap = month_number(plan.start) - month_number(list(history)[-1]) - 1
    ahead: Floats = forecast(counts, ahead=gap + plan.months, cycle=12, per_year=12).mean[0, gap:]
    return ahead


def course(plan: Plan, initiative: Initiative) -> Course:
    """When an initiative acts, in months from the start of the plan."""
    ends = initiative.support_ends
    return Course(
        since(plan, initiative.start),
        initiative.ramp.shape,
        initiative.ramp.months,
        None if ends is None else since(plan, ends) + 1,
        initiative.half_life_months,
    )


def course_of(plan: Plan, initiative: Initiative) -> Floats:
    """How much of an initiative is there in the middle of each month, from none to one."""
    return course(plan, initiative).share(np.arange(plan.months) + 0.5)


def initiatives(plan: Plan, territory: str, block: int, what: str) -> Floats | None:
    """What initiatives multiply by here, of shape (courses, months, services); None where there are none."""
    chosen = {
        key: one
        for key, one in plan.initiatives.items()
        if one.what == what and (one.territories is None or territory in one.territories)
    }
    if not chosen:
        return None
    made = np.ones((rows_of(plan, block), plan.months, len(plan.services)))
    for key, one in chosen.items():
        factor = multiplied(ratios(plan, key, block)[:, None], course_of(plan, one))
        made[:, :, list(plan.services).index(one.of)] *= factor
    return made


def by_itself(network: Network, column: int, own: Floats, before: float, chance: Floats) -> Flow:
    """Where contacts of one service lead without initiatives, of shape (courses, months, services).

    `own` is of shape (months,), `chance` (courses,). They travel once, and the courses are multiples of it: a surprise
    lasts for the whole plan, and all of it is linear.
    """
    outside, earlier = np.zeros((len(own), len(network.names))), np.zeros(len(network.names))
    outside[:, column], earlier[column] = own, before
    once = flow(network, outside, earlier)
    factor = chance[:, None, None]
    return Flow(factor * once.arrivals, factor * once.open_cases)


def with_more(network: Network, plain: Flow, more: Floats) -> Flow:
    """The flow when `more` (or, below zero, fewer) contacts come from outside, of shape (courses, months, services)."""
    there = np.flatnonzero(more.any(axis=0).any(axis=-1))
    if not len(there):
        return plain
    # Nothing is added before the first month that adds something.
    first = int(there[0])
    added = _signed(network, more[:, first:])
    return Flow(_raised(plain.arrivals, added.arrivals, first), _raised(plain.open_cases, added.open_cases, first))


def _raised(plain: Floats, added: Floats, first: int) -> Floats:
    made = plain.copy()
    later = made[:, first:]
    np.add(later, added, out=later)
    np.maximum(later, 0, out=later)
    return made


def flow(network: Network, outside: Floats, before: Floats) -> Flow:
    """Arrivals and open cases, when what came `before` the plan had come for ever.

    What comes from outside is of shape (..., months, services), `before` of shape (..., services).
    """
    steady, changes = settled(network, before), _signed(network, outside - before[..., None, :])
    return Flow(
        np.maximum(steady.arrivals + changes.arrivals, 0), np.maximum(steady.open_cases + changes.open_cases, 0)
    )


def _signed(network: Network, outside: Floats) -> Flow:
    """Where more, and fewer, contacts than before lead: all of it is linear."""
    if not outside.any():
        return Flow(outside, outside)
    more = travel(network, np.maximum(outside, 0))
    if not (outside < 0).any():
        return more
    fewer = travel(network, np.maximum(-outside, 0))
    return Flow(more.arrivals - fewer.arrivals, more.open_cases - fewer.open_cases)
