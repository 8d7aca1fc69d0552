"""Case conferences written in the browser: brought, changed by forms, tried out, published by a second person."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concerted.packs.forms.case_parts import PartForms
from concerted.packs.forms.case_rows import Around
from concerted.packs.reading.conferences import ConferenceFile, conference_in
from concerted.packs.reading.faults import Faults
from concerted.packs.services.scripts import begin_from, script_of, written_again
from concerted.packs.tests.scripts import SAFETY, number_rows
from concerted.packs.tests.test_conferences import SHIPPED
from concerted.packs.tests.test_scripts import INDEX, NOW, Author
from concerted.packs.workshop.case_writing import case_blocks, case_head
from concerted.packs.workshop.script import cut_script, read_script, whole_script
from concerted.packs.workshop.writing import write_head
from concerted.practice.models import ConferenceTable, PassageDraft, Scenario, ScenarioDraft
from concerted.practice.services import conference_of
from concerted.text.rules import hash_of
from concerted.training.tests.case_factories import sector_named
from concerted.training.tests.table_factories import publish_small_conference

WORDS = SHIPPED.read_text(encoding="utf-8")


def _file(content: str) -> ConferenceFile:
    file = conference_in(content.split("\n"), Path("five-seats.md"), Faults("five-seats.md"))
    assert file is not None
    return file


def test_what_is_shipped_comes_back_the_same() -> None:
    file = _file(WORDS)
    words = {section.key: section for section in file.sections}
    head = write_head(case_head(file.code, file.minutes, words, file.conference))
    again = read_script(file.code, head, case_blocks(file.conference, words))
    assert again.sound, [str(fault) for _place, fault in again.faults]
    assert isinstance(again.file, ConferenceFile)
    assert (again.file.sections, again.file.conference) == (file.sections, file.conference)
    assert (again.file.code, again.file.minutes) == (file.code, file.minutes)


def test_every_part_of_what_is_shipped_comes_back_through_its_form() -> None:
    """What a form shows and is sent back unchanged is the part as it was."""
    file = _file(WORDS)
    cut = cut_script(WORDS, Faults("five-seats.md"))
    assert cut is not None
    around = Around.of(file, [(seat.sector, seat.sector) for seat in file.conference.seats])
    sent = []
    for key, text in cut[1]:
        shown = PartForms.of(key, text, 1, around, "en", None)
        bound = PartForms.of(key, text, 1, around, "en", fields_of(shown))
        assert bound.valid(), (key, bound.faults())
        again, faults = bound.text()
        assert not faults, key
        sent.append((key, again))
    again = read_script(file.code, cut[0], sent)
    assert isinstance(again.file, ConferenceFile)
    assert (again.file.sections, again.file.conference) == (file.sections, file.conference)


def test_seats_are_counted_for_the_author() -> None:
    cut = cut_script(WORDS.replace("seats: 5", "seats: 3"), Faults("five-seats.md"))
    assert cut is not None
    assert "seats: 5" in whole_script(cut[0], [text for _key, text in cut[1]])


def fields_of(forms: PartForms) -> Any:
    """What a browser sends of these forms unchanged."""
    from django.http import QueryDict

    held = QueryDict(mutable=True)
    parts = [forms.scene, *(one for group in forms.groups for one in group.forms)]
    parts += [group.rows.management_form for group in forms.groups] + [forms.look_back] * bool(forms.look_back)
    for part in parts:
        for name in part.fields:
            value = part[name].value()
            if isinstance(value, list):
                held.setlist(part.add_prefix(name), value)
            elif value or (value == 0 and value is not False):
                held[part.add_prefix(name)] = "on" if value is True else str(value)
    return held


@pytest.fixture
def ada() -> Author:
    for code in ("police", "health", "social"):
        sector_named(code)
    return Author()


def _at(draft: ScenarioDraft, rest: str = "") -> str:
    return f"{INDEX}{draft.public}/{rest}"


def _shown(author: Author, path: str) -> dict[str, Any]:
    forms = author.client.get(path).context["forms"]
    return dict(fields_of(forms).lists())


def _small(ada: Author) -> ScenarioDraft:
    return begin_from(publish_small_conference(), by=ada.person, at=NOW)


@pytest.mark.django_db
def test_a_file_becomes_a_draft_and_a_second_person_publishes_it(ada: Author) -> None:
    file = SimpleUploadedFile("five-seats.md", WORDS.encode())
    answer = ada.client.post(INDEX, {"bring": "1", "file": file, "language": "en"})
    draft = ScenarioDraft.objects.get(code="five-seats")
    assert answer["Location"] == _at(draft)
    page = ada.client.get(_at(draft)).content.decode()
    assert "It can be published" in page
    for seen in ("Seats, moments, endings", "Put it earlier", "Ten to four"):
        assert seen in page
    ada.client.post(_at(draft), {"do": "propose", "summary": "A case for five"})
    assert ada.client.post(_at(draft), {"do": "publish"}).status_code == 409
    assert not Scenario.objects.exists()
    published = Author(name="Bela").client.post(_at(draft), {"do": "publish"})
    assert published["Location"] == "/learn/tables/case/five-seats/"
    scenario = Scenario.objects.get()
    assert scenario.published is not None
    assert (scenario.seats, scenario.published.minutes) == (5, 60)
    assert conference_of(scenario.published.pk) == _file(WORDS).conference
    taken = ada.client.get(f"{INDEX}published/five-seats/case/")
    assert 'filename="five-seats.md"' in taken["Content-Disposition"]
    again = _file(taken.content.decode())
    assert (again.sections, again.conference) == (_file(WORDS).sections, _file(WORDS).conference)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("needed: health, social, advocate, programme", "needed: nurse", 0, "names the seat “nurse”"),
        ("effects: safety -1\n  > Secrecy", "effects: safety ++\n  > Secrecy", 0, "effect"),
        ("## Health {#health ", "## Health {#police ", 1, "already used on line"),
        ("kind=asks", "kind=quiz", 1, "There is no kind"),
    ],
)
def test_faults_of_a_file_are_told_with_their_place(ada: Author, old: str, new: str, line: int, said: str) -> None:
    file = SimpleUploadedFile("five-seats.md", WORDS.replace(old, new, 1).encode())
    answer = ada.client.post(INDEX, {"bring": "1", "file": file, "language": "en"})
    if line:
        page = answer.content.decode()
        assert re.search(rf"Line \d+: .*{re.escape(said)}", page), page
        assert not ScenarioDraft.objects.exists()
        return
    page = ada.client.get(answer["Location"]).content.decode()
    assert said in page
    assert "to mend" in page


@pytest.mark.django_db
def test_the_code_of_a_scenario_takes_no_case(ada: Author) -> None:
    publish_small_conference("five-seats")
    lone = WORDS.replace("seats: 5\n", "").replace("scenario: five-seats", "scenario: five-seats\nyou: You.")
    lone = lone[: lone.index("## Police")] + "## A {#a}\n\nWords.\n"
    page = ada.client.post(
        INDEX, {"bring": "1", "file": SimpleUploadedFile("a.md", lone.encode()), "language": "en"}
    ).content.decode()
    assert "Under the code five-seats stands" in page
    assert not ScenarioDraft.objects.exists()


@pytest.mark.django_db
def test_the_way_through_the_workshop_changes_no_word(ada: Author) -> None:
    scenario = publish_small_conference()
    script = script_of(begin_from(scenario, by=ada.person, at=NOW))
    assert script.sound, script.faults
    assert isinstance(script.file, ConferenceFile)
    kept = {one.key: hash_of(one) for one in script.file.sections}
    assert kept == {one.key: one.hash for one in scenario.document.published.sections.all()}  # type: ignore[union-attr]
    assert scenario.published is not None
    assert script.file.conference == conference_of(scenario.published.pk)
    assert written_again(scenario)[0].startswith("scenario: three-seats\n")


@pytest.mark.django_db
def test_a_new_case_begins_with_something_that_can_be_played(ada: Author) -> None:
    ada.client.post(INDEX, {"title": "The hall", "code": "the-hall", "what": "case"})
    draft = ScenarioDraft.objects.get()
    assert [place for place, fault in script_of(draft).faults if not fault.warning and place] == []
    sent = {
        "title": "The hall",
        "summary": "Two minutes.",
        "note": "A hard topic: it is named.",
        "minutes": "10",
        "aims": "say what it is for",
        **number_rows(SAFETY),
        "seen": "1",
    }
    assert ada.client.post(_at(draft, "head/"), sent)["Location"] == _at(draft)
    draft.refresh_from_db()
    assert "you:" not in draft.head
    assert "seats: 2" in draft.head
    assert script_of(draft).sound, script_of(draft).faults


@pytest.mark.django_db
def test_a_seat_learns_something_and_a_moment_gets_a_decision(ada: Author) -> None:
    draft = _small(ada)
    path = _at(draft, "passage/police/")
    new = {"rows-2-label": "He keeps a knife.", "rows-2-needed": ["health"], "rows-2-told": "safety +1"}
    assert ada.client.post(path, _shown(ada, path) | new)["Location"] == _at(draft)
    text = PassageDraft.objects.get(draft=draft, key="police").text
    assert "- [police_1] He keeps a knife.\n  needed: health\n  told: safety +1" in text
    asks = _at(draft, "passage/asks/")
    ada.client.post(asks, _shown(ada, asks) | {"rows-2-label": "Has he a weapon?", "rows-2-about": "police_1"})
    assert "- [q1] Has he a weapon?\n  to: police\n  about: police_1" in PassageDraft.objects.get(key="asks").text
    moment = _at(draft, "passage/after/")
    page = ada.client.get(moment).content.decode()
    assert "Names that can stand here: safety, trust, threat" in page
    more = {"do-health-0-label": "Call her.", "do-health-0-when": "police_1", "for-health-text": "You have her number."}
    ada.client.post(moment, _shown(ada, moment) | more)
    text = PassageDraft.objects.get(draft=draft, key="after").text
    assert "### health\n\nYou have her number.\n\n- [a] Call her.\n  if: police_1" in text
    page = ada.client.get(_at(draft)).content.decode()
    assert "Every decision of “Thursday: Health” hangs on a condition." in page
    ada.client.post(path, _shown(ada, path) | {"rows-2-label": ""})
    assert "police_1" not in PassageDraft.objects.get(draft=draft, key="police").text
    assert "asks about “police_1”" in ada.client.get(_at(draft)).content.decode()


@pytest.mark.django_db
def test_parts_are_added_where_they_stand_put_earlier_and_taken_out(ada: Author) -> None:
    draft = _small(ada)
    for title, kind in (("Ward", "seat"), ("Friday", "moment"), ("Other", "ending")):
        ada.client.post(_at(draft), {"do": "add", "title": title, "kind": kind})
    keys = list(draft.passages.order_by("place").values_list("key", flat=True))
    assert keys == [
        "police", "health", "social", "ward", "asks", "opening", "after", "friday", "kept", "other", "talk", "debrief",
    ]  # fmt: skip
    ada.client.post(_at(draft), {"do": "earlier", "key": "friday"})
    keys = list(draft.passages.order_by("place").values_list("key", flat=True))
    assert keys[5:8] == ["opening", "friday", "after"]
    assert ada.client.post(_at(draft), {"do": "earlier", "key": "police"}).status_code == 409
    ada.client.post(_at(draft, "passage/ward/"), {"do": "take-out"})
    assert not draft.passages.filter(key="ward").exists()
    assert "seats: 3" in ada.client.get(_at(draft, "file/")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("part", "field", "value", "said"),
    [
        ("police", "rows-0-told", "safety ++", "effect"),
        ("police", "scene-text", "- [a] Something", "a sign that has a meaning here"),
        ("police", "rows-0-label", "two\nlines", "belongs to nothing above it"),
        ("after", "scene-when", "safety >", "condition"),
        ("after", "scene-day", "soon", "whole number"),
        ("asks", "rows-0-about", "", "Choose the fact that answers it."),
        ("asks", "rows-0-about", "nothing", "not one of the available choices"),
    ],
)
def test_what_is_not_understood_is_told_and_kept_in_the_form(
    ada: Author, part: str, field: str, value: str, said: str
) -> None:
    draft = _small(ada)
    path = _at(draft, f"passage/{part}/")
    before = PassageDraft.objects.get(draft=draft, key=part).text
    page = ada.client.post(path, _shown(ada, path) | {field: value, "scene-title": "Another"}).content.decode()
    assert said in page
    assert "Another" in page, "what she typed is still there"
    assert PassageDraft.objects.get(draft=draft, key=part).text == before


@pytest.mark.django_db
def test_two_people_at_once_lose_nothing_and_it_is_kept_while_she_types(ada: Author) -> None:
    draft, bela = _small(ada), Author(name="Bela")
    path = _at(draft, "passage/opening/")
    hers, his = _shown(ada, path), _shown(bela, path)
    kept = ada.client.post(path, hers | {"scene-text": "Her words.", "do": "keep"}, headers={"hx-request": "true"})
    assert "Saved at" in kept.content.decode()
    late = bela.client.post(path, his | {"scene-text": "Other words."})
    assert late.status_code == 409
    for seen in ("Somebody else saved this passage", "Her words.", "Other words."):
        assert seen in late.content.decode()
    assert "Her words." in PassageDraft.objects.get(draft=draft, key="opening").text


@pytest.mark.django_db
def test_a_case_is_tried_out_from_any_moment_and_leaves_nothing(ada: Author) -> None:
    draft = _small(ada)
    here = _at(draft, "try/")
    page = ada.client.get(here).content.decode()
    for seen in ("The table meets.", "You want it all.", "Say what it is for.", "Decides nothing here."):
        assert seen in page
    first = {"at": "opening", "d-police": "b", "go": "1"}
    page = ada.client.get(here, first).content.decode()
    for seen in ("Two days pass.", "Tomorrow is Friday.", "Her neck was hurt.", "opening.police.b"):
        assert seen in page
    silent = ada.client.get(here, first | {"tell": "nothing"}).content.decode()
    played, map_below, _rest = silent.partition("Map of the case")
    assert map_below
    assert "Her neck was hurt." not in played
    then = {"at": "after", "done": "opening.police.b", "d-police": "a", "go": "1"}
    assert "Friday, quiet" in ada.client.get(here, then | {"v-safety": "4"}).content.decode()
    assert "Friday, at the door" in ada.client.get(here, then | {"v-safety": "0", "tell": "nothing"}).content.decode()
    assert "Tomorrow is Friday." in ada.client.get(here, {"at": "after"}).content.decode(), "earlier ones are played"
    for odd in ({"at": "none"}, {"done": "x.y.z a"}, {"v-safety": "x"}, {"d-police": "zz", "at": "opening", "go": "1"}):
        assert ada.client.get(here, odd).status_code == 200
    assert not ConferenceTable.objects.exists()


@pytest.mark.django_db
def test_only_authors_write_and_strangers_do_not_see_it(ada: Author) -> None:
    draft = _small(ada)
    for role, sees, writes in (("trainer", 200, 404), ("manager", 404, 404), ("", 404, 404)):
        who = Author(role, role or "Amal")
        assert who.client.get(_at(draft)).status_code == sees, role
        assert who.client.get(_at(draft, "try/")).status_code == sees, role
        assert who.client.get(_at(draft, "passage/police/")).status_code == writes, role
        assert who.client.post(_at(draft), {"do": "earlier", "key": "after"}).status_code == 404, role
        assert who.client.get(f"{INDEX}published/three-seats/case/").status_code == sees, role
    assert Client().get(_at(draft)).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(ada: Author, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        draft = begin_from(publish_small_conference(f"case-{number}"), by=ada.person, at=NOW)
    for path, number in (
        (INDEX, 6),
        (_at(draft), 9),
        (_at(draft, "passage/police/"), 8),
        (_at(draft, "passage/opening/"), 8),
        (_at(draft, "head/"), 6),
        (_at(draft, "file/"), 5),
        (_at(draft, "try/"), 6),
    ):
        ada.client.get(path)
        with django_assert_num_queries(number):
            ada.client.get(path)
