"""Case studies in a pack: what is read, and what is refused with line and remedy."""

from pathlib import Path

import pytest
from django.utils import timezone

from concerted.packs.quality.check import check_pack
from concerted.packs.reading.faults import Fault
from concerted.packs.reading.packs import read_pack
from concerted.packs.services import load_pack
from concerted.packs.stamping import stamp
from concerted.packs.tests.bad_packs import PACK
from concerted.practice.models import Case
from concerted.practice.services import reword, shape_of
from concerted.text.models import Section, Translation
from concerted.text.rules import SectionText

CASE = """\
---
case: two-doors
title: Two doors
summary: Two offices, one woman.
note: A hard topic. You may skip it.
minutes: 40
sectors: [health, police]
aims:
  1: say what is still open
---

## Monday {#monday kind=step minutes=20}

## Ward note {#ward-note}

She wants to go home.

## Questions {#monday-questions kind=questions}

- [shared] What is agreed?
- [health] Who may say no?
- [police] What may you know? {law.share}

## Model answer {#monday-model kind=model}

Nothing is agreed before somebody says yes.

## What each knew {#knew kind=timeline}

| When | Who |
|---|---|
| Mon | Ward |

## Her own account {#account kind=account}

"Somebody picked up."

## For who leads the group {#lead kind=notes}

- Nobody looks for a culprit.
"""
FRENCH = CASE.replace("Two doors", "Deux portes").replace("She wants to go home.", "Elle veut rentrer.")
C = "cases/two-doors.md"


