"""Where sectors choose differently: shares of the choices in each passage, by sector. Pure.

A share tells nothing about one person: sectors with fewer than `fewest` people are not told apart, shares are rounded
to `STEP` per cent and people counted down to the next `STEP`, so that one more person seldom moves what is shown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from concerted.maths.apart import OTHERS, told_apart

STEP = 5


@dataclass(frozen=True)
class SectorShare:
    """How a sector chose in one passage: choice -> per cent. `people`: at least so many."""

    sector: str
    people: int
    shares: Mapping[str, int] = field(hash=False)


@dataclass(frozen=True)
class Parting:
    """One passage: how each sector chose, and the two that are furthest apart (`apart` per cent chose otherwise)."""

    passage: str
    sectors: tuple[SectorShare, ...]
    apart: int = 0
    furthest: tuple[str, str] = ("", "")


def partings(
    counts: Iterable[tuple[str, str, str, int]], choices: Mapping[str, Sequence[str]], fewest: int
) -> list[Parting]:
    """The passages with enough people, the most different first, then in the order of the story.

    `counts`: (passage, choice, sector, people); `choices`: passage -> its choices, in the order of the story.

    >>> rows = [("room", "a", "police", 8), ("room", "b", "police", 2), ("room", "b", "health", 5)]
    >>> [parting] = partings(rows, {"room": ("a", "b")}, 5)
    >>> [(one.sector, one.people, dict(one.shares)) for one in parting.sectors]
    [('health', 5, {'a': 0, 'b': 100}), ('police', 10, {'a': 80, 'b': 20})]
    >>> parting.apart, parting.furthest
    (80, ('health', 'police'))
    """
    held: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for passage, choice, sector, people in counts:
        if choice in choices.get(passage, ()):
            held[passage][sector][choice] = people
    found = [_parting(passage, _told_apart(held[passage], fewest), keys) for passage, keys in choices.items()]
    return sorted((one for one in found if one.sectors), key=lambda one: -one.apart)


def _told_apart(sectors: Mapping[str, Mapping[str, int]], fewest: int) -> dict[str, Mapping[str, int]]:
    """The sectors with enough people, and the small ones together, each with the people of every choice."""
    shown = told_apart({sector: sum(chosen.values()) for sector, chosen in sectors.items()}, fewest)
    together: dict[str, Mapping[str, int]] = {}
    for name, members in shown.items():
        people: Counter[str] = Counter()
        for member in members:
            people.update(sectors[member])
        together[name] = people
    return together


def _rounded(share: float) -> int:
    """A share as it may be shown; a difference of two is no more exact than they are."""
    return round(share / STEP) * STEP


def _parting(passage: str, sectors: Mapping[str, Mapping[str, int]], keys: Sequence[str]) -> Parting:
    shown = []
    for sector, chosen in sectors.items():
        people = sum(chosen.values())
        shares = {key: _rounded(100 * chosen.get(key, 0) / people) for key in keys}
        shown.append(SectorShare(sector, people - people % STEP, shares))
    pairs = [
        (_rounded(sum(abs(one.shares[key] - other.shares[key]) for key in keys) / 2), one.sector, other.sector)
        for one, other in combinations((one for one in shown if one.sector != OTHERS), 2)
    ]
    apart, *furthest = max(pairs, key=lambda pair: pair[0], default=(0, "", ""))
    return Parting(passage, tuple(shown), apart, (furthest[0], furthest[1]))
