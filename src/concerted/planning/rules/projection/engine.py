"""From a plan to what it will take, in every territory and month."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.answer import Projection
from concerted.planning.rules.projection.chance import blocks_of
from concerted.planning.rules.projection.demand import since
from concerted.planning.rules.projection.measures import Courses, Later, Measure, Steady, Told
from concerted.planning.rules.projection.spending import needs, spending, sure
from concerted.planning.rules.projection.staffing import people_of
from concerted.planning.rules.projection.team import Team, trained, worked
from concerted.planning.rules.projection.territory import Done, Part, Shard, Stretch, parts_of, work

#: Does the work of each shard and gives back what they came to, in any order: `map`, or one of `maths.portfolio`.
Engine = Callable[[Callable[[Shard], Done], Sequence[Shard]], Iterable[Done]]


class PartsMissing(RuntimeError):
    """An engine gave back less than it was given, which would count as nothing needed."""


def project(plan: Plan, *, shards: int = 1, engine: Engine = map) -> Projection:
    """What a plan will take: the same to the last unit for any `shards` and `engine`.

    Raises `ReferralsRefused` where referrals grow without end, and `OutOfRange` for figures that cannot be meant.
    """
    return finished(plan, moved(plan, shards=shards, engine=engine))


def moved(plan: Plan, *, shards: int = 1, engine: Engine = map) -> Part:
    """What chance moves, of all territories: most of the work, done shard by shard."""
    parts = parts_of(plan, (one for done in engine(work, cut(plan, shards)) for one in done))
    if sum(len(part.territories) for part in parts) != len(plan.territories):
        raise PartsMissing("Some territories never came back. Do the work again.")
    return Part.joined(parts)


def cut(plan: Plan, shards: int) -> list[Shard]:
    """At most `shards` shards of the same work: territories by blocks of draws, those of a territory side by side.

    Whoever has all the blocks of a territory sends back a few figures of it, not its courses; so a territory is cut
    only where a shard ends within it.
    """
    places, blocks = list(plan.territories), blocks_of(plan)
    size = -(-len(places) * blocks // shards)
    made = []
    for start in range(0, len(places) * blocks, size):
        end = min(start + size, len(places) * blocks)
        stretches = []
        for row in range(start // blocks, -(-end // blocks)):
            first = row * blocks
            stretches.append(Stretch(places[row], range(max(start - first, 0), min(end - first, blocks))))
        made.append(Shard(plan, tuple(stretches)))
    return made


def finished(plan: Plan, part: Part) -> Projection:
    """The answer of a plan, from what chance moves in its territories: what no surprise moves is added here."""
    places = tuple(plan.territories)
    nation, own = Team("nation", places), _run_as_one(plan, places, part.drawn)
    steady, steady_own = (_steady(plan, team) for team in (Team("territory", places), nation))

    def told(measure: Measure) -> Told:
        both = np.concatenate([steady[measure], steady_own[measure]])
        drawn = [part.told[measure] if measure in part.measures else _nothing(steady[measure])]
        drawn.append(Told.of(own[measure]) if measure in own else _nothing(steady_own[measure]))
        return Told.joined(drawn).raised(both)

    def total(measure: Measure) -> Told:
        added = steady[measure].sum(axis=0, keepdims=True) + steady_own[measure]
        drawn = [part.drawn[measure]] if measure in part.measures else []
        drawn += [own[measure]] if measure in own else []
        return (Told.of(sum(drawn[1:], drawn[0])) if drawn else _nothing(added)).raised(added)

    money = np.concatenate([part.needs, needs(own) if own else np.zeros_like(part.needs[:1])])
    again = np.concatenate([_paid(steady), _paid(steady_own)])
    return Projection(plan, Later(Measure, told), Later(Measure, total), money + again[:, None], _funds(plan, places))


def _nothing(steady: Whole) -> Told:
    nothing = np.zeros_like(steady)
    return Told(nothing, nothing, nothing)


def _steady(plan: Plan, team: Team) -> Steady:
    """What no surprise moves; every measure, of shape (units, months, services)."""
    made = trained(plan, team)
    made |= sure(plan, team, made)
    nothing = np.zeros_like(made[Measure.POSTS])
    return {measure: made.get(measure, nothing) for measure in Measure}


def _paid(steady: Steady) -> Whole:
    total: Whole = (steady[Measure.ONE_OFF] + steady[Measure.RECURRENT]).sum(axis=(1, 2))
    return total


def _run_as_one(plan: Plan, places: tuple[str, ...], drawn: Mapping[Measure, Whole]) -> Courses:
    """The services that are run as one. Contacts are counted where women live, so there are none here to count."""
    team = Team("nation", places)
    if not team.services(plan):
        return {}
    contacts, opened = drawn[Measure.CONTACTS], drawn[Measure.OPEN_CASES]
    flows = {
        "contacts": contacts,
        "contacts_without": contacts - drawn[Measure.EXTRA_CONTACTS],
        "open": opened,
        "open_without": opened - drawn[Measure.EXTRA_CASES],
    }
    courses = worked(plan, team, flows)
    return courses | spending(plan, team, courses | {Measure.CONTACTS: contacts, Measure.OPEN_CASES: opened})


def _funds(plan: Plan, places: tuple[str, ...]) -> Floats:
    """Promised money of each unit and month, of shape (units, months); the last unit is what is run as one."""
    people = people_of(plan)
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
