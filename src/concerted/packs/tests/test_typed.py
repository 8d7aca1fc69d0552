"""Short answers and numbers in a pack: how they are read, stored and translated, and what is refused on which line."""

from pathlib import Path

import pytest
from django.utils import timezone

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.packs import read_pack
from concerted.packs.reading.questions import read_question
from concerted.packs.reading.sections import read_blocks
from concerted.packs.services import load_pack
from concerted.packs.stamping import stamp
from concerted.packs.tests.test_banks import found, pack_in
from concerted.practice.models import QuestionVersion
from concerted.practice.rules import QuestionText
from concerted.text.models import Section, Translation

SHORT = """\
## A word {#word kind=short aim=1}

What do you write with her?

= safety plan* | plan for safety
= a plan
~ report* | file
  > `form` A report is yours. Begin with what she needs.
> right: Yes. It is hers.
> not quite: `low` Think of the hours after she leaves.
"""
NUMBER = """\
## Hours {#hours kind=numeric aim=1}

How long?

= 72 +- 2 hours
~ 24
  > `delay` It is longer.
> right: Yes.
> not quite: `low` Look it up.
"""


def read(text: str) -> tuple[dict[str, str], QuestionText, list[tuple[int, str, str]]]:
    faults = Faults("q.md")
    [block] = read_blocks(text.split("\n"), 1, faults)
    sections, question = read_question(block, faults)
    told = [(fault.line, fault.message, fault.remedy) for fault in faults.found]
    return {section.key: section.markdown for section in sections}, question, told


def test_a_short_answer_is_words_and_tags() -> None:
    sections, question, told = read(SHORT)
    assert told == []
    assert sections["word.accepted"] == "safety plan*\nplan for safety\na plan"
    assert sections["word.a"] == "report*\nfile"
    assert sections["word.a.why"] == "A report is yours. Begin with what she needs."
    assert question.marking == {"tags": {"a": "form"}, "tag": "low"}


@pytest.mark.parametrize(
    ("written", "value", "tolerance", "unit"),
    [
        ("72 +- 2 hours", "72", "2", "hours"),
        ("72", "72", "0", ""),
        ("72.0 hours", "72", "0", "hours"),
        ("2,5 ± 0,5 km", "2.5", "0.5", "km"),
        ("-3+-1", "-3", "1", ""),
        ("50 %", "50", "0", "%"),
        ("50%", "50", "0", "%"),
        ("٧٢ ساعة", "72", "0", "ساعة"),
        ("12500 +/- 500 in a year", "12500", "500", "in a year"),
    ],
)
def test_a_number_is_read_with_its_tolerance_and_unit(written: str, value: str, tolerance: str, unit: str) -> None:
    sections, question, told = read(NUMBER.replace("72 +- 2 hours", written))
    assert told == []
    assert (question.marking["value"], question.marking["tolerance"]) == (value, tolerance)
    assert sections.get("hours.unit", "") == unit
    assert question.marking["slips"] == {"a": ["24", "0"]}


def test_a_reflection_is_a_question_and_what_is_said_afterwards() -> None:
    sections, question, told = read("## Rest {#rest kind=reflection}\n\nWhat rests you?\n\n> after: Others walk.\n")
    assert told == []
    assert sections == {"rest": "What rests you?", "rest.after": "Others walk."}
    assert (question.kind, question.aim, question.marking) == ("reflection", 0, {})


