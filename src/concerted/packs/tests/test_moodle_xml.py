"""Moodle XML is read as Moodle reads it."""

import pytest

from concerted.packs.questions.moodle_in import read_moodle
from concerted.packs.questions.written import Findings, Refused
from concerted.packs.tests.question_files import asked, moodle

_RIGHT = '<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>'


def _two(wrong: str, right: str) -> str:
    return f'<answer fraction="0"><text>{wrong}</text></answer><answer fraction="100"><text>{right}</text></answer>'


@pytest.mark.parametrize(
    ("kind", "inside", "read", "answers"),
    [
        ("multichoice", _RIGHT, "single", [("a", 100), ("b", 0)]),
        ("multichoice", f"<single>true</single>{_RIGHT}", "single", [("a", 100), ("b", 0)]),
        ("multichoice", f"<single>false</single>{_RIGHT}", "multiple", [("a", 100), ("b", 0)]),
        ("multichoice", f"<single>0</single>{_RIGHT}", "multiple", [("a", 100), ("b", 0)]),
        ("multichoice", f"{_RIGHT}<answer><text></text></answer>", "single", [("a", 100), ("b", 0)]),
        ("truefalse", _two("false", "true"), "truefalse", [("true", 100), ("false", 0)]),
        ("truefalse", _two("Vrai", "Faux"), "truefalse", [("true", 0), ("false", 100)]),
        ("shortanswer", '<answer fraction="100"><text>*abuse*</text></answer>', "short", [("*abuse*", 100)]),
        ("numerical", '<answer fraction="100"><text>3.50</text><tolerance>0.10</tolerance></answer>'
         '<answer fraction="0"><text>*</text></answer>', "numeric", [("3.5", 100), ("*", 0)]),
        ("essay", "", "reflection", []),
        ("ordering", "<answer><text>one</text></answer><answer><text>two</text></answer>",
         "ordering", [("one", 0), ("two", 0)]),
    ],
)  # fmt: skip
def test_kinds(kind: str, inside: str, read: str, answers: list[tuple[str, float]]) -> None:
    (question,), findings = moodle(asked(kind, inside))
    assert (question.kind, [(one.words, one.weight) for one in question.answers]) == (read, answers)
    assert not findings.faults


def test_pairs_and_a_reply_that_fits_none() -> None:
    pairs = "".join(
        f'<subquestion format="html"><text>{left}</text><answer><text>{right}</text></answer></subquestion>'
        for left, right in (("Canada", "Ottawa"), ("Italy", "Rome"), ("", "Paris"))
    )
    (question,), _findings = moodle(asked("matching", pairs))
    assert [(pair.left, pair.right) for pair in question.pairs] == [
        ("Canada", "Ottawa"), ("Italy", "Rome"), ("", "Paris")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "written", "read"),
    [
        ("html", "<![CDATA[<p>Two <b>words</b></p><p>and <a href='https://example.org'>more</a></p>]]>",
         "Two **words**\n\nand [more](<https://example.org>)"),
        ("html", "&lt;p dir=&quot;rtl&quot;&gt;كلمة&lt;br&gt;ثانية&lt;/p&gt;", "كلمة\\\nثانية"),
        ("markdown", "**Two**\n\nwords", "**Two**\n\nwords"),
        ("plain_text", "2 * 3 * 4", r"2 \* 3 \* 4"),
        ("moodle_auto_format", "One\ntwo", "One\\\ntwo"),
        ("nonsense", "&lt;i&gt;x&lt;/i&gt;", "*x*"),
        ("html", "<![CDATA[<p onclick='x()'>a<script>alert(1)</script></p><a href='javascript:x'>b</a>]]>", "a\n\nb"),
    ],
)  # fmt: skip
def test_formats_become_markdown(form: str, written: str, read: str) -> None:
    (question,), _findings = moodle(asked("essay", "", text=written, form=form))
    assert question.stem == read


def test_categories_tags_feedback_and_units() -> None:
    (question,), _findings = moodle(
        '<question type="category"><category><text>$course$/top/Danger</text></category></question>\n'
        + asked(
            "numerical",
            '<generalfeedback format="markdown"><text>*All*</text></generalfeedback>'
            '<answer fraction="100"><text>3</text><feedback format="plain_text"><text>*Yes*</text></feedback></answer>'
            "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>"
            "<tags><tag><text>one</text></tag><tag><text>two</text></tag></tags>",
        )
    )
    assert (question.category, question.tags, question.unit) == ("Danger", ("one", "two"), "km")
    assert (question.feedback, question.answers[0].feedback) == ("*All*", r"\*Yes\*")
    assert question.line == 4


def test_pictures_hints_and_other_kinds_are_told_with_their_line() -> None:
    picture = (
        "<![CDATA[Look: <img src='@@PLUGINFILE@@/a.png' alt='a'>]]></text><file name='a.png'>QUJD\nREVG</file><text>"
    )
    questions, findings = moodle(
        asked("essay", "<hint><text>x</text></hint>", text=picture)
        + "\n"
        + asked("cloze", "")
        + "\n"
        + asked("essay", "")
    )
    assert [question.line for question in questions] == [3, 6]
    assert [(note.line, note.message) for note in findings.notes] == [
        (3, "Left out: a picture."),
        (3, "Left out: hints between attempts."),
        (5, "There are no questions of the kind “cloze” here. It is left out."),
    ]


def test_a_picture_of_megabytes_is_passed_over() -> None:
    picture = f"x</text><file name='a.png' encoding='base64'>{'QUJD' * 1_000_000}</file><text>"
    (question,), findings = moodle(asked("essay", "", text=picture))
    assert (question.stem, findings.faults) == ("x", [])


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'<!DOCTYPE quiz [<!ENTITY a "b">]>\n<quiz>&a;</quiz>', 1),
        (b'<!DOCTYPE quiz SYSTEM "file:///etc/passwd">\n<quiz/>', 1),
        (b"<quiz>\n<question>\n</quiz>", 3),
        (b"<other/>", 1),
        (b"", 1),
        (b"<quiz>" + b"<a>" * 100, 1),
        (b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n\xe9</quiz>', 3),
    ],
)
def test_what_is_not_safe_or_no_such_file_is_refused(content: bytes, line: int) -> None:
    with pytest.raises(Refused) as refused:
        read_moodle(content, Findings())
    assert refused.value.line == line


def test_windows_1252_is_read_where_the_file_says_so() -> None:
    content = f'<?xml version="1.0" encoding="windows-1252"?><quiz>{asked("essay", "", text="Où ?")}</quiz>'
    (question,) = read_moodle(content.encode("cp1252"), Findings())
    assert question.stem == "Où ?"
