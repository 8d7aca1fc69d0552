"""Conditions, effects, the step function and the look at the map: pure, so tried with thousands of made-up cases."""

import operator
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.practice.scenario import playing
from concerted.practice.scenario.checking import check
from concerted.practice.scenario.conditions import Unreadable, names_of, parse_condition, parse_effects
from concerted.practice.scenario.story import (
    Band,
    Block,
    Choice,
    Interrupt,
    Passage,
    Story,
    Variable,
    Way,
    as_plain,
    from_plain,
)

NAMES = ("safety", "trust", "told")
VARIABLES = (
    Variable("safety", 4, 0, 10, "always", (Band("b1", 0, 10),)),
    Variable("trust", 3, 0, 10, "debrief", (Band("b1", 0, 10),)),
    Variable("told"),
)
Values = dict[str, int]
#: A condition as it is written, and what it must answer: built side by side, so that each checks the other.
Told = tuple[str, Callable[[Values], bool]]
OPS: dict[str, Callable[[int, int], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}
terms = st.one_of(st.sampled_from(NAMES), st.integers(0, 12))
sums = st.lists(st.tuples(st.sampled_from("+-"), terms), min_size=1, max_size=3)


def value_of(parts: list[tuple[str, str | int]], values: Values) -> int:
    numbers = [values[term] if isinstance(term, str) else term for _sign, term in parts]
    signs = [1, *(1 if sign == "+" else -1 for sign, _term in parts[1:])]
    return sum(sign * number for sign, number in zip(signs, numbers, strict=True))


def written(parts: list[tuple[str, str | int]]) -> str:
    return str(parts[0][1]) + "".join(f" {sign} {term}" for sign, term in parts[1:])


def comparison(left: list[tuple[str, str | int]], op: str, right: list[tuple[str, str | int]]) -> Told:
    text = f"{written(left)} {op} {written(right)}"
    return text, lambda values: OPS[op](value_of(left, values), value_of(right, values))


def flag(name: str) -> Told:
    return name, lambda values: values[name] >= 1


def negated(inner: Told) -> Told:
    return f"not ({inner[0]})", lambda values: not inner[1](values)


def joined(first: Told, word: str, second: Told, third: Told) -> Told:
    """Without brackets round the last, so that `and` binds closer than `or`."""
    text = f"({first[0]}) {word} ({second[0]}) or ({third[0]})"
    both = (lambda a, b: a and b) if word == "and" else (lambda a, b: a or b)
    return text, lambda values: both(first[1](values), second[1](values)) or third[1](values)


conditions = st.recursive(
    st.one_of(st.builds(comparison, sums, st.sampled_from(sorted(OPS)), sums), st.sampled_from(NAMES).map(flag)),
    lambda inner: st.one_of(inner.map(negated), st.builds(joined, inner, st.sampled_from(["and", "or"]), inner, inner)),
    max_leaves=6,
)


@given(conditions, st.integers(0, 10), st.integers(0, 10), st.integers(0, 1))
def test_conditions_hold_as_they_read(condition: Told, safety: int, trust: int, told: int) -> None:
    values = {"safety": safety, "trust": trust, "told": told}
    text, answer = condition
    assert parse_condition(text).holds(values) == answer(values)
    assert names_of(text) <= set(NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "safety >",
        "safety >= 3 trust",
        "safety ** 2 > 1",
        "__import__('os')",
        "safety >= 3 and",
        "(safety >= 3",
        "safety >= 3)",
        "3",
        "safety + trust",
        "and",
        "Safety > 1",
        "safety > 99999",
        "not",
        "a" * 501,
        "(" * 300 + "safety" + ")" * 100,
        "not " * 120 + "told",
        "safety >= ٣ or x[0]",
    ],
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_condition(text)
    assert refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize("text", ["", "safety", "safety +1,", "safety * 2", "safety + -1", "not", "+1", "a b"])
def test_effects(text: str) -> None:
    if text == "safety":
        assert parse_effects(text)[0].amount == 1
        return
    with pytest.raises(Unreadable):
        parse_effects(text)


def story(*passages: Passage, interrupts: tuple[Interrupt, ...] = ()) -> Story:
    return Story(VARIABLES, passages, interrupts)


def choice(key: str, to: str, effects: str = "", when: str = "") -> Choice:
    return Choice(key, (Way(to),), when, effects)


END = Passage("end", ending=True)
ROOM = Passage(
    "room",
    (choice("a", "hall", "safety -9, told"), choice("b", "hall", "trust +20"), choice("c", "end", when="told")),
    skip="hall",
)
HALL = Passage(
    "hall",
    (Choice("a", (Way("end", "trust >= 9"), Way("room"))),),
    (Block("afraid", "safety < 3", "trust -1"),),
)
KNOCK = Passage("knock", (choice("a", "end"),))
WORDS = {
    *("room", "room.a", "room.b", "room.c", "room.a.why", "room.b.why", "room.c.why", "hall", "hall.a", "hall.afraid"),
    *("end", "end.her", "end.protocol", "end.sectors", "knock", "knock.a"),
}


def test_a_step_changes_first_then_leads_then_arrives() -> None:
    whole = story(ROOM, HALL, END)
    place = playing.begin(whole)
    assert (place.at, place.values) == ("room", {"safety": 4, "trust": 3, "told": 0})
    assert [one.key for one in playing.open_choices(whole, place)] == ["a", "b"]
    place = playing.step(whole, place, "a")
    assert (place.at, place.shown) == ("hall", ("afraid",))
    assert place.values == {"safety": 0, "trust": 2, "told": 1}, "numbers stay in their range"
    place = playing.step(whole, place, "a")
    assert place.at == "room", "the last way holds where no other does"
    assert [one.key for one in playing.open_choices(whole, place)] == ["a", "b", "c"]
    place = playing.step(whole, playing.step(whole, place, "b"), "a")
    assert playing.ended(whole, place) == END
    with pytest.raises(playing.NotOpen):
        playing.step(whole, playing.begin(whole), "c")
    with pytest.raises(playing.NotOpen):
        playing.step(whole, playing.begin(whole), "x")


def test_what_happens_by_itself_happens_once() -> None:
    whole = story(ROOM, HALL, KNOCK, END, interrupts=(Interrupt("safety < 3", "knock"),))
    place = playing.step(whole, playing.begin(whole), "a")
    assert (place.at, place.met) == ("knock", (0,))
    back = playing.Place("room", place.values, (), place.met)
    assert playing.step(whole, back, "a").at == "hall"
    assert playing.step(whole, playing.Place("room", place.values), "c").at == "end", "nothing breaks into an ending"


def test_skipping_changes_the_place_alone() -> None:
    whole = story(ROOM, HALL, END)
    before = playing.begin(whole)
    after = playing.skip(whole, before)
    assert (after.at, after.values) == ("hall", before.values)
    with pytest.raises(playing.NotOpen):
        playing.skip(whole, after)


def test_stories_and_places_come_back_from_json() -> None:
    whole = story(ROOM, HALL, KNOCK, END, interrupts=(Interrupt("safety < 3", "knock"),))
    assert from_plain(as_plain(whole)) == whole
    place = playing.step(whole, playing.begin(whole), "a")
    assert playing.from_plain(playing.as_plain(place)) == place


def codes(*passages: Passage, words: set[str] = WORDS, interrupts: tuple[Interrupt, ...] = ()) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in check(story(*passages, interrupts=interrupts), words)]


