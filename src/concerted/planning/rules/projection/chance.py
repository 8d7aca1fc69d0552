"""Chance of a plan: the first course is the plan itself, without surprise; the others are draws."""

from collections.abc import Sequence
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


def surprises(plan: Plan, territories: Sequence[str]) -> Floats:
    """What demand is multiplied by, of shape (territories, 1 + draws, services)."""
    blocks = range(-(-plan.draws // BLOCK))
    spread = Spread(plan.uncertainty.nation, plan.uncertainty.territory, plan.uncertainty.service)
    made = np.ones((len(territories), 1 + plan.draws, len(plan.services)))
    for row, territory in enumerate(territories):
        chance = Chance(plan.seed, blocks, lasting(territory), spread)
        for column, service in enumerate(plan.services):
            made[row, 1:, column] = chance.factors(lasting(f"{territory}/{service}"))[: plan.draws]
    return made


def effect_of(initiative: Initiative) -> Effect:
    """The effect planned with: of a card, or the plan's own."""
    own = initiative.effect
    return card(own).effect if isinstance(own, str) else Effect(own.ratio, own.low, own.high)


def ratios(plan: Plan, key: str) -> Floats:
    """How much an initiative multiplies by, of shape (1 + draws,): one surprise for the whole nation."""
    effect = effect_of(plan.initiatives[key])
    blocks = range(-(-plan.draws // BLOCK))
    drawn = np.concatenate([normals(plan.seed, _EFFECT, lasting(key), block) for block in blocks])
    return np.concatenate([[effect.ratio], effect.ratio * np.exp(effect.spread * drawn[: plan.draws])])
