"""A small country for the tests, and its totals by looking at every hour of every draw."""

import numpy as np

from concerted.maths.portfolio import BLOCK, Chance, Sites, Spread

SPREAD = Spread(nation=0.13, authority=0.15, site=0.3)


def carried(agents: int, share: float = 0.8, threshold: float = 0.05) -> float:
    """The largest load of which `share` is answered within `threshold` handle times by Erlang C, by halving."""

    def answered(load: float) -> float:
        terms, term = 1.0, 1.0
        for k in range(1, agents):
            term *= load / k
            terms += term
        last = term * load / agents * agents / (agents - load)
        return 1 - last / (terms + last) * float(np.exp(-(agents - load) * threshold))

    low, high = 0.0, float(agents)
    for _step in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if answered(middle) >= share else (low, middle)
    return low


CAPACITY = np.array([0.0, *(carried(agents) for agents in range(1, 80))])


def some_sites(count: int = 40, authorities: int = 6, weeks: int = 4, seed: int = 3) -> Sites:
    chance = np.random.default_rng(seed)
    weekly = chance.lognormal(-1.5, 0.6, (count, 1)) * chance.gamma(3, 1 / 3, (count, 168))
    weekly[:, :6] = 0
    return Sites(
        weekly,
        chance.lognormal(0, 0.1, (count, weeks)),
        np.arange(count) % authorities,
        np.arange(count) + 1000,
        chance.integers(0, 3, count),
        chance.integers(0, 4, count),
    )


def cell_by_cell(sites: Sites, *, draws: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Every hour of every draw looked at by itself."""
    needed, short = (np.zeros((sites.authorities, draws), dtype=np.int64) for _each in range(2))
    for row, key in enumerate(sites.key.tolist()):
        authority = int(sites.authority[row])
        chance = Chance(seed, range(-(-draws // BLOCK)), authority, SPREAD).factors(key)
        for draw, factor in enumerate(chance[:draws].tolist()):
            agents = np.searchsorted(CAPACITY, sites.year(row) * factor)
            needed[authority, draw] += np.maximum(agents, sites.at_least[row]).sum()
            short[authority, draw] += (agents > sites.contracted[row]).sum()
    return needed, short
