"""Questions of a bank go out in each format, come back, and are the same: what a format cannot carry stays."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from concerted.packs.questions.formats import FORMATS, read_questions
from concerted.packs.questions.kept import QuestionKept, kept
from concerted.packs.questions.merging import merged
from concerted.packs.questions.outgoing import written
from concerted.packs.questions.planning import plan
from concerted.packs.questions.showing import shown
from concerted.packs.questions.written import Findings
from concerted.packs.reading.banks import read_banks
from concerted.packs.reading.faults import Faults
from concerted.packs.tests.question_files import gift, moodle, one
from concerted.text.rules import SectionText

PACK = Path(settings.CONTENT_ROOT) / "starter"


ASKED = ("single", "multiple", "ordering", "matching")


@cache
def starter() -> tuple[tuple[QuestionKept, ...], ...]:
    """The questions of each bank of the starter pack."""
    return tuple(
        tuple(
            QuestionKept(one.key, one.kind, one.aim, one.marking, bank.file.parts[one.key])
            for one in bank.file.questions
            if one.kind in ASKED
        )
        for bank in read_banks(PACK, Faults(""))
    )


@pytest.mark.parametrize("name", FORMATS)
def test_a_bank_comes_back_the_same(name: str) -> None:
    assert sum(map(len, starter())) >= 200
    for held in starter():
        findings = Findings()
        text = FORMATS[name].write(map(written, held), findings)
        out = len(held) if name in ("moodle", "csv") else text.count("\nANSWER:") or text.count("::[markdown]")
        read = read_questions(text.encode(), findings, name)
        planned = plan(read, held, language="en", kinds=ASKED, findings=findings)
        assert planned.plain() | {"notes": []} == {"create": 0, "change": 0, "skip": out, "errors": [], "notes": []}


def test_the_same_title_or_the_same_words_are_the_same_question() -> None:
    held = [
        new
        for title in ("One", "Two")
        if (new := kept(one(f"::{title}::Is {title}?{{=a ~b}}"), title, "en", Findings()))
    ]
    read = gift(
        "::One::Other words{=a ~b}\n\n::Another title::Is Two?{=a ~b}\n\n::Three::Is it?{=a ~b}\n\n::Three::So?{T}"
    )
    planned = plan(read, held, language="en", kinds=ASKED, findings=Findings())
    assert [question.key for question in planned.change] == ["One", "Two"]
    assert [question.key for question in planned.create] == ["three", "three-2"]


def test_kinds_that_are_not_asked_here_are_told() -> None:
    planned = plan(gift("Say {}"), [], language="en", kinds=ASKED, findings=Findings())
    assert not planned.questions
    assert "is not taken yet" in planned.findings.notes[0].message


def test_a_bank_has_an_end() -> None:
    read = gift("".join(f"Number {n}?{{T#no#yes}}\n\n" for n in range(1001)))
    planned = plan(read, [], language="en", kinds=ASKED, findings=Findings())
    assert planned.plain()["errors"][0]["message"] == "A bank has at most 1000 questions; this one would have 1001."


def test_a_part_that_nobody_reads_is_refused() -> None:
    planned = plan(
        gift("One?{T#no#yes}\n\nTwo " + "x" * 8000 + "?{T}"), [], language="en", kinds=ASKED, findings=Findings()
    )
    assert [(fault["line"], "more than 8000 signs" in fault["message"]) for fault in planned.plain()["errors"]] == [
        (3, True)
    ]


def test_questions_without_feedback_are_counted() -> None:
    planned = plan(gift("One?{T}\n\nTwo?{T#no#yes}"), [], language="en", kinds=ASKED, findings=Findings())
    assert planned.findings.notes[0].message == "New questions without any feedback: 1."


def test_feedback_of_the_question_is_said_to_everybody() -> None:
    new = kept(one("Ask?{=a#yes ~b ####In all}"), "ask", "en", Findings())
    assert new is not None
    assert [(part.key, part.kind, part.markdown) for part in new.sections] == [
        ("ask", "question", "Ask?"),
        ("ask.a", "option", "a"),
        ("ask.a.why", "feedback", "yes"),
        ("ask.b", "option", "b"),
        ("ask.right", "feedback", "In all"),
        ("ask.not-quite", "feedback", "In all"),
    ]
    assert new.marking == {"right": "a", "tags": {}}
    assert written(new).feedback == "In all"


def test_true_and_false_are_said_in_the_language_of_the_bank() -> None:
    new = kept(one("C'est vrai.{F}"), "so", "fr", Findings())
    assert new is not None
    with override("fr"):
        words = gettext("True"), gettext("False")
    assert (new.kind, new.words("a"), new.words("b"), new.marking["right"]) == ("single", *words, "b")


def test_lines_may_share_a_reply() -> None:
    new = kept(one("Match.{=a -> x =b -> y =c -> x}"), "m", "en", Findings())
    assert new is not None
    assert new.marking["pairs"] == {"a": "u", "b": "v", "c": "u"}
    assert [(pair.left, pair.right) for pair in written(new).pairs] == [("a", "x"), ("b", "y"), ("c", "x")]


def test_accepted_forms_and_foreseen_slips() -> None:
    new = kept(one("Who?{=one =two =%50%three#nearly}"), "who", "en", Findings())
    assert new is not None
    assert (new.words("accepted"), new.words("a"), new.words("a.why")) == ("one\ntwo", "three", "nearly")
    numbers = kept(one("How many?{#=72:2 =%50%24#a day}"), "many", "en", Findings())
    assert numbers is not None
    assert numbers.marking == {"value": "72", "tolerance": "2", "slips": {"a": ["24", "0"]}, "tags": {}, "tag": ""}


@pytest.mark.parametrize("name", ["gift", "moodle", "csv"])
@pytest.mark.parametrize(
    "text",
    [
        "Ask?{=one#Yes =two =%0%*#No}",
        "How many?{#=72:2#Yes =%0%24#A day ~#No}",
        "How many?{#=72:2 ####In all}",
        "Ask?{=one =%50%two#Nearly}",
    ],
)
def test_typed_answers_come_back_with_what_is_said(name: str, text: str) -> None:
    old = kept(one(text), "q", "en", Findings())
    assert old is not None
    findings = Findings()
    read = FORMATS[name].read(FORMATS[name].write([written(old)], findings).encode(), findings)
    new = kept(read[0], "q", "en", Findings())
    assert new == old
    assert not findings.notes


def test_what_is_said_to_any_other_answer_is_said_of_the_whole() -> None:
    new = kept(one("How many?{#=72:2#Yes ~#No}"), "q", "en", Findings())
    assert new is not None
    assert (new.words("right"), new.words("not-quite")) == ("Yes", "No")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ask?{=a =b ~c}", "“Ask?” is left out. Several answers are right, of which one is to be chosen."),
        ("Ask?{=a" + " ~b" * 20 + "}", "“Ask?” is left out. It has more than 20 answers."),
        ("Ask?{=a ~%50%b}", "“Ask?”: answers that count in part count as not right."),
        ("Ask?{~%75%a ~%25%b}", "“Ask?”: all right answers count alike."),
        ("// [tag:guns]\nAsk?{T#no#yes}", "“Ask?”: tags are not kept yet."),
        ("Ask?{=a->b =c->d =->e}", "“Ask?”: a reply that fits no line is not offered."),
    ],
)
def test_what_cannot_be_kept_is_told(text: str, told: str) -> None:
    findings = Findings()
    kept(one(text), "ask", "en", findings)
    assert [note.message for note in findings.notes] == [told]


def test_capitals_do_not_differ_here() -> None:
    (question,), findings = moodle(
        '<question type="shortanswer"><name><text>Ask</text></name><questiontext><text>Ask?</text></questiontext>'
        '<usecase>1</usecase><answer fraction="100"><text>a</text></answer></question>'
    )
    kept(question, "ask", "en", findings)
    assert findings.notes[0].message == "“Ask”: small and capital letters do not differ."


def test_other_words_take_the_place_and_lose_their_misconception() -> None:
    old = QuestionKept(
        "q", "single", 3, {"right": "a", "tags": {"b": "low", "c": "late"}}, kept_sections("a", "b", "c")
    )
    new = kept(one("Ask?{=a ~b ~other}"), "q", "en", Findings())
    assert new is not None
    both = merged(new, old)
    assert (both.aim, both.marking) == (3, {"right": "a", "tags": {"b": "low"}})
    assert [(part.key, part.markdown) for part in both.sections][3:] == [
        ("q.b", "b"),
        ("q.b.why", "why b"),
        ("q.c", "other"),
    ]


def kept_sections(*options: str) -> tuple[SectionText, ...]:
    """The sections of a question with these options and feedback for each."""
    read = one("Ask?{=" + " ~".join(f"{option}#why {option}" for option in options) + "}")
    new = kept(read, "q", "en", Findings())
    assert new is not None
    return new.sections


def test_a_page_shows_what_is_right_and_says_all_of_it_once() -> None:
    new = kept(one("How many?{#=72:2#Yes =%0%24#A day ~#No}"), "q", "en", Findings())
    assert new is not None
    (page,) = shown([new])
    assert [(one.words, one.right, one.why) for one in page.answers] == [("72 ± 2", True, ""), ("24", False, "A day")]
    assert (page.said, page.plain) == (("Yes", "No"), True)


def test_misconceptions_of_slips_stay() -> None:
    """As packs write them: all that is said below the forms."""
    words = {"accepted": "accepted", "a": "slip", "b": "slip", "a.why": "feedback", "b.why": "feedback"}
    said = {"accepted": "one", "a": "two\n2", "b": "three", "a.why": "Nearly", "b.why": "No"}
    sections = [SectionText("q", "How many?", "question", "Count", {"kind": "short"})]
    sections += [SectionText(f"q.{key}", said[key], kind) for key, kind in words.items()]
    short = QuestionKept("q", "short", 1, {"tags": {"a": "low", "b": "late"}, "tag": "form"}, tuple(sections))
    marking = {"value": "72", "tolerance": "2", "slips": {"a": ["24", "0"]}, "tags": {"a": "low"}, "tag": "form"}
    said_of = (sections[0], SectionText("q.a.why", "A day", "feedback"))
    number = QuestionKept("q", "numeric", 1, marking, (replace(said_of[0], data={"kind": "numeric"}), said_of[1]))
    for old in (short, number):
        text = FORMATS["moodle"].write([written(old)], Findings())
        (read,) = read_questions(text.encode(), Findings(), "moodle")
        planned = plan([read], [old], language="en", kinds=[old.kind], findings=Findings())
        assert planned.skip == 1, planned
