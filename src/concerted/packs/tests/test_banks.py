"""Banks of questions and tests in a pack: what is read, what is refused with line and remedy, what is loaded."""

from pathlib import Path

import pytest
from django.utils import timezone

from concerted.packs.reading.faults import Fault
from concerted.packs.reading.packs import read_pack
from concerted.packs.services import PackRefused, load_pack
from concerted.packs.stamping import stamp
from concerted.practice.models import Exam, Question, QuestionVersion
from concerted.practice.rules import Pool
from concerted.practice.services.exams import drawn_from
from concerted.text.models import Translation

BANK = """\
---
bank: danger
title: Signs of danger
summary: Two questions.
minutes: 5
note: A hard topic.
sectors: [health]
aims:
  1: see what is urgent
---

## A voice {#voice kind=single aim=1}

Her voice is rough. What do you ask?

- (x) Whether he pressed her neck.
  > Best. It can harm without a mark.
- ( ) Whether she has a cold today.
  > `low` It may be one. Ask about the neck as well.

## Two signs {#signs kind=multiple aim=1}

Which of these are urgent?

- [x] He has a gun.
  > Yes. Ask where it is.
- [ ] He is late today.
  > `low` Not by itself.
"""
FRENCH = """\
---
bank: danger
title: Signes de danger
summary: Deux questions.
minutes: 5
note: Un sujet difficile.
aims:
  1: voir ce qui presse
---

## Une voix {#voice kind=single aim=1}

Sa voix est rauque. Que demandez-vous ?

- (x) S'il lui a serré le cou.
  > Le mieux.
- ( ) Si elle a un rhume.
  > `low` Peut-être.
"""
#: The same with the other option marked as right.
OTHER_RIGHT = FRENCH.replace("- (x)", "- ( )").replace("- ( ) Si elle", "- (x) Si elle")
EXAM = """\
test: final
title: The test
summary: One question.
minutes: 10
pass_mark: 80
attempts: 2
wait_hours: 24
draw:
  - {bank: danger, questions: 1, aims: [1]}
"""
EXAM_FRENCH = "title: Le test\nsummary: Une question.\n"


