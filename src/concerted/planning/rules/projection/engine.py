"""From a plan to what it will take, in every territory and month."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.answer import Projection
from concerted.planning.rules.projection.demand import since
from concerted.planning.rules.projection.measures import Courses, Measure, Told
from concerted.planning.rules.projection.spending import needs, spending
from concerted.planning.rules.projection.team import Team, worked
from concerted.planning.rules.projection.territory import Block, Part, Shard, work

#: Does the work of each shard and gives back what they came to, in any order: `map`, or one of `maths.portfolio`.
Engine = Callable[[Callable[[Shard], list[Part]], Sequence[Shard]], Iterable[list[Part]]]


class PartsMissing(RuntimeError):
    """An engine gave back less than it was given, which would count as nothing needed."""


def project(plan: Plan, *, shards: int = 1, engine: Engine = map) -> Projection:
    """What a plan will take: the same to the last unit for any `shards` and `engine`.

    Raises `ReferralsRefused` where referrals grow without end, and `OutOfRange` for figures that cannot be meant.
    """
    places = tuple(plan.territories)
    size = -(-len(places) // shards)
    cut = [[Block(plan, places[start : start + size])] for start in range(0, len(places), size)]
    found = {part.territories[0]: part for parts in engine(work, cut) for part in parts}
    order = sorted(found.values(), key=lambda part: places.index(part.territories[0]))
    if sum(len(part.territories) for part in order) != len(places):
        raise PartsMissing("Some territories never came back. Do the work again.")
    return _joined(plan, places, order)


def _joined(plan: Plan, places: tuple[str, ...], parts: list[Part]) -> Projection:
    flows = {name: sum((part.flows[name] for part in parts[1:]), first) for name, first in parts[0].flows.items()}
    own = _run_as_one(plan, places, flows)
    told, drawn = {}, {}
    for measure in Measure:
        told[measure] = Told.joined([*(part.told[measure] for part in parts), Told.of(own[measure])])
        drawn[measure] = Told.of(sum((part.drawn[measure] for part in parts), own[measure]))
    money = np.concatenate([*(part.needs for part in parts), needs(own)])
    return Projection(plan, told, drawn, money, _funds(plan, places))


def _run_as_one(plan: Plan, places: tuple[str, ...], flows: dict[str, Whole]) -> Courses:
    """The services that are run as one. Contacts are counted where women live, so there are none here to count."""
    team = Team("nation", places)
    courses = worked(plan, team, flows)
    courses |= {
        Measure.CONTACTS: flows["contacts"],
        Measure.OPEN_CASES: flows["open"],
    }
    courses |= spending(plan, team, courses)
    nobody = np.zeros_like(flows["contacts"])
    counted = (Measure.CONTACTS, Measure.EXTRA_CONTACTS, Measure.OPEN_CASES, Measure.EXTRA_CASES)
    return courses | dict.fromkeys(counted, nobody)


def _funds(plan: Plan, places: tuple[str, ...]) -> Floats:
    """Promised money of each unit and month, of shape (units, months); the last unit is what is run as one."""
    people = np.array([float(place.people) for place in plan.territories.values()])
    shares = {"everybody": np.append(people / people.sum(), 0), "nation": np.append(np.zeros(len(places)), 1)}
    made = np.zeros((len(places) + 1, plan.months))
    months = np.arange(plan.months)
    for fund in plan.funding.values():
        last = plan.months if fund.ends is None else since(plan, fund.ends)
        paid = (months >= since(plan, fund.since)) & (months <= last)
        to = shares.get(fund.to)
        if to is None:
            to = np.array([float(fund.to == place) for place in (*places, "")])
        made += to[:, None] * paid * fund.a_year / 12
    return made
