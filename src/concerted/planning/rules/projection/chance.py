"""Chance of a plan: the first course is the plan itself, without surprise; the others are draws."""

from zlib import crc32

import numpy as np

from concerted.maths.arrays import Floats
from concerted.maths.demand import Effect, card
from concerted.maths.portfolio import BLOCK, Chance, Spread
from concerted.maths.portfolio.draws import normals
from concerted.planning.rules.plan.schema import Initiative, Plan

#: Beside those of the portfolio: nation, authority and site.
_EFFECT = 3


def lasting(key: str) -> int:
    """A number that a territory or service keeps when others are added: its chance stays the same.

    >>> lasting("north") == lasting("north") != lasting("coast")
    True
    """
    return crc32(key.encode())


def rows_of(plan: Plan, block: int) -> int:
    """Courses of a block of draws; the first block has the plan itself before them."""
    return min(BLOCK, plan.draws - block * BLOCK) + (block == 0)


def blocks_of(plan: Plan) -> int:
    """Blocks of draws that a plan has."""
    return -(-plan.draws // BLOCK)


def surprises(plan: Plan, territory: str, block: int) -> Floats:
    """What a territory's demand is multiplied by in a block of draws, of shape (courses, services)."""
    spread = Spread(plan.uncertainty.nation, plan.uncertainty.territory, plan.uncertainty.service)
    made = np.ones((rows_of(plan, block), len(plan.services)))
    chance = Chance(plan.seed, range(block, block + 1), lasting(territory), spread)
    first = int(block == 0)
    for column, service in enumerate(plan.services):
        made[first:, column] = chance.factors(lasting(f"{territory}/{service}"))[: len(made) - first]
    return made


def effect_of(initiative: Initiative) -> Effect:
    """The effect planned with: of a card, or the plan's own."""
    own = initiative.effect
    return card(own).effect if isinstance(own, str) else Effect(own.ratio, own.low, own.high)


def ratios(plan: Plan, key: str, block: int) -> Floats:
    """How much an initiative multiplies by in a block, of shape (courses,): one surprise for the whole nation."""
    effect = effect_of(plan.initiatives[key])
    first = int(block == 0)
    drawn = normals(plan.seed, _EFFECT, lasting(key), block)[: rows_of(plan, block) - first]
    return np.concatenate([[effect.ratio] * first, effect.ratio * np.exp(effect.spread * drawn)])
