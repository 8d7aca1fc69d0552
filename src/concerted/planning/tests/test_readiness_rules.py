"""Readiness item by item: gaps stop, conditions are told, and nothing is added up."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.planning.rules.funding import CASES, Need, funded, likely
from concerted.planning.rules.readiness import GOOD_FOR, Answer, Mark, State, Why, judged, line_of
from concerted.planning.rules.statement import Duty, Handed, content_of, handed, hash_of
from concerted.practice.rules.instruments import Item

LEAD, POSTS = Item("lead", 4, 1, 2), Item("posts", 4, 1, 2, "posts", (50, 80, 95))


@pytest.mark.parametrize(
    ("answer", "level", "mark", "why"),
    [
        (None, 0, Mark.GAP, Why.UNANSWERED),
        (Answer(None, shown=True), 0, Mark.GAP, Why.UNANSWERED),
        (Answer(3), 0, Mark.GAP, Why.NOT_SHOWN),
        (Answer(0), 0, Mark.GAP, Why.SHOWN),
        (Answer(1, shown=True), 1, Mark.CONDITION, Why.SHOWN),
        (Answer(2, shown=True), 2, Mark.MET, Why.SHOWN),
    ],
)
def test_a_level_that_nothing_shows_counts_as_none(answer: Any, level: int, mark: Mark, why: Why) -> None:
    line = line_of(LEAD, answer, None)
    assert (line.level, line.mark, line.why) == (level, mark, why)


@pytest.mark.parametrize(
    ("share", "level", "why"), [(None, 0, Why.NOT_KNOWN), (49.9, 0, Why.KNOWN), (80, 2, Why.KNOWN), (100, 3, Why.KNOWN)]
)
def test_what_the_system_knows_is_not_overwritten(share: float | None, level: int, why: Why) -> None:
    line = line_of(POSTS, Answer(3, shown=True), share)
    assert (line.level, line.why) == (level, why)


@pytest.mark.parametrize(
    ("lead", "share", "age", "state"),
    [
        (2, 80, 0, State.READY),
        (2, 80, GOOD_FOR, State.READY),
        (2, 80, GOOD_FOR + 1, State.CONDITIONAL),
        (1, 80, 0, State.CONDITIONAL),
        (3, 10, 0, State.GAPS),
        (0, 100, 0, State.GAPS),
    ],
)
def test_one_gap_is_enough_and_an_old_rating_is_a_condition(lead: int, share: float, age: int, state: State) -> None:
    assert judged((LEAD, POSTS), {"lead": Answer(lead, shown=True)}, {"posts": share}, age=age).state is state


SUMS = st.lists(st.integers(1, 10**9), min_size=3, max_size=3).map(sorted)


@given(SUMS)
def test_likely_sums_rise_and_go_through_the_three_told(sums: list[int]) -> None:
    low, mid, high = sums
    cases = likely(Need(0, low, mid, high))
    assert len(cases) == CASES
    assert cases == sorted(cases)
    for at, told in ((99, low), (499, mid), (899, high)):
        assert cases[at] <= told * 1.0001
        assert cases[at + 1] >= told * 0.9999


@settings(deadline=None)  # The first call brings numpy in.
@given(SUMS, st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_funds_never_cover_less(sums: list[int], one: int, other: int) -> None:
    less, more = sorted((one, other))
    found = funded([Need(less, *sums), Need(more, *sums)])
    assert found.lines[0].chance <= found.lines[1].chance
    assert found.lines[0].short >= found.lines[1].short


def test_the_smallest_transfer_moves_what_can_be_spared() -> None:
    found = funded([Need(200, 60, 100, 150), Need(80, 60, 100, 150), Need(131, 60, 100, 150)])
    assert found.first_short == 1
    assert found.added == 0
    assert sum(line.receives for line in found.lines) == pytest.approx(0)
    after = [
        Need(need + line.receives + 1e-6, 60, 100, 150) for need, line in zip((200, 80, 131), found.lines, strict=True)
    ]
    assert all(line.chance >= 80 for line in funded(after).lines)


def test_what_nobody_can_spare_has_to_be_added() -> None:
    found = funded([Need(80, 60, 100, 150), Need(90, 60, 100, 150)])
    assert found.added == pytest.approx(sum(line.short for line in found.lines))
    assert funded([Need(900, 60, 100, 150)]).first_short is None


def test_the_hash_changes_with_every_word_that_is_signed() -> None:
    duty = Duty("boards", "Run a board", "Act 4", "North", "EUR", 2027, 80, 60, 100, 150, "Budget")
    (line,) = funded([Need(80, 60, 100, 150)]).lines
    readiness = judged((LEAD,), {"lead": Answer(2, shown=True)}, {})
    facts: dict[str, Any] = {"instrument": 1, "rating": 1, "on": "2026-05-01", "override": ""}
    content = content_of(duty, line, readiness, **facts)
    assert handed(readiness, line) is Handed.CONDITIONAL
    assert content["money"]["chance"] < content["money"]["asked"]
    assert hash_of(content) != hash_of(content_of(duty, line, readiness, **(facts | {"override": "x"})))
