"""Scenarios and cases that are far too large, run in circles or go too deep: a clear message with its line, in time."""

import time
from pathlib import Path
from typing import Any

import pytest

from concerted.packs.questions.formats import read_questions
from concerted.packs.questions.written import Findings
from concerted.packs.reading.conferences import conference_in
from concerted.packs.reading.faults import Fault, Faults
from concerted.packs.reading.files import MOST_BYTES, lines_of
from concerted.packs.reading.scenarios import scenario_in
from concerted.packs.tests.test_conferences import SHIPPED
from concerted.packs.tests.test_scenarios import SOUND
from concerted.practice.scenario.checking import check
from concerted.practice.scenario.story import Choice, Passage, Story, Way

CASE = SHIPPED.read_text(encoding="utf-8")


def found(content: str, read: Any = scenario_in) -> list[Fault]:
    """What is wrong with a file that is read past the bound of its size; within two seconds of the processor."""
    faults = Faults("s.md")
    begun = time.process_time()
    read(content.split("\n"), Path("s.md"), faults)
    assert time.process_time() - begun < 2
    return sorted(fault for fault in faults.found if not fault.warning)


def told(content: str, read: Any = scenario_in) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.message, fault.remedy) for fault in found(content, read)]


def passages(number: int) -> str:
    """So many passages in a row, each of which leads on."""
    head, _rest = SOUND.split("## The room", 1)
    row = "".join(f"## N {{#n{n}}}\n\nWords.\n\n- [a] On. -> n{n + 1}\n  effects: told\n\n" for n in range(number))
    return head + row + SOUND[SOUND.index("## The room") :].replace("#room skip=hall", f"#n{number} skip=hall")


def test_ten_thousand_passages_are_read_and_checked_in_time() -> None:
    assert found(passages(10_000)) == []
    (late,) = told(passages(10_000).replace("-> n7000\n", "-> nowhere\n"))[:1]
    assert late[1] == "“n6999.a” leads to “nowhere”, which is not there."
    assert late[0] > 40_000


def test_a_file_of_that_size_is_refused_at_its_door() -> None:
    faults = Faults("s.md")
    assert lines_of(passages(10_000).encode(), faults) is None
    assert len(passages(10_000)) > MOST_BYTES
    assert [bool(fault.message and fault.remedy) for fault in faults.found] == [True]


def test_a_hundred_thousand_choices_are_checked_in_time() -> None:
    letters = "abcdefghij"
    row = [Passage(f"n{n}", tuple(Choice(one, (Way(f"n{n + 1}"),)) for one in letters)) for n in range(10_000)]
    story = Story((), (*row, Passage("n10000", ending=True)), ())
    begun = time.process_time()
    assert not {"dead_end", "no_way_out", "unreachable"} & {one.code for one in check(story, ())}
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("was", "now", "line", "message"),
    [
        ("  -> end if told\n  -> worse", "  -> hall", 30, "no ending can be reached any more"),
        ("## The hall {#hall}", "## The hall {#room}", 30, "The key “room” is already used on line 18."),
        ("-> end if told", f"-> end if {'(' * 5000}told{')' * 5000}", 39, "This condition is too long."),
        ("-> end if told", f"-> end if {'(' * 60}told{')' * 60}", 39, "This condition goes too deep."),
        ("-> end if told", f"-> end if {'not ' * 60}told", 39, "This condition goes too deep."),
    ],
    ids=["a circle of one", "a key twice", "endless brackets", "brackets", "not"],
)
def test_circles_keys_and_depths_are_told_with_their_line(was: str, now: str, line: int, message: str) -> None:
    said = told(SOUND.replace(was, now))
    assert any(one[0] == line and message in one[1] and one[2] for one in said), said


@pytest.mark.parametrize(
    ("was", "now", "message"),
    [
        ("if: message and handover", f"if: {'(' * 60}message{')' * 60}", "This condition goes too deep."),
        ("- [fine] At", "- [message] At", "“message” stands here twice."),
        ("## A telephone {#phone", "## A telephone {#opening", "The key “opening” is already used on line"),
    ],
)
def test_a_case_tells_the_same(was: str, now: str, message: str) -> None:
    assert was in CASE
    line = CASE[: CASE.index(was)].count("\n") + 1
    said = told(CASE.replace(was, now, 1), conference_in)
    assert any(one[0] == line and message in one[1] and one[2] for one in said), said


def test_a_case_of_a_thousand_moments_is_read_in_time() -> None:
    moment = (
        "## Later {{#later-{0} day=9}}\n\nWords.\n\n### police\n\n- [a] Wait.\n  effects: safety -1\n  > It waits.\n\n"
    )
    row = "".join(moment.format(n) for n in range(1000))
    assert found(CASE.replace("## Saturday,", row + "## Saturday,", 1), conference_in) == []


def test_gift_in_windows_1252_says_what_to_do() -> None:
    findings = Findings()
    read_questions("Où ?{T}\n".encode("cp1252"), findings, "gift")
    (fault,) = findings.faults[:1]
    assert fault.line == 1
    assert fault.message
    assert fault.remedy
