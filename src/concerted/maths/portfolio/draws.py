"""Draws of chance that do not depend on who makes them, in which order, or how many others are made."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.random import Philox
from scipy.special import ndtri

from concerted.maths.arrays import Floats

#: Draws are made in blocks of this many. It is part of what a seed means: another size gives other numbers.
BLOCK = 500
NATION, AUTHORITY, SITE = 0, 1, 2
#: A double has 53 binary places.
_SHIFT, _STEP = np.uint64(11), 2.0**-53


@dataclass(frozen=True)
class Spread:
    """How far demand may turn out from what is planned: the standard deviation of its logarithm, by who shares the
    surprise. 0.13 means about 13 in 100 either way. News and campaigns are the nation's; pooling does not remove them.
    """

    nation: float = 0.0
    authority: float = 0.0
    site: float = 0.0

    def __post_init__(self) -> None:
        for name in ("nation", "authority", "site"):
            value = getattr(self, name)
            if not 0 <= value < 3:
                raise ValueError(f"The spread of the {name} is {value}; give a standard deviation from 0 to below 3.")


def normals(seed: int, level: int, place: int, block: int) -> Floats:
    """`BLOCK` standard normal numbers, a pure function of the four integers.

    Philox is counter-based (Salmon et al. 2011): seed is the key; level, place and block are the high words of the
    counter and the low word counts within the block. Its words become normals by the inverse of the distribution,
    which uses one word a number, so that no library's choice of method changes them.

    >>> bool((normals(7, SITE, 31, 0) == normals(7, SITE, 31, 0)).all())
    True
    """
    words = Philox(key=seed, counter=np.array([0, block, place, level], dtype=np.uint64)).random_raw(BLOCK)
    uniform = ((words >> _SHIFT) + 0.5) * _STEP
    drawn: Floats = ndtri(uniform)
    return drawn


@dataclass(frozen=True)
class Chance:
    """Draws of some blocks for the sites of one authority.

    `authority` and the sites asked for are lasting numbers, so that a site added elsewhere changes nothing here.
    """

    seed: int
    blocks: range
    authority: int
    spread: Spread

    def factors(self, site: int) -> Floats:
        """What the demand of one site is multiplied by in each draw; the mean is one.

        Nation, authority and site each bring a lognormal surprise; all share the nation's, and the sites of one
        authority hers.

        >>> Chance(7, range(1), authority=1, spread=Spread()).factors(site=1)[:2].tolist()
        [1.0, 1.0]
        """
        return np.exp(self._shared + self._surprise(self.spread.site, SITE, site))

    @cached_property
    def _shared(self) -> Floats:
        nation = self._surprise(self.spread.nation, NATION, 0)
        return nation + self._surprise(self.spread.authority, AUTHORITY, self.authority)

    def _surprise(self, deviation: float, level: int, place: int) -> Floats:
        if not deviation:
            return np.zeros(len(self.blocks) * BLOCK)
        drawn = np.concatenate([normals(self.seed, level, place, block) for block in self.blocks])
        return deviation * drawn - deviation**2 / 2
