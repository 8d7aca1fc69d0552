"""Which groups may be told apart when numbers about people are shown. Pure."""

from collections.abc import Mapping

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
