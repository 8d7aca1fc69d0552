"""What a block of territories comes to: a pure function, so that work lost with its worker is simply done again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np

from concerted.maths.arrays import Whole
from concerted.planning.rules.plan.network import network_of
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.chance import surprises
from concerted.planning.rules.projection.demand import before, contacts, flow, initiatives, with_referrals
from concerted.planning.rules.projection.measures import Courses, Measure, Told, summed
from concerted.planning.rules.projection.scale import hundredths, refuse_too_much
from concerted.planning.rules.projection.spending import needs, spending
from concerted.planning.rules.projection.team import Team, worked

#: Territories worked on at once: their courses fit a processor's cache, and the answer is the same for any number.
TOGETHER = 4


#: Contacts that a territory's women make in a month.
MOST = 1e9


@dataclass(frozen=True)
class Block:
    """Territories that are worked on together."""

    plan: Plan
    territories: tuple[str, ...]


Shard = Sequence[Block]


@dataclass(frozen=True, eq=False)
class Part:
    """What a block comes to: each territory's figures, the courses of all of them added up, and each one's money."""

    territories: tuple[str, ...]
    told: dict[Measure, Told]
    drawn: Courses
    flows: dict[str, Whole]
    needs: Whole


def work(shard: Shard) -> list[Part]:
    """One part for each block."""
    return [reduce(_joined, _parts(block)) for block in shard]


def _parts(block: Block) -> Iterator[Part]:
    for start in range(0, len(block.territories), TOGETHER):
        yield _part(block.plan, block.territories[start : start + TOGETHER])


def _joined(one: Part, other: Part) -> Part:
    """Two parts as one; courses are added up at once, so that memory does not grow with territories."""
    return Part(
        one.territories + other.territories,
        {measure: Told.joined([held, other.told[measure]]) for measure, held in one.told.items()},
        {measure: held + other.drawn[measure] for measure, held in one.drawn.items()},
        {name: held + other.flows[name] for name, held in one.flows.items()},
        np.concatenate([one.needs, other.needs]),
    )


def flows(plan: Plan, territories: Sequence[str]) -> dict[str, Whole]:
    """Contacts and open cases with and without the initiatives: (territories, 1 + draws, months, services)."""
    network = network_of(plan)
    chance = surprises(plan, territories)
    outside, steady = (
        contacts(plan, territories)[:, None] * chance[:, :, None, :],
        before(plan, territories)[:, None] * chance,
    )
    without = acted = flow(network, outside, steady)
    more, referred = (initiatives(plan, territories, what) for what in ("contacts", "referrals"))
    if more is not None:
        outside = outside * more
        acted = flow(network, outside, steady)
    if referred is not None:
        acted = with_referrals(network, acted, outside, referred)
    for column, key in enumerate(plan.services):
        refuse_too_much(f"{key}, contacts and referrals a month", acted.arrivals[..., column], MOST)
    return {
        "contacts": hundredths(acted.arrivals),
        "contacts_without": hundredths(without.arrivals),
        "open": hundredths(acted.open_cases),
        "open_without": hundredths(without.open_cases),
    }


def _part(plan: Plan, territories: tuple[str, ...]) -> Part:
    found = flows(plan, territories)
    courses: Courses = {
        Measure.CONTACTS: found["contacts"],
        Measure.EXTRA_CONTACTS: found["contacts"] - found["contacts_without"],
        Measure.OPEN_CASES: found["open"],
        Measure.EXTRA_CASES: found["open"] - found["open_without"],
    }
    courses |= worked(plan, Team("territory", territories), found)
    courses |= spending(plan, Team("territory", territories), courses)
    return Part(
        territories,
        {measure: Told.of(held) for measure, held in courses.items()},
        {measure: summed(held) for measure, held in courses.items()},
        {name: summed(held) for name, held in found.items()},
        needs(courses),
    )
