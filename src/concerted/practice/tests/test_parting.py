"""Where sectors choose differently, as pure numbers: nobody's choice can be read from them."""

from hypothesis import given
from hypothesis import strategies as st

from concerted.maths.apart import OTHERS
from concerted.practice.scenario.parting import STEP, Parting, partings

CHOICES = {"room": ("a", "b"), "hall": ("a",)}
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from(["room", "hall"]), st.sampled_from("ab"), st.sampled_from(["", "health", "police"])),
    st.integers(1, 30),
)


def _room(*rows: tuple[str, str, int]) -> list[Parting]:
    return partings([("room", *row) for row in rows], CHOICES, 5)


def test_a_small_sector_is_not_shown_and_does_not_show_through_the_rest() -> None:
    assert _room(("a", "police", 4)) == []
    [parting] = _room(("a", "police", 10), ("b", "health", 4))
    assert [one.sector for one in parting.sectors] == ["police"], "one small sector alone is not the others"
    [parting] = _room(("a", "police", 10), ("b", "health", 4), ("a", "justice", 2))
    assert [(one.sector, one.people) for one in parting.sectors] == [("police", 10), (OTHERS, 5)]
    assert parting.apart == 0, "the others are no sector that could be put on an agenda"


def test_the_passage_where_sectors_differ_most_comes_first() -> None:
    rows = [("room", "a", "police", 10), ("room", "a", "health", 10), ("room", "b", "health", 10)]
    found = partings(rows, {"hall": ("a",), "room": ("a", "b")} | CHOICES, 5)
    assert [(one.passage, one.apart, one.furthest) for one in found] == [("room", 50, ("health", "police"))]
    hall = [("hall", "a", "police", 9), ("hall", "a", "health", 7)]
    assert [one.passage for one in partings([*hall, *rows], {"hall": ("a",), **CHOICES}, 5)] == ["room", "hall"]


def test_a_choice_that_is_not_in_the_map_is_left_out() -> None:
    assert _room(("x", "police", 50)) == []


@given(COUNTS)
def test_numbers_are_coarse_and_never_of_few(counts: dict[tuple[str, str, str], int]) -> None:
    rows = [(passage, choice, sector, people) for (passage, choice, sector), people in counts.items()]
    for parting in partings(rows, CHOICES, 5):
        for one in parting.sectors:
            assert one.people >= 5
            assert one.people % STEP == 0
            assert all(share % STEP == 0 and 0 <= share <= 100 for share in one.shares.values())
            assert abs(sum(one.shares.values()) - 100) <= STEP * len(one.shares) / 2


def test_a_difference_is_no_more_exact_than_the_shares_it_comes_from() -> None:
    rows = [
        ("room", choice, sector, people)
        for sector, chosen in (("women", (3, 4, 9, 4)), ("justice", (50, 25, 12, 12)))
        for choice, people in zip("abcd", chosen, strict=True)
    ]
    [found] = partings(rows, {"room": tuple("abcd")}, 5)
    assert found.apart == 40, "half of 85, in steps of five"