def folder_of(tmp_path: Path, case: str = CASE, **more: str) -> Path:
    """A pack with one case study; `more`: language -> its translation."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "pack.yaml").write_text(PACK)
    (tmp_path / C).write_text(case)
    for language, words in more.items():
        (tmp_path / f"cases/two-doors.{language}.md").write_text(words)
    return tmp_path


def faults_in(folder: Path) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.message, fault.remedy) for fault in read_pack(folder).faults]


def test_a_case_is_read_whole(tmp_path: Path) -> None:
    read = read_pack(folder_of(tmp_path))
    assert read.faults == ()
    assert read.pack is not None
    (case,) = read.pack.cases
    shape = case.file.shape
    (step,) = shape.steps
    assert (step.key, step.minutes, step.documents, step.model) == ("monday", 20, ("ward-note",), "monday-model")
    assert step.asked == ("shared", "health", "police")
    assert shape.besides == {"timeline": "knew", "account": "account", "notes": "lead"}
    words = {section.key: section.markdown for section in case.file.sections}
    assert words["monday-questions.police"] == "What may you know? {law.share}"
    assert words["title"] == "Two doors"
    assert words["aim-1"] == "say what is still open"


#: What is done to the sound case -> the line, the message and the remedy it is answered with.
BAD = {
    "a step without a question for a sector": (
        "- [police] What may you know? {law.share}\n",
        "",
        (12, "The step “monday” asks nothing of “police”.", "Add - [police] and a question."),
    ),
    "a question for a sector that is not at the head": (
        "[police] What",
        "[justice] What",
        (12, "“justice” is asked, and is none of the sectors at the head.", "Correct the code, or add it to sectors."),
    ),
    "a sector asked twice": (
        "- [police] What may",
        "- [health] What may",
        (22, "“health” is asked twice in this step.", "Put both questions into one."),
    ),
    "a question without brackets": (
        "- [shared] What is agreed?",
        "What is agreed?",
        (20, "“What is agreed?” is no question.", "Write - [shared] or - [sector], then the question."),
    ),
    "no model answer": (
        "## Model answer {#monday-model kind=model}\n\nNothing is agreed before somebody says yes.\n",
        "",
        (
            12,
            "The step “monday” has no part of the kind “model”.",
            "Add it below the step: ## Title {#key kind=model}.",
        ),
    ),
    "a document before the first step": (
        "## Monday {#monday kind=step minutes=20}\n",
        "\n",
        (
            14,
            "“ward-note” stands before the first step.",
            "Begin the step above it: ## Its title {#its-key kind=step}.",
        ),
    ),
    "no account of hers": (
        "{#account kind=account}",
        "{#account kind=decisions}",
        (
            38,
            "The case study has no part of the kind “account”.",
            "Add it after the last step: ## Title {#key kind=account}.",
        ),
    ),
    "a document after the end": (
        "## For who leads",
        "## Late {#late}\n\nLate.\n\n## For who leads",
        (38, "“late” comes after the steps are through.", "Move it up, into its step."),
    ),
    "two model answers": (
        "## What each knew {#knew kind=timeline}",
        "## Again {#again kind=model}",
        (28, "There is a second part of the kind “model” here.", "Put both into one."),
    ),
    "minutes that are none": (
        "minutes=20",
        "minutes=long",
        (12, "“long” is not a number of minutes.", "Write minutes=25."),
    ),
    "a document without words": (
        "She wants to go home.\n",
        "",
        (14, "“ward-note” holds no words.", "Write them below its heading."),
    ),
    "another code than the file's": (
        "case: two-doors",
        "case: three-doors",
        (
            2,
            "The file is called “two-doors.md”, the case study “three-doors”.",
            "Give both the same name.",
        ),
    ),
    "no aims": (
        "aims:\n  1: say what is still open\n",
        "",
        (1, "The case study names no aims.", "Write them at the head, numbered."),
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_fault_is_told_with_line_and_remedy(tmp_path: Path, name: str) -> None:
    old, new, told = BAD[name]
    assert old in CASE
    assert told in faults_in(folder_of(tmp_path, CASE.replace(old, new)))


def test_an_empty_case_and_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "---\ncase: two-doors\n---\n")
    assert (2, "The case study has no step.", "Begin one: ## Title {#key kind=step}.") in faults_in(folder)
    (folder / C).write_bytes(b"---\n\xff\n")
    assert (2, "This line is not UTF-8.", "Save the file as UTF-8.") in faults_in(folder)


def test_a_translation_is_held_against_its_source(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, fr=FRENCH)
    pack = read_pack(folder).pack
    assert pack is not None
    assert [path.name for path in stamp(pack)] == ["two-doors.fr.md"]
    assert read_pack(folder).faults == ()
    (folder / C).write_text(CASE.replace("home.", "home now."))
    (fault,) = read_pack(folder).faults
    assert fault.warning
    assert "“ward-note” is behind" in fault.message
    french = (folder / "cases/two-doors.fr.md").read_text()
    (folder / "cases/two-doors.fr.md").write_text(french.replace("- [police] What may you know? {law.share}\n", ""))
    assert any(
        "“monday-questions” is not built like its source." in fault.message for fault in read_pack(folder).faults
    )


def test_words_of_a_case_are_checked(tmp_path: Path) -> None:
    long = " ".join(["word"] * 30)
    folder = folder_of(tmp_path, CASE.replace("She wants to go home.", f"{long}."))
    found: list[Fault] = [fault for fault in check_pack(folder).faults if fault.path == C]
    assert [(fault.rule, fault.line) for fault in found] == [("sentence", 16)]


@pytest.mark.django_db
def test_a_pack_brings_its_cases_once(tmp_path: Path) -> None:
    folder, now = folder_of(tmp_path, fr=FRENCH), timezone.now()
    pack = read_pack(folder).pack
    assert pack is not None
    stamp(pack)
    assert load_pack(folder, by=None, at=now).cases == ("two-doors",)
    assert load_pack(folder, by=None, at=now).cases == ()
    case = Case.objects.get()
    assert case.published is not None
    assert [step.key for step in shape_of(case.published.pk).steps] == ["monday"]
    assert Translation.objects.get(key="ward-note").markdown == "Elle veut rentrer."
    (folder / "pack.yaml").write_text(PACK.replace("version: 1", "version: 2"))
    (folder / C).write_text(CASE.replace("minutes: 40", "minutes: 50"))
    assert load_pack(folder, by=None, at=now).cases == ("two-doors",)
    assert list(case.versions.values_list("no", "minutes")) == [(2, 50), (1, 40)]


@pytest.mark.django_db
def test_another_wording_of_a_case_keeps_its_shape(tmp_path: Path) -> None:
    load_pack(folder_of(tmp_path), by=None, at=timezone.now())
    case = Case.objects.select_related("published").get()
    assert case.published is not None
    held = Section.objects.filter(version=case.published.version_id).order_by("place")
    said = {"ward-note": "She wants to go home today."}
    sections = [SectionText(one.key, said.get(one.key, one.markdown), one.kind, one.title, one.data) for one in held]
    reword(case.document, sections, by=None, at=timezone.now())
    case.refresh_from_db()
    assert case.published is not None
    assert case.published.no == 2
    assert Section.objects.get(version=case.published.version_id, key="ward-note").markdown == said["ward-note"]
    assert [step.key for step in shape_of(case.published.pk).steps] == ["monday"]
