"""Where one contact a month leads in each draw: what a territory's numbers are multiplied with.

All of demand is linear in the contacts that reach each service by themselves, so a territory with other people needs
other multiples, and no contact has to travel again.
"""

import numpy as np

from concerted.maths.arrays import Floats
from concerted.planning.rules.plan.network import network_of
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.chance import blocks_of, surprises
from concerted.planning.rules.projection.demand import by_itself, initiatives, shapes, with_more

NAMES = ("contacts", "open", "contacts_without", "open_without")
#: For each service that is reached by itself, by its place: contacts and open cases everywhere, each of shape (courses,
#: months, services), with and without the initiatives, where its level is one.
Responses = dict[int, dict[str, Floats]]


def responses(plan: Plan, territory: str, block: int) -> Responses:
    """Of one territory and block of draws. The same for any number of people.

    A block is worked on in one shape whoever does it, so that its bytes are the same everywhere.
    """
    network, (own, earlier) = network_of(plan), shapes(plan)
    chance = surprises(plan, territory, block)
    more, referred = (initiatives(plan, territory, block, what) for what in ("contacts", "referrals"))
    found: Responses = {}
    reached = [column for column, one in enumerate(plan.services.values()) if one.contacts is not None]
    # Where no service is reached by itself, the first one is by nobody.
    for column in reached or [0]:
        without = acted = by_itself(network, column, own[:, column], float(earlier[column]), chance[:, column])
        outside = np.zeros_like(without.arrivals)
        outside[..., column] = chance[:, column, None] * own[:, column]
        if more is not None:
            acted = with_more(network, acted, outside * (more - 1))
            outside = outside * more
        if referred is not None:
            # Referrals that an initiative adds are taken from those there would be without it, and travel on; the
            # circles that added referrals close once more are left out.
            acted = with_more(network, acted, (acted.arrivals - outside) * (referred - 1))
        flows = (acted.arrivals, acted.open_cases, without.arrivals, without.open_cases)
        found[column] = dict(zip(NAMES, flows, strict=True))
    return found


def all_responses(plan: Plan, territory: str) -> list[Responses]:
    """Of all blocks of draws."""
    return [responses(plan, territory, block) for block in range(blocks_of(plan))]
