"""What Moodle refuses is refused with a line and a remedy, in all four formats, and nothing raises."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.packs.questions.formats import FORMATS, format_of, read_questions
from concerted.packs.questions.written import Findings
from concerted.packs.tests.bad_question_files import BAD_QUESTION_FILES


@pytest.mark.parametrize(("name", "content", "line", "column", "message"), BAD_QUESTION_FILES)
def test_is_refused(name: str, content: str | bytes, line: int, column: str, message: str) -> None:
    findings = Findings()
    read_questions(content.encode() if isinstance(content, str) else content, findings, name)
    first = findings.faults[0]
    assert (first.line, first.column, first.message) == (line, column, message)
    assert first.remedy or name == "moodle"


def test_all_that_is_wrong_is_told_at_once() -> None:
    findings = Findings()
    read = read_questions(b"One {=a\n\nTwo?{T}\n\nThree {#x}\n\nFour }", findings, "gift")
    assert [fault.line for fault in findings.faults] == [1, 5, 7]
    assert [question.title for question in read] == ["Two?"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("One?{T}", "gift"),
        ("<?xml version='1.0'?><quiz/>", "moodle"),
        ("\ufeff<quiz/>", "moodle"),
        ("One?\nA) a\nB) b\nANSWER: A", "aiken"),
        ("title,question,answer 1\n", "csv"),
        ('"Question";"answer 1"\n', "csv"),
        ("", "gift"),
    ],
)
def test_formats_are_told_apart_by_what_stands_inside(content: str, name: str) -> None:
    assert format_of(content.encode()) == name


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(list(FORMATS)))
def test_no_bytes_break_a_reader(content: bytes, name: str) -> None:
    read_questions(content, Findings(), name)


_MARKS = ["{", "}", "=", "~", "#", "%", ":", "\\", "->", "..", "[html]", "[", "]", "::", "$CATEGORY:", "//", "T", "\n"]


@settings(deadline=None)
@given(st.lists(st.sampled_from([*_MARKS, " ", "5", "x", "A)", "ANSWER:", ",", '"'])))
def test_no_marks_break_a_reader(marks: list[str]) -> None:
    for name in FORMATS:
        read_questions("".join(marks).encode(), Findings(), name)


@pytest.mark.parametrize(
    "content",
    ["{" * 400_000, "=" * 400_000, "a{" + "~%" * 200_000 + "}", "[" * 400_000, "<file " * 400_000, "\\" * 400_000,
     "a{=" + "<b>" * 100_000 + "}", "a{T}\n\n" * 20_000,
     "a{>5" + " " * 100_000 + "x}", "a{>5" + " A_A" * 50_000 + "}"],
)  # fmt: skip
def test_endless_files_take_no_time(content: str) -> None:
    for name in FORMATS:
        begun = time.process_time()
        read_questions(content.encode(), Findings(), name)
        assert time.process_time() - begun < 2