BAD = [
    (SHORT, "= safety plan* | plan for safety\n= a plan\n", "", 1, "No answer is marked as right.", "“=”"),
    (SHORT, "= a plan", "= *", 6, "This form fits every answer.", "before or after the star"),
    (SHORT, "= a plan", "= " + "x" * 201, 6, "Nobody can type this form: it is too long.", "Shorten it."),
    (SHORT, "  > `form` A report is yours. Begin with what she needs.\n", "", 7, "no feedback", "after “>”"),
    (SHORT, "`form` ", "", 7, "names no misconception", "`low`"),
    (SHORT, "`low` ", "", 10, "names no misconception", "`low`"),
    (SHORT, "> right: Yes. It is hers.\n", "", 1, "There is no feedback “right”.", "> right: ..."),
    (SHORT, "= a plan", "a plan", 6, "neither an option nor its feedback", "Begin an option"),
    (SHORT, "What do you write with her?", "", 1, "The question asks nothing.", "what is asked"),
    (SHORT, "> right", "".join(f"~ wrong {n}\n  > `low` No.\n" for n in range(6)) + "> right", 19,
     "7 wrong answers are foreseen.", "Keep the 6 that matter most"),
    (NUMBER, "= 72 +- 2 hours", "= three days", 5, "“three days” is no number.", "= 72 +- 2 hours"),
    (NUMBER, "= 72 +- 2 hours", "= 72 +- some", 5, "“72 +- some” is no number.", "= 72 +- 2 hours"),
    (NUMBER, "= 72 +- 2 hours", "= 72 +- -2", 5, "A tolerance is not below zero.", "without a sign"),
    (NUMBER, "= 72 +- 2 hours", "= 1,500", 5, "“1,500” can be read in two ways.", "Write 1500"),
    (NUMBER, "= 72 +- 2 hours", "= 72\n= 73", 6, "A second number is marked as right.", "Keep one"),
    (SHORT, "short aim=1}", "short}", 1, "does not say which aim", "aim=1"),
    (SHORT, SHORT, "## Rest {#rest kind=reflection}\n\nRest?\n\n> A walk.\n", 5, "belongs to no option", "Put it"),
    (NUMBER, "~ 24", "~ a day", 6, "“a day” is no number.", "= 72"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "was", "now", "line", "message", "remedy"), BAD)
def test_what_is_wrong(text: str, was: str, now: str, line: int, message: str, remedy: str) -> None:
    assert was in text
    told = read(text.replace(was, now, 1))[2]
    said = [(at, what) for at, what, how in told if message in what and remedy in how]
    assert said, told
    assert said[0][0] == line


HEAD = """\
---
bank: danger
title: {title}
summary: {summary}
minutes: 5
note: {note}
aims:
  1: {aim}
---

"""
BANK = (
    HEAD.format(title="In your words", summary="Two questions.", note="A hard topic.", aim="say it")
    + SHORT
    + "\n"
    + NUMBER
)
FRENCH = HEAD.format(title="Avec vos mots", summary="Deux questions.", note="Un sujet difficile.", aim="le dire") + """\
## Un mot {#word kind=short aim=1}

Qu'écrivez-vous avec elle ?

= plan de sécurité
~ rapport*
  > `form` Le rapport est à vous.
> right: Oui.
> not quite: `low` Pensez aux heures d'après.

## Heures {#hours kind=numeric aim=1}

Combien de temps ?

= 72,0 ± 2 heures
~ 24
  > `delay` C'est plus long.
> right: Oui.
> not quite: `low` Cherchez.
"""  # fmt: skip


@pytest.mark.django_db
def test_a_pack_brings_typed_questions_and_their_translation(tmp_path: Path) -> None:
    folder = pack_in(tmp_path, questions_danger_md=BANK, questions_danger_fr_md=FRENCH)
    assert found(folder) == []
    pack = read_pack(folder).pack
    assert pack is not None
    stamp(pack)
    load_pack(folder, by=None, at=timezone.now())
    assert list(QuestionVersion.objects.order_by("pk").values_list("kind", flat=True)) == ["short", "numeric"]
    assert Section.objects.get(key="hours.unit").markdown == "hours"
    french = dict(Translation.objects.filter(language="fr").values_list("key", "markdown"))
    assert (french["word.accepted"], french["word.a"], french["hours.unit"]) == (
        "plan de sécurité",
        "rapport*",
        "heures",
    )


def test_a_translation_keeps_the_number(tmp_path: Path) -> None:
    folder = pack_in(tmp_path, questions_danger_md=BANK, questions_danger_fr_md=FRENCH.replace("72,0", "27"))
    assert "“hours” marks other answers as right than its source." in [fault.message for fault in found(folder)]