def test_a_sound_map_has_no_finding() -> None:
    assert codes(ROOM, HALL, END) == []


@pytest.mark.parametrize(
    ("passages", "found"),
    [
        ((Passage("room", (choice("a", "gone"),)), END), ("no_passage", "room.a")),
        ((Passage("room", (choice("a", "end", "hope +1"),)), END), ("no_variable", "room.a")),
        ((Passage("room", (choice("a", "end", when="hope > 1"), choice("b", "end"))), END), ("no_variable", "room.a")),
        ((ROOM, HALL, END, KNOCK), ("unreachable", "knock")),
        ((Passage("room", (choice("a", "hall"), choice("b", "end"))), Passage("hall"), END), ("dead_end", "hall")),
        (
            (Passage("room", (choice("a", "hall"), choice("b", "end"))), Passage("hall", (choice("a", "hall"),)), END),
            ("no_way_out", "hall"),
        ),
        ((Passage("room", (choice("a", "end", when="trust > 3"),)), END), ("runs_out", "room")),
        ((Passage("room", (Choice("a", (Way("room", "not told"), Way("end"))),)), END), ("shut", "room")),
        ((Passage("room", (Choice("a", (Way("end", "told"),)),)), END), ("way_runs_out", "room.a")),
        ((Passage("room", (choice("a", "room"),)),), ("no_ending", "room")),
        (
            (Passage("room", (choice("a", "end"),)), Passage("end", (choice("a", "room"),), ending=True)),
            ("ending_goes_on", "end"),
        ),
    ],
)
def test_what_is_wrong_with_a_map(passages: tuple[Passage, ...], found: tuple[str, str]) -> None:
    assert found in codes(*passages)


