"""Which groups may be told apart when numbers about people are shown. Pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from itertools import product
from typing import TypeVar

_Name = TypeVar("_Name", bound=Hashable)

#: Groups that are too small to be shown, taken together.
OTHERS = "*"


def told_apart(people: Mapping[str, int], fewest: int, *, beside_total: bool = False) -> dict[str, tuple[str, ...]]:
    """The groups with enough people, and the small ones together where there are several and enough of them.

    `beside_total`: the sum of all is shown too. What is left out of a sum can be had by taking away what is shown, so
    then the smallest shown groups are kept back as well, until what is left out is nobody, or several groups with
    enough people together.

    >>> told_apart({"health": 9, "police": 6, "law": 2}, 5)
    {'health': ('health',), 'police': ('police',)}
    >>> told_apart({"health": 9, "police": 6, "law": 2}, 5, beside_total=True)
    {'health': ('health',), '*': ('law', 'police')}
    """
    small = sorted(name for name, held in people.items() if 0 < held < fewest)
    large = sorted((name for name, held in people.items() if held >= fewest), key=lambda name: (-people[name], name))
    if beside_total:
        while small and large and not _enough(people, small, fewest):
            small = sorted([*small, large.pop()])
    shown: dict[str, tuple[str, ...]] = {name: (name,) for name in sorted(large)}
    if _enough(people, small, fewest):
        shown[OTHERS] = tuple(small)
    return shown


def _enough(people: Mapping[str, int], small: list[str], fewest: int) -> bool:
    return len(small) > 1 and sum(people[name] for name in small) >= fewest


def shown_apart(
    people: Mapping[_Name, int], families: Sequence[Mapping[_Name, frozenset[_Name]]], fewest: int
) -> frozenset[_Name]:
    """What may be shown of numbers about cells and about wholes that are made of them, all at the same time.

    `people`: cell -> people. `families`: in each, the name of a whole -> its cells; of two wholes in one family one
    lies within the other or they share nothing, as with territories. A whole lets what is left of it be worked out,
    once the wholes and cells within it are taken away. So the smallest of these are kept back as well, until what is
    left is nobody, or several cells with `fewest` people or more; and where nothing within it is shown, the whole
    itself. This
    is secondary suppression: L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control (Springer, 2001).
    For one family no cell kept back can be worked out. With several, each whole is looked at beside the parts of every
    other family; sums across three and more are left to rounding.

    >>> tree = {"north": frozenset({"clinic", "police"}), "land": frozenset({"clinic", "police", "refuge"})}
    >>> sorted(shown_apart({"clinic": 30, "police": 20, "refuge": 3}, [tree], 10))
    ['clinic', 'land']
    >>> sorted(shown_apart({"clinic": 30, "police": 20, "refuge": 12}, [tree], 10))
    ['clinic', 'land', 'north', 'police', 'refuge']
    """
    held = {cell: number for cell, number in people.items() if number > 0}
    kept = [{name: cells & held.keys() for name, cells in family.items()} for family in families]
    ordered = [sorted(family, key=lambda name: -len(family[name])) for family in kept]
    cells_of = {name: cells for family in kept for name, cells in family.items()}
    total = held | {name: sum(held[cell] for cell in cells) for name, cells in cells_of.items()}
    shown = {name for name, number in total.items() if number >= fewest}
    wholes = sorted((name for name in cells_of if name in shown), key=lambda name: len(cells_of[name]))
    settled = False
    while not settled:
        settled = True
        for whole, family in product(wholes, ordered):
            while whole in shown:
                parts = _parts_shown(whole, family, cells_of, shown)
                left = cells_of[whole].difference(*(cells_of.get(part, {part}) for part in parts))
                if not left or (len(left) > 1 and sum(held[cell] for cell in left) >= fewest):
                    break
                shown.discard(min(parts, key=lambda part: (total[part], repr(part))) if parts else whole)
                settled = False
    return frozenset(shown)


def _parts_shown(
    whole: _Name, family: Iterable[_Name], cells_of: Mapping[_Name, frozenset[_Name]], shown: Set[_Name]
) -> list[_Name]:
    """The largest that are shown within a whole and share nothing; `family`: the largest first."""
    left = set(cells_of[whole])
    parts: list[_Name] = []
    for part in family:
        if part in shown and cells_of[part] < cells_of[whole] and cells_of[part] <= left:
            parts.append(part)
            left -= cells_of[part]
    return parts + [cell for cell in left if cell in shown]