def pack_in(folder: Path, version: int = 1, **files: str) -> Path:
    """A pack with these files, named `questions_danger_md` for questions/danger.md."""
    facts = f"pack: bank\ntitle: B\nlanguage: en\nversion: {version}\nlicence: CC-BY-4.0\nnotice: Review locally.\n"
    (folder / "pack.yaml").write_text(facts)
    for name, text in ({"questions_danger_md": BANK, "tests_final_yaml": EXAM} | files).items():
        room, _, rest = name.partition("_")
        (folder / room).mkdir(exist_ok=True)
        (folder / room / rest.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


def found(folder: Path) -> list[Fault]:
    return [fault for fault in read_pack(folder).faults if not fault.warning]


def test_a_sound_pack_of_questions_alone(tmp_path: Path) -> None:
    read = read_pack(pack_in(tmp_path, questions_danger_fr_md=FRENCH, tests_final_fr_yaml=EXAM_FRENCH))
    assert read.sound, read.faults
    assert read.pack is not None
    [bank], [exam] = read.pack.banks, read.pack.exams
    assert [question.key for question in bank.file.questions] == ["voice", "signs"]
    assert (exam.text.minutes, exam.text.pools[0].aims) == (10, (1,))


BAD_BANKS = [
    ("bank: danger", "bank: other", 2, "The file is called “danger.md”, the bank “other”.", "the same name"),
    ("summary: Two questions.\n", "", 1, "“summary” is missing.", "Write it"),
    ("minutes: 5", "minutes: soon", 5, "whole number", "in digits"),
    ("sectors: [health]", "sectors: 3", 7, "not a list of words", "Write it as"),
    ("kind=multiple", "kind=text", 21, "There is no kind “text”.", "single, multiple"),
    ("{#signs", "{#voice", 21, "already used on line 12", "a key of its own"),
    ("kind=multiple aim=1", "kind=multiple aim=2", 8, "aim 2, which is not there", "Add the aim"),
    ("- [x] He has", "- [ ] He has", 21, "No option is marked as right.", "[x]"),
]


@pytest.mark.parametrize(("was", "now", "line", "message", "remedy"), BAD_BANKS)
def test_what_is_wrong_in_a_bank(tmp_path: Path, was: str, now: str, line: int, message: str, remedy: str) -> None:
    assert was in BANK
    faults = found(pack_in(tmp_path, questions_danger_md=BANK.replace(was, now, 1)))
    said = [fault for fault in faults if message in fault.message and fault.path == "questions/danger.md"]
    assert said, [str(fault) for fault in faults]
    assert said[0].line == line
    assert remedy in said[0].remedy


BAD_EXAMS = [
    ("test: final", "test: other", 1, "The file is called “final.yaml”, the test “other”.", "the same name"),
    ("bank: danger", "bank: none", 8, "There is no bank “none” in this pack.", "questions/none.md"),
    ("questions: 1", "questions: 3", 8, "3 questions are drawn from “danger”, which has 2.", "Draw fewer"),
    ("aims: [1]", "aims: [2]", 8, "1 questions are drawn from “danger”, which has 0.", "Draw fewer"),
    ("questions: 1", "questions: 0", 8, "is not understood here", "{bank: name"),
    ("questions: 1", "questions: yes", 8, "is not understood here", "{bank: name"),
    ("aims: [1]", "aims: one", 8, "is not understood here", "{bank: name"),
    ("aims: [1]", "tags: [1]", 8, "is not understood here", "{bank: name"),
    ("draw:\n  - {bank: danger, questions: 1, aims: [1]}\n", "draw: 3\n", 8, "draws no questions", "Write draw:"),
    ("pass_mark: 80", "pass_mark: 101", 5, "whole number from 1 to 100", "in digits"),
    ("wait_hours: 24", "wait_hours: -1", 7, "whole number", "in digits"),
]


@pytest.mark.parametrize(("was", "now", "line", "message", "remedy"), BAD_EXAMS)
def test_what_is_wrong_in_a_test(tmp_path: Path, was: str, now: str, line: int, message: str, remedy: str) -> None:
    assert was in EXAM
    faults = found(pack_in(tmp_path, tests_final_yaml=EXAM.replace(was, now, 1)))
    said = [fault for fault in faults if message in fault.message and fault.path == "tests/final.yaml"]
    assert said, [str(fault) for fault in faults]
    assert said[0].line == line
    assert remedy in said[0].remedy


TAGGED = BANK.replace("kind=single aim=1", "kind=single aim=1 tags=neck,danger rests=core/C1/why")


@pytest.mark.parametrize(
    ("was", "now", "message", "remedy"),
    [
        ("tags=neck,danger", "tags=Neck", "“Neck” is not understood here.", "tags=danger,sleep"),
        ("rests=core/C1/why", "rests=why", "“why” is not understood here.", "rests=module/unit/section"),
        ("=core", "=none", "There is no section “none/C1/why” in this pack.", "that are here"),
    ],
)
def test_tags_and_what_a_question_rests_on(tmp_path: Path, was: str, now: str, message: str, remedy: str) -> None:
    faults = found(pack_in(tmp_path, questions_danger_md=TAGGED.replace(was, now)))
    said = [fault for fault in faults if message in fault.message]
    assert said, faults
    assert (said[0].path, said[0].line) == ("questions/danger.md", 12)
    assert remedy in said[0].remedy


@pytest.mark.django_db
def test_a_test_draws_by_tags_and_another_tag_is_no_other_version(tmp_path: Path) -> None:
    bank = TAGGED.replace(" rests=core/C1/why", "")
    folder = pack_in(tmp_path, questions_danger_md=bank, tests_final_yaml=EXAM.replace("aims: [1]", "tags: [neck]"))
    assert found(folder) == []
    load_pack(folder, by=None, at=timezone.now())
    [pool] = [Pool(one["bank"], one["questions"], (), tuple(one["tags"])) for one in Exam.objects.get().published.pools]
    assert drawn_from([pool]) == [([QuestionVersion.objects.get(question__key="voice").pk], 1)]
    pack_in(folder, 2, questions_danger_md=bank.replace("tags=neck,danger", "tags=neck,health"))
    load_pack(folder, by=None, at=timezone.now())
    assert Question.objects.get(key="voice").tags == ["neck", "health"]
    assert QuestionVersion.objects.count() == 2
    faults = found(pack_in(folder, 3, tests_final_yaml=EXAM.replace("aims: [1]", "tags: [sleep]")))
    assert "which has 0" in faults[0].message


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("questions_danger_de_md", FRENCH, "This file's name is not understood."),
        ("questions_other_fr_md", FRENCH, "This translation has no source."),
        (
            "questions_danger_fr_md",
            FRENCH.replace("- (x)", "- ( )").replace("- ( ) Si", "- (x) Si"),
            "marks other answers",
        ),
    ],
)
def test_files_beside_the_bank(tmp_path: Path, name: str, text: str, message: str) -> None:
    assert any(message in fault.message for fault in found(pack_in(tmp_path, **{name: text})))


@pytest.mark.django_db
def test_a_pack_brings_banks_tests_and_their_translations(tmp_path: Path) -> None:
    folder = pack_in(tmp_path, questions_danger_fr_md=FRENCH, tests_final_fr_yaml=EXAM_FRENCH)
    pack = read_pack(folder).pack
    assert pack is not None
    assert {path.name for path in stamp(pack)} == {"danger.fr.md", "final.fr.yaml"}
    loaded = load_pack(folder, by=None, at=timezone.now())
    assert (loaded.banks, loaded.exams) == (("danger",), ("final",))
    french = Translation.objects.filter(language="fr", document__key__in=("bank:danger", "exam:final"))
    assert set(french.filter(key="title").values_list("markdown", flat=True)) == {"Signes de danger", "Le test"}
    again = load_pack(folder, by=None, at=timezone.now())
    assert (again.banks, again.exams, again.translated) == ((), (), 0)
    pack_in(folder, questions_danger_md=BANK.replace("Her voice is rough.", "Her voice has changed."))
    with pytest.raises(PackRefused, match="Raise `version`"):
        load_pack(folder, by=None, at=timezone.now())
    pack_in(folder, 2, questions_danger_md=BANK.replace("Her voice is rough.", "Her voice has changed."))
    assert load_pack(folder, by=None, at=timezone.now()).banks == ("danger",)
    assert QuestionVersion.objects.count() == 4, "a question has a version for each wording"
    assert Exam.objects.get().versions.count() == 1, "the test itself did not change"
