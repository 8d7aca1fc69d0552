import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.practice.rules import BadAnswer, Marked, mark, score, shuffled, with_forms

OPTIONS = ["a", "b", "c"]
MARKINGS = {
    "single": {"right": "b", "tags": {"a": "low"}},
    "hotspot": {"right": "b", "tags": {"a": "low"}},
    "multiple": {"right": ["a", "c"], "tags": {"b": "leave"}},
    "ordering": {"order": ["c", "a", "b"], "tag": "form"},
    "matching": {"pairs": {"a": "x", "b": "y", "c": "z"}, "tag": "onceonly"},
    "short": {"accepted": ["safety plan*"], "slips": {"a": ["leave*"]}, "tags": {"a": "leave"}, "tag": "form"},
    "numeric": {"value": "72", "tolerance": "2", "slips": {"a": ["24", "0"]}, "tags": {"a": "delay"}, "tag": "form"},
}
RIGHT = {
    "single": "b",
    "hotspot": "b",
    "multiple": ["c", "a"],
    "ordering": ["c", "a", "b"],
    "matching": {"a": "x", "b": "y", "c": "z"},
    "short": "Safety  Planning.",
    "numeric": "70",
}
WRONG = {
    "single": ("a", ("low",)),
    "hotspot": ("a", ("low",)),
    "multiple": (["a", "b"], ("leave",)),
    "ordering": (["a", "b", "c"], ("form",)),
    "matching": ({"a": "y", "b": "x", "c": "z"}, ("onceonly",)),
    "short": ("Leave him", ("leave",)),
    "numeric": ("٢٤", ("delay",)),
}
BAD = {
    "single": ["", None, "z", ["a"], 3],
    "hotspot": ["", None, "z", ["a"], "10,20"],
    "multiple": [[], ["z"], "a", None, [["a"]]],
    "ordering": [["a", "b"], ["a", "a", "b"], [], {}, ["a", "b", "z"]],
    "matching": [{}, {"a": "x"}, {"a": "x", "b": "y", "c": "nope"}, {"a": [], "b": "y", "c": "z"}, ["x"], None],
    "short": ["", " ", None, ["safety plan"], "x" * 201, "safety\x00plan", 3],
    "numeric": ["", "three days", "72 hours", "1.2.3", "7²", "9" * 41, None, ["72"], 72],
}


@pytest.mark.parametrize("kind", MARKINGS)
def test_right_wrong_and_bad_answers(kind: str) -> None:
    marking = MARKINGS[kind]
    assert mark(kind, marking, RIGHT[kind], OPTIONS).right
    answer, tags = WRONG[kind]
    marked = mark(kind, marking, answer, OPTIONS)
    assert (marked.right, marked.tags) == (False, tags)
    for bad in BAD[kind]:
        with pytest.raises(BadAnswer):
            mark(kind, marking, bad, OPTIONS)


@pytest.mark.parametrize(("kind", "answer"), [("short", "run away"), ("numeric", "-3,5")])
def test_an_unforeseen_answer_shows_the_general_misconception(kind: str, answer: str) -> None:
    assert mark(kind, MARKINGS[kind], answer, []) == Marked(False, ("form",))


def test_the_forms_of_a_short_answer_are_words_of_the_text_in_each_language() -> None:
    marking = with_forms({"tags": {"a": "leave"}}, {"accepted": ["plan\n", "plan de sécurité"], "a": ["go\nleave"]})
    assert marking == {
        "tags": {"a": "leave"},
        "accepted": ["plan", "plan de sécurité"],
        "slips": {"a": ["go", "leave"]},
    }
    assert mark("short", marking, "PLAN DE SECURITE", []).right
    assert mark("short", marking, "leave", []) == Marked(False, ("leave",), "a")
    assert not mark("short", with_forms({}, {}), "plan", []).right, "without forms nothing fits, and nothing breaks"


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=4),
    max_leaves=6,
)


@given(st.sampled_from(sorted(MARKINGS)), _anything)
def test_whatever_is_sent_is_marked_or_refused(kind: str, answer: object) -> None:
    with contextlib.suppress(BadAnswer):
        mark(kind, MARKINGS[kind], answer, OPTIONS)


@given(st.lists(st.text(min_size=1, max_size=3), unique=True, min_size=2, max_size=6), st.text())
def test_shuffling_loses_nothing_and_never_gives_the_order_away(keys: list[str], seed: str) -> None:
    mixed = shuffled(keys, seed)
    assert sorted(mixed) == sorted(keys)
    assert mixed != keys
    assert mixed == shuffled(keys, seed)


@pytest.mark.parametrize(("right", "questions", "per_cent"), [(0, 0, 100), (2, 3, 66), (3, 3, 100), (0, 5, 0)])
def test_score(right: int, questions: int, per_cent: int) -> None:
    assert score(right, questions) == per_cent
