"""GIFT is read as Moodle reads it."""

import pytest

from concerted.packs.questions.gift_in import read_gift
from concerted.packs.questions.written import Findings
from concerted.packs.tests.question_files import gift, one


@pytest.mark.parametrize(
    ("text", "kind", "answers"),
    [
        ("Ask?{=a ~b ~c}", "single", [("a", 100), ("b", 0), ("c", 0)]),
        ("Ask?{~%50%a ~%50%b ~%-100%c}", "multiple", [("a", 50), ("b", 50), ("c", -100)]),
        ("Ask?{~%33.333%a ~%33.333%b ~%33.333%c}", "multiple", [("a", 33.33333), ("b", 33.33333), ("c", 33.33333)]),
        ("Ask?{~%100%a ~b}", "multiple", [("a", 100), ("b", 0)]),
        ("Ask?{~wrong ~%50%half =full}", "single", [("wrong", 0), ("half", 50), ("full", 100)]),
        ("So.{T}", "truefalse", [("true", 100), ("false", 0)]),
        ("So.{FALSE}", "truefalse", [("true", 0), ("false", 100)]),
        ("So?{=TRUE}", "short", [("TRUE", 100)]),
        ("So?{=one =two}", "short", [("one", 100), ("two", 100)]),
        ("So?{one}", "short", [("one", 100)]),
        ("So?{=*violence* =%50%abuse}", "short", [("*violence*", 100), ("abuse", 50)]),
        ("Order.{>3 ALL VERTICAL ABSOLUTE_POSITION SHOW none\nfirst = 1\nthen ~ 2\n}", "ordering",
         [("first = 1", 0), ("then ~ 2", 0)]),
        ("Order.{>2\nfirst\n  then\n####all}", "ordering", [("first", 0), ("then", 0)]),
        ("Say {}", "reflection", []),
        ("Say {\n}", "reflection", []),
    ],
)  # fmt: skip
def test_the_marks_in_the_braces_say_the_kind(text: str, kind: str, answers: list[tuple[str, float]]) -> None:
    read = one(text)
    assert (read.kind, [(answer.words, answer.weight) for answer in read.answers]) == (kind, answers)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("{#3}", [("3", 100, "0")]),
        ("{#3:2}", [("3", 100, "2")]),
        ("{#1..5}", [("3", 100, "2")]),
        ("{#3.141..3.142}", [("3.1415", 100, "0.0005")]),
        ("{#-5..-1}", [("-3", 100, "2")]),
        ("{#=1822:0 =%50%1822:2}", [("1822", 100, "0"), ("1822", 50, "2")]),
        ("{# 1e3 }", [("1000", 100, "0")]),
        ("{#=5 ~#Not quite}", [("5", 100, "0"), ("*", 0, "")]),
    ],
)
def test_numbers_have_a_tolerance_or_ends(text: str, answers: list[tuple[str, float, str]]) -> None:
    read = one(f"How many? {text}")
    assert read.kind == "numeric"
    assert [(answer.words, answer.weight, answer.tolerance) for answer in read.answers] == answers


def test_pairs() -> None:
    read = one("Match.{\n=Canada -> Ottawa\n=%50%Italy->Rome\n= -> Paris}")
    assert read.kind == "matching"
    assert [(pair.left, pair.right) for pair in read.pairs] == [("Canada", "Ottawa"), ("Italy", "Rome"), ("", "Paris")]


def test_two_pairs_are_enough() -> None:
    assert len(one("Match.{=a->b =c->d}").pairs) == 2


def test_feedback_of_answers_and_of_the_question() -> None:
    read = one("Ask?{\n=right#Yes \\= so\n~wrong#No\n~none\n####In all}")
    assert [answer.feedback for answer in read.answers] == ["Yes = so", "No", ""]
    assert read.feedback == "In all"


def test_feedback_of_true_and_false_is_first_that_of_the_wrong_answer() -> None:
    assert [answer.feedback for answer in one("So.{T#no#yes####all}").answers] == ["yes", "no"]
    assert [answer.feedback for answer in one("So.{F#no#yes}").answers] == ["no", "yes"]


