"""What is kept back cannot be had by taking away what is shown."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from concerted.maths.apart import shown_apart

FEWEST = 10
#: Eight agencies in four districts, two regions and one country.
TREE = {
    **{f"d{n}": frozenset({f"a{2 * n}", f"a{2 * n + 1}"}) for n in range(4)},
    **{f"r{n}": frozenset({f"a{4 * n + m}" for m in range(4)}) for n in range(2)},
    "land": frozenset({f"a{n}" for n in range(8)}),
}
SECTORS = {f"s{n}": frozenset({f"a{m}" for m in range(8) if m % 3 == n}) for n in range(3)}
PEOPLE = st.lists(st.integers(0, 30), min_size=8, max_size=8).map(
    lambda held: {f"a{n}": n_ for n, n_ in enumerate(held)}
)


def _worked_out(people: dict[str, int], shown: frozenset[str], wholes: dict[str, frozenset[str]]) -> set[str]:
    """The cells that somebody finds who solves what is shown; those with nobody in them are known to have nobody."""
    cells = [cell for cell, held in people.items() if held]
    rows = [[cell in wholes.get(name, {name}) for cell in cells] for name in sorted(shown)]
    if not rows:
        return set()
    matrix = np.array(rows, dtype=float)
    rank = np.linalg.matrix_rank(matrix)
    units = zip(cells, np.eye(len(cells)), strict=True)
    return {cell for cell, unit in units if np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank}


@given(PEOPLE)
def test_no_cell_kept_back_can_be_solved_for_in_a_tree(people: dict[str, int]) -> None:
    shown = shown_apart(people, [TREE], FEWEST)
    assert _worked_out(people, shown, TREE) <= shown
    assert all(people[cell] >= FEWEST for cell in shown & people.keys())


@given(PEOPLE)
def test_two_families_give_away_no_part_of_each_other(people: dict[str, int]) -> None:
    """Every whole less what is shown within it leaves nobody, or several with enough people, in either family."""
    shown = shown_apart(people, [TREE, SECTORS], FEWEST)
    wholes = TREE | SECTORS
    for whole in shown & wholes.keys():
        for family in (TREE, SECTORS):
            within = [family[name] for name in shown & family.keys() if family[name] < wholes[whole]]
            left = wholes[whole].difference(shown, *within)
            people_left = [people[cell] for cell in left if people[cell]]
            assert not people_left or (len(people_left) > 1 and sum(people_left) >= FEWEST)


def test_where_all_are_many_nothing_is_kept_back() -> None:
    people = {f"a{n}": 12 for n in range(8)}
    assert shown_apart(people, [TREE, SECTORS], FEWEST) == {*people, *TREE, *SECTORS}


def test_a_place_with_one_small_agency_is_kept_back_with_another() -> None:
    people = {f"a{n}": 12 + n for n in range(8)} | {"a1": 3}
    shown = shown_apart(people, [TREE], FEWEST)
    assert not shown & {"a1", "a0"}, "a0 would leave a1, in its district"
    assert {"d0", "r0", "land"} <= shown
    assert shown_apart({"a0": 3, "a1": 4}, [TREE], FEWEST) == frozenset()
