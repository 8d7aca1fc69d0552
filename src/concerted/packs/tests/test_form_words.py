"""Faults beside forms: they name headings and fields, and nothing of the file that an author never sees."""

import re
from typing import Any

import pytest
from django.utils import translation

from concerted.packs.reading.form_words import LABELS
from concerted.packs.tests.scripts import draft_of
from concerted.packs.tests.test_scripts import INDEX, Author
from concerted.packs.workshop.beginning import new_case, new_scenario
from concerted.packs.workshop.script import read_script
from concerted.practice.models import ScenarioDraft

HEAD = "scenario: a\ntitle: A\nminutes: 10\n"
#: What only stands in a file.
_SIGNS = re.compile(r"`|->|###|kind=|\{#|the head|of the file")


def _told(head: str, *passages: tuple[str, str]) -> list[str]:
    found = read_script("a", head, passages).faults
    return [f"{fault.message} {fault.remedy}" for _place, fault in found]


def test_what_is_missing_at_the_head_is_called_as_its_field_is() -> None:
    told = _told(HEAD, *new_scenario())
    assert len(told) == 4
    for key in ("summary", "you", "note", "aims"):
        assert f"“{LABELS[key]}” is not filled in. Fill it in under “Title, numbers, aims”." in told


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        (
            "- [a] Go. -> end\n  if: ghost\n  > W.",
            "“The room: a” asks about or changes “ghost”, which is no name under",
        ),
        ("He waits.", "“The room” has no choice and is no ending. Write a choice, or take it out"),
        ("- [a] Go. -> ghost\n  > W.", "“The room: a” leads to “ghost”, which is not there."),
        (
            "- [a] Go. -> end\n  if: trust\n  > W.",
            "In “The room” no choice is open when trust = 0. Leave “Can be chosen",
        ),
        ("- [a] Go.\n  -> end if trust\n  > W.", "Choose under “Where it leads”"),
        (
            "- [a] Go. -> end\n- [b] Stay. -> end",
            "The choice “The room: a” says nothing of what followed. Write it under “What follows”.",
        ),
    ],
)
def test_faults_of_a_passage_name_its_heading_and_its_fields(passage: str, said: str) -> None:
    head = HEAD + "variables:\n  trust: {label: Trust, start: 1, range: 0-1, bands: {0-1: Some}}\n"
    told = _told(head, ("room", f"## The room {{#room}}\n\nHe.\n\n{passage}\n"), *new_scenario()[1:])
    assert any(said in one for one in told), told
    assert not [one for one in told if _SIGNS.search(one)]


def test_an_ending_names_what_its_look_back_lacks_by_its_field() -> None:
    told = _told(HEAD, *new_scenario()[:2])
    assert any("The look back of “How it ends” does not say “What she experienced”." in one for one in told)


def test_a_case_names_seats_and_moments_by_their_headings() -> None:
    broken = [
        (key, text.replace("- [a] What one", "- [a] What one").replace("  > What follows.", "  if: police_1"))
        for key, text in new_case()
    ]
    told = _told(HEAD + "seats: 2\n", *broken)
    assert any("Every decision of “The first moment: Police” hangs on a condition." in one for one in told), told
    assert not [one for one in told if _SIGNS.search(one)]


@pytest.mark.django_db
def test_the_form_of_a_passage_names_what_can_stand_in_a_condition() -> None:
    author = Author()
    draft = draft_of(author.person)
    page = author.client.get(f"/packs/scenarios/{draft.public}/passage/room/").content.decode()
    assert "Names that can stand here: safety, told. For example: safety &gt;= 1" in page


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
@pytest.mark.parametrize("make", [new_scenario, new_case])
def test_what_a_draft_begins_with_can_be_played_in_every_language(language: str, make: Any) -> None:
    head = "scenario: a\ntitle: A\nsummary: B\nyou: C\nnote: D\nminutes: 10\naims:\n  1: E\n"
    with translation.override(language):
        script = read_script("a", head + ("seats: 2\n" if make is new_case else ""), make())
    assert script.sound, script.faults


@pytest.mark.django_db
def test_a_draft_is_called_by_its_title_not_its_code() -> None:
    ada = Author()
    ada.client.post(INDEX, {"title": "The door", "code": "the-door"})
    draft = ScenarioDraft.objects.get()
    assert ">The door</a>" in ada.client.get(INDEX).content.decode()
    for rest in ("head/", "passage/start/"):
        assert "The door</span></a>" in ada.client.get(f"{INDEX}{draft.public}/{rest}").content.decode()