def test_a_missing_word_leaves_a_gap() -> None:
    assert one("He is {=buried ~alive} there.").stem == r"He is \_\_\_\_\_ there."


def test_a_title_stands_between_colons_and_is_made_of_the_words_else() -> None:
    assert one("::A \\: title:: What?{T}").title == "A : title"
    assert one("[html]<p>Who is <b>she</b>?</p>{T}").title == "Who is she?"
    assert one("::no end What?{T}").title == "no end What?"


def test_signs_after_a_backslash_are_words() -> None:
    read = one(r"Which \{one\} \# is \~ 5\: a\nb?{= \= 2 + 3 ~ \\ ~ c\\\=d}")
    assert read.stem == "Which \\{one\\} # is ~ 5: a\\\nb?"
    assert [answer.words for answer in read.answers] == ["\\= 2 + 3", "\\\\", "c\\\\=d"]


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("[markdown]Who **is** she?{T}", "Who **is** she?"),
        ("[html]Who <b>is</b>\nshe?{T}", "Who **is** she?"),
        ("[plain]Who **is** she?{T}", r"Who \*\*is\*\* she?"),
        ("[moodle]Who <i>is</i> she?{T}", "Who *is* she?"),
        ("Who is\n  she?{T}", "Who is she?"),
        ("[unknown]Who?{T}", r"\[unknown\]Who?"),
        ("[html]<ul><li>a<li>b</ul><script>x</script><a href='https://example.org'>c</a>{T}",
         "- a\n- b\n\n[c](<https://example.org>)"),
    ],
)  # fmt: skip
def test_formats_become_markdown(text: str, stem: str) -> None:
    assert one(text).stem == stem


def test_answers_have_the_format_of_the_question_unless_they_say_another() -> None:
    read = one("[markdown]Who?{=**she** ~[plain]**he**#*no* ####_all_}")
    assert [answer.words for answer in read.answers] == ["**she**", r"\*\*he\*\*"]
    assert (read.answers[1].feedback, read.feedback) == ("*no*", "_all_")


def test_comments_categories_and_tags() -> None:
    first, second = gift(
        "// a comment\n$CATEGORY: $course$/top/Danger/Signs\n\n// [tag:guns] [id:7] [tag:early]\nOne?{T}\n\n"
        "Two?{\n// inside\n=a\n~b // not here\n}\n"
    )
    assert (first.category, first.tags, second.category, second.tags) == (
        "Danger/Signs", ("guns", "early"), "Danger/Signs", ()
    )  # fmt: skip
    assert [answer.words for answer in second.answers] == ["a", "b // not here"]
    assert (first.line, second.line) == (5, 7)


def test_a_mark_at_the_start_and_any_line_ends() -> None:
    for ends in ("\n", "\r\n", "\r"):
        read = gift(b"\xef\xbb\xbf" + f"One?{{T}}{ends}{ends}Two?{{F}}{ends}".encode())
        assert [(question.title, question.line) for question in read] == [("One?", 1), ("Two?", 3)]


def test_a_question_right_below_its_category_is_not_lost() -> None:
    findings = Findings()
    (question,) = read_gift(b"$CATEGORY: Signs\nOne?{T}", findings)
    assert (question.category, question.line, findings.notes[0].line) == ("Signs", 2, 2)


def test_what_asks_nothing_is_left_out_with_its_line() -> None:
    findings = Findings()
    assert not read_gift(b"\n\nOnly words.\n", findings)
    assert [(note.line, note.message) for note in findings.notes] == [
        (3, "This describes and asks nothing. It is left out.")
    ]
    assert not findings.faults


def test_a_picture_is_told() -> None:
    findings = Findings()
    read_gift(b"\n[html]Who? <img src='a.png' alt='x'>{T}", findings)
    assert [(note.line, note.message) for note in findings.notes] == [(2, "Left out: a picture.")]