def test_choices_that_cover_every_number_do_not_run_out() -> None:
    both = Passage("room", (choice("a", "end", when="trust > 3"), choice("b", "end", when="not trust > 3")))
    assert "runs_out" not in [code for code, _place in codes(both, END)]


def test_words_and_look_back_are_asked_for() -> None:
    assert ("no_debrief", "end") in codes(ROOM, HALL, END, words=WORDS - {"end.her"})
    assert ("no_words", "room.a") in codes(ROOM, HALL, END, words=WORDS - {"room.a"})
    assert ("no_words", "hall.afraid") in codes(ROOM, HALL, END, words=WORDS - {"hall.afraid"})
    assert ("no_feedback", "room.b") in codes(ROOM, HALL, END, words=WORDS - {"room.b.why"})


def test_numbers_that_do_nothing_are_named() -> None:
    idle = (Passage("room", (choice("a", "end", "told"),)), END)
    assert ("never_read", "told") in codes(*idle)
    assert ("never_changed", "safety") in codes(*idle)


@given(st.integers(0, 10_000))
def test_whoever_plays_a_map_without_findings_comes_to_an_end(seed: int) -> None:
    """Made-up maps: where the look finds nothing, no walk is ever stuck."""
    lots = random.Random(seed)
    keys = [f"p{number}" for number in range(lots.randint(2, 8))]
    passages = []
    for number, key in enumerate(keys[:-1]):
        choices = [
            Choice(
                "abc"[place],
                (
                    Way(lots.choice(keys[number:]), lots.choice(["told", "trust > 4"])),
                    Way(lots.choice(keys[number + 1 :])),
                ),
                lots.choice(["", "safety > 2", "not told"]) if place else "",
                lots.choice(["safety -3", "told", "trust +2", ""]),
            )
            for place in range(lots.randint(1, 3))
        ]
        passages.append(Passage(key, tuple(choices)))
    whole = story(*passages, Passage(keys[-1], ending=True))
    found = {one.code for one in check(whole, ())} - {"no_words", "no_feedback", "no_debrief", "unreachable"}
    if not found <= {"never_read", "never_changed"}:
        assert found - {"never_read", "never_changed"} == {"shut"}, "only numbers can shut ways that lead forward"
        return
    for _walk in range(5):
        place, steps = playing.begin(whole), 0
        while playing.ended(whole, place) is None and steps < 2000:
            place = playing.step(whole, place, lots.choice(playing.open_choices(whole, place)).key)
            steps += 1
        assert playing.ended(whole, place), "a long walk by lot comes to an end"


def test_ten_thousand_passages_are_looked_at_in_a_moment() -> None:
    """Time grows with the map, not with the paths: ten times the passages take ten times as long, not a hundred."""

    def taken(number: int) -> float:
        passages = [
            Passage(
                f"p{n}",
                (
                    choice("a", f"p{n + 1}"),
                    choice("b", f"p{min(n + 2, number - 1)}", "safety +1", "trust > 1"),
                    choice("c", f"p{n + 1}", "trust -1", "safety > 1"),
                ),
            )
            for n in range(number - 1)
        ]
        whole = story(*passages, Passage(f"p{number - 1}", ending=True))
        before = time.process_time()
        found = check(whole, ())
        assert not {"dead_end", "no_way_out", "unreachable"} & {one.code for one in found}
        return time.process_time() - before

    assert taken(10_000) < 40 * max(taken(1_000), 0.01)
