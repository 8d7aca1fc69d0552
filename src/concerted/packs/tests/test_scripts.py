"""Scenarios written in the browser: nothing is lost between two people, and a second one publishes."""

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.ledger.models import Entry
from concerted.packs.services import load_pack
from concerted.packs.services.scripts import begin_from, script_of
from concerted.packs.tests.scripts import SAFETY, draft_of, number_rows
from concerted.packs.tests.test_scenarios import SOUND, pack_in
from concerted.practice.models import Attempt, PassageDraft, Scenario, ScenarioDraft
from concerted.practice.scenario.story import as_plain
from concerted.practice.services import save_passage
from concerted.text.models import ContentLanguage, Section, Translation
from concerted.text.rules import hash_of
from concerted.training.services import start_scenario
from concerted.training.tests.factories import publish_small_scenario

pytestmark = pytest.mark.django_db
NOW = timezone.now()
INDEX = "/packs/scenarios/"


class Author:
    """Somebody with a role, at her browser."""

    def __init__(self, role: str = "author", name: str = "Ada") -> None:
        self.person: Person = make_person(name)
        if role:
            grant_role(self.person, role)
        self.client = Client()
        self.client.force_login(self.person)

    def fields(self, path: str) -> dict[str, str]:
        """What the form of a passage holds as it is shown."""
        forms = self.client.get(path).context["forms"]
        held: dict[str, str] = {}
        parts = [forms.scene, *(forms.choices or ()), *(forms.paragraphs or ()), *filter(None, [forms.look_back])]
        for part in parts:
            held |= {part.add_prefix(name): str(part[name].value() or "") for name in part.fields}
        for group in filter(None, (forms.choices, forms.paragraphs)):
            form = group.management_form
            held |= {form.add_prefix(name): str(form[name].value()) for name in form.fields}
        return held


@pytest.fixture
def ada() -> Author:
    return Author()


@pytest.fixture
def draft(ada: Author) -> ScenarioDraft:
    return draft_of(ada.person)


def _at(draft: ScenarioDraft, rest: str = "") -> str:
    return f"{INDEX}{draft.public}/{rest}"


def test_from_a_published_scenario_over_a_second_person_to_a_new_version(ada: Author) -> None:
    scenario = publish_small_scenario()
    amal = make_person("Amal")
    begun = start_scenario(scenario, language="en", by=amal, at=NOW)
    answer = ada.client.post(INDEX, {"begin": "corridor"})
    draft = ScenarioDraft.objects.get()
    assert answer["Location"] == _at(draft)
    page = ada.client.get(answer["Location"]).content.decode()
    assert "It can be published" in page
    assert page.count("<rect") == 4, "every passage is on the map"
    assert ada.client.post(INDEX, {"begin": "corridor"})["Location"] == _at(draft), "there is one draft"
    path = _at(draft, "passage/room/")
    sent = ada.fields(path) | {"choices-0-why": "She looks at the door."}
    assert ada.client.post(path, sent)["Location"] == _at(draft)
    ada.client.post(_at(draft), {"do": "propose", "summary": "Another look"})
    assert "It waits for a second person" in ada.client.get(_at(draft)).content.decode()
    own = ada.client.post(_at(draft), {"do": "publish"})
    assert own.status_code == 409
    assert "A second person publishes it" in own.content.decode()
    bela = Author(name="Bela")
    assert "Another look" in bela.client.get(_at(draft)).content.decode()
    assert bela.client.post(_at(draft), {"do": "publish"})["Location"] == "/learn/scenarios/corridor/"
    scenario.refresh_from_db()
    assert scenario.published is not None
    assert scenario.published.no == 2
    assert not ScenarioDraft.objects.exists()
    assert Attempt.objects.get(pk=begun.pk).version != scenario.published.pk, "whoever is under way stays on hers"
    words = scenario.document.published.sections.values_list("key", "markdown")  # type: ignore[union-attr]
    assert dict(words)["room.a.why"] == "She looks at the door."
    assert dict(words)["room.b.why"] == "He frowns and goes."
    verbs = list(Entry.objects.filter(verb__startswith="scenario").values_list("verb", flat=True))
    assert verbs.count("scenario proposed") == 1
    assert verbs.count("scenario published") == 2


def test_the_way_through_the_workshop_changes_no_word(ada: Author, tmp_path: Path) -> None:
    """So translations, which hang on the hash of a section, stay."""
    load_pack(pack_in(tmp_path, corridor_md=SOUND), by=None, at=NOW)
    scenario = Scenario.objects.get()
    script = script_of(begin_from(scenario, by=ada.person, at=NOW))
    assert script.sound, script.faults
    assert script.file is not None
    kept = {one.key: hash_of(one) for one in script.file.sections}
    published = {one.key: one.hash for one in scenario.document.published.sections.all()}  # type: ignore[union-attr]
    assert kept == published
    assert scenario.published is not None
    assert as_plain(script.file.story) == scenario.published.story


def test_a_pack_loaded_again_leaves_what_was_written_here(ada: Author) -> None:
    scenario = publish_small_scenario()
    draft = begin_from(scenario, by=ada.person, at=NOW)
    path = _at(draft, "passage/room/")
    ada.client.post(path, ada.fields(path) | {"choices-1-to": "end"})
    ada.client.post(_at(draft), {"do": "propose", "summary": "A shorter way"})
    Author(name="Bela").client.post(_at(draft), {"do": "publish"})
    again = publish_small_scenario()
    assert again.published is not None
    assert again.published.no == 1 or again.published.no == 2
    ways = {one["key"]: one["ways"] for one in again.published.story["passages"][0]["choices"]}
    assert ways["b"] == [["end", ""]]


def test_a_new_scenario_begins_with_something_to_change(ada: Author) -> None:
    answer = ada.client.post(INDEX, {"title": "The door", "code": "the-door"})
    draft = ScenarioDraft.objects.get()
    assert answer["Location"] == _at(draft)
    page = ada.client.get(_at(draft)).content.decode()
    assert "The first passage" in page
    assert "things to mend" in page, "title and note are still missing"
    refused = ada.client.post(INDEX, {"title": "Other", "code": "the-door"}).content.decode()
    assert "already used" in refused
    assert "small letters" in ada.client.post(INDEX, {"title": "X", "code": "The Door"}).content.decode().lower()
    assert ScenarioDraft.objects.count() == 1


def test_the_head_by_its_form(ada: Author) -> None:
    ada.client.post(INDEX, {"title": "The door", "code": "the-door"})
    draft = ScenarioDraft.objects.get()
    sent = {
        "title": "The door",
        "summary": "Two minutes.",
        "you": "You are a nurse.",
        "note": "A hard topic: it is named.",
        "minutes": "10",
        "aims": "make a private moment\nsay the limits",
        **number_rows(SAFETY, {"name": "told", "shown": "flag"}),
        "interrupts": "safety <= 0 -> end",
        "seen": "1",
    }
    assert ada.client.post(_at(draft, "head/"), sent)["Location"] == _at(draft)
    draft.refresh_from_db()
    script = script_of(draft)
    assert script.sound, script.faults
    assert script.file is not None
    assert [one.name for one in script.file.story.variables] == ["safety", "told"]
    context = ada.client.get(_at(draft, "head/")).context
    assert [{name: str(one[name].value()) for name in SAFETY} for one in context["numbers"]][:1] == [SAFETY]
    assert (context["numbers"][1]["shown"].value(), context["form"]["aims"].value()) == ("flag", sent["aims"])
    for wrong, said in (
        ({"numbers-0-bands": "low"}, "“low” is not understood"),
        ({"numbers-0-name": "Her safety"}, "Use small letters"),
        ({"numbers-1-name": "safety"}, "“safety” stands here twice."),
    ):
        assert said in ada.client.post(_at(draft, "head/"), sent | wrong | {"seen": "2"}).content.decode()
    late = ada.client.post(_at(draft, "head/"), sent | {"title": "Other", "seen": "1"})
    assert late.status_code == 409
    assert "Somebody else saved this" in late.content.decode()
    draft.refresh_from_db()
    assert (draft.revision, "title: The door" in draft.head) == (2, True)


def test_a_choice_is_added_changed_and_taken_out(ada: Author, draft: ScenarioDraft) -> None:
    path = _at(draft, "passage/room/")
    new = {"choices-2-label": "Go home.", "choices-2-to": "end", "choices-2-when": "safety > 3"}
    ada.client.post(path, ada.fields(path) | new)
    text = PassageDraft.objects.get(draft=draft, key="room").text
    assert "- [c] Go home. -> end\n  if: safety > 3" in text
    ada.client.post(path, ada.fields(path) | {"choices-0-label": ""})
    text = PassageDraft.objects.get(draft=draft, key="room").text
    assert "[a]" not in text
    assert "[b]" in text
    assert "[c]" in text
    hall = _at(draft, "passage/hall/")
    assert ada.fields(hall)["choices-0-ways"] == "end if told"
    ada.client.post(hall, ada.fields(hall) | {"choices-0-ways": "end if told\nroom if safety > 8"})
    assert "  -> room if safety > 8\n  -> worse" in PassageDraft.objects.get(draft=draft, key="hall").text


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("choices-0-when", "safety >", "condition"),
        ("choices-0-effects", "safety ++", "effect"),
        ("choices-0-to", "nowhere", "nowhere"),
        ("scene-text", "## A heading", "a sign that has a meaning here"),
        ("scene-text", "- [a] Something", "a sign that has a meaning here"),
        ("choices-0-why", "x" * 5000, "4000"),
        ("scene-title", "", "required"),
        ("choices-0-to", "", "leads nowhere"),
    ],
)
def test_what_is_not_understood_is_told_and_kept_in_the_form(
    ada: Author, draft: ScenarioDraft, field: str, value: str, said: str
) -> None:
    path = _at(draft, "passage/room/")
    before = PassageDraft.objects.get(draft=draft, key="room").text
    page = ada.client.post(path, ada.fields(path) | {field: value, "scene-speaker": "Somebody"}).content.decode()
    assert said in page
    assert "Somebody" in page, "what she typed is still there"
    assert PassageDraft.objects.get(draft=draft, key="room").text == before


def test_two_people_at_once_lose_nothing(ada: Author, draft: ScenarioDraft) -> None:
    bela, path = Author(name="Bela"), _at(draft, "passage/room/")
    hers, his = ada.fields(path), bela.fields(path)
    ada.client.post(path, hers | {"scene-text": "Her words."})
    late = bela.client.post(path, his | {"scene-text": "Other words."})
    assert late.status_code == 409
    page = late.content.decode()
    for seen in ("Somebody else saved this passage", "Her words.", "Other words."):
        assert seen in page
    assert "Her words." in PassageDraft.objects.get(draft=draft, key="room").text
    again = his | {"scene-text": "Both words.", "scene-seen": late.context["forms"].scene["seen"].value()}
    assert bela.client.post(path, again).status_code == 302
    assert "Both words." in PassageDraft.objects.get(draft=draft, key="room").text


def test_it_is_kept_while_she_types(ada: Author, draft: ScenarioDraft) -> None:
    path = _at(draft, "passage/room/")
    sent = ada.fields(path) | {"do": "keep"}
    for words in ("Half", "Half a sentence."):
        answer = ada.client.post(path, sent | {"scene-text": words}, headers={"hx-request": "true"})
        page = answer.content.decode()
        assert "Saved at" in page
        assert "<html" not in page
    assert "Half a sentence." in PassageDraft.objects.get(draft=draft, key="room").text
    # The answer was lost: the page sends again what it showed first, and knows its own words.
    assert (
        "Saved at"
        in ada.client.post(path, sent | {"scene-text": "On"}, headers={"hx-request": "true"}).content.decode()
    )
    bad = ada.client.post(path, sent | {"choices-0-when": ">"}, headers={"hx-request": "true"}).content.decode()
    assert "Not saved:" in bad


def test_a_proposal_is_taken_back_by_a_change_but_not_by_typing(ada: Author, draft: ScenarioDraft) -> None:
    ada.client.post(_at(draft), {"do": "propose", "summary": "New"})
    path = _at(draft, "passage/room/")
    sent = ada.fields(path)
    typed = ada.client.post(path, sent | {"scene-text": "X", "do": "keep"}, headers={"hx-request": "true"})
    assert "waits for a second person" in typed.content.decode()
    draft.refresh_from_db()
    assert draft.waits
    ada.client.post(path, sent | {"scene-text": "X"})
    draft.refresh_from_db()
    assert not draft.waits


def test_what_is_wrong_stands_in_the_way_of_publishing(ada: Author, draft: ScenarioDraft) -> None:
    ada.client.post(_at(draft), {"do": "take-out"})
    assert ada.client.post(_at(draft, "passage/worse/"), {"do": "take-out"})["Location"] == _at(draft)
    page = ada.client.get(_at(draft)).content.decode()
    assert "leads to “worse”, which is not there" in page
    assert "f-gap" in page, "the map shows where"
    refused = ada.client.post(_at(draft), {"do": "propose", "summary": "New"})
    assert refused.status_code == 409
    assert "must be mended first" in refused.content.decode()


def test_it_is_given_back_with_words(ada: Author, draft: ScenarioDraft) -> None:
    ada.client.post(_at(draft), {"do": "propose", "summary": "New"})
    bela = Author("national_coordinator", "Bela")
    assert "Say in a few words" in bela.client.post(_at(draft), {"do": "back"}).content.decode()
    bela.client.post(_at(draft), {"do": "back", "remark": "Say more of her side."})
    assert "Say more of her side." in ada.client.get(_at(draft)).content.decode()
    assert ada.client.post(_at(draft), {"do": "drop"})["Location"] == INDEX
    assert not ScenarioDraft.objects.exists()
    assert Entry.objects.filter(verb="scenario draft dropped").count() == 1


def test_passages_are_added_with_a_key_that_stays(ada: Author, draft: ScenarioDraft) -> None:
    answer = ada.client.post(_at(draft), {"do": "add", "title": "At the door", "kind": "ending"})
    assert answer["Location"] == _at(draft, "passage/at-the-door/")
    again = ada.client.post(_at(draft), {"do": "add", "title": "At the door", "kind": "passage"})
    assert again.status_code == 409
    assert "already a passage “at-the-door”" in again.content.decode()
    back = _at(draft, "passage/at-the-door/")
    ada.client.post(back, ada.fields(back) | {"back-her": "I was glad."})
    assert "### her\nI was glad." in PassageDraft.objects.get(draft=draft, key="at-the-door").text


def test_a_draft_is_played_from_any_passage_and_leaves_nothing(ada: Author, draft: ScenarioDraft) -> None:
    here = _at(draft, "try/")
    page = ada.client.get(here).content.decode()
    assert "He stays." in page
    assert 'name="v-safety" value="4"' in page
    page = ada.client.get(here, {"at": "room", "v-safety": "4", "v-told": "0", "choice": "b"}).content.decode()
    for seen in ("He goes.", "She tells you.", 'name="v-safety" value="6"', 'name="v-told" value="1"', "Better"):
        assert seen in page
    assert "She has little time." not in page
    page = ada.client.get(here, {"at": "hall", "v-safety": "2"}).content.decode()
    assert "She has little time." in page, "the paragraph on its condition"
    assert 'name="v-safety" value="1"' in page, "and what it changes"
    page = ada.client.get(here, {"at": "hall", "v-safety": "6", "v-told": "1", "choice": "a"}).content.decode()
    assert "Do this" not in page
    assert "I needed time." in page
    for odd in ({"at": "none"}, {"v-safety": "999999999"}, {"v-safety": "x", "met": "a.9999.0"}, {"choice": "zzz"}):
        assert ada.client.get(here, odd).status_code == 200
    assert not Attempt.objects.exists()
    ada.client.post(_at(draft, "passage/worse/"), {"do": "take-out"})
    assert ada.client.get(here)["Location"] == _at(draft)


def test_the_file_is_what_the_check_reads(ada: Author, draft: ScenarioDraft) -> None:
    answer = ada.client.get(_at(draft, "file/"))
    assert 'filename="corridor.md"' in answer["Content-Disposition"]
    assert "## The room {#room skip=hall speaker=Mira}" in answer.content.decode()


def test_only_authors_write_and_strangers_do_not_see_it(draft: ScenarioDraft) -> None:
    path = _at(draft, "passage/room/")
    for role, sees, writes in (("trainer", 200, 404), ("auditor", 200, 404), ("manager", 404, 404), ("", 404, 404)):
        who = Author(role, role or "Amal")
        assert who.client.get(_at(draft)).status_code == sees, role
        assert who.client.get(path).status_code == writes, role
        assert who.client.post(_at(draft), {"do": "add", "title": "New", "kind": "passage"}).status_code == 404, role
        assert who.client.post(INDEX, {"title": "New", "code": "new"}).status_code in (404, 302), role
    assert ScenarioDraft.objects.count() == 1
    assert draft.passages.count() == 5
    assert Client().get(_at(draft)).status_code == 302
    assert Author().client.get(f"{INDEX}{uuid.uuid4()}/").status_code == 404


def test_the_service_itself_asks(draft: ScenarioDraft) -> None:
    from django.http import Http404

    with pytest.raises(Http404):
        save_passage(draft, "room", "x", seen=1, by=make_person("Amal"), at=NOW)


def test_it_says_what_is_hard_to_read_as_the_check_of_packs_does(ada: Author, draft: ScenarioDraft) -> None:
    page = ada.client.get(_at(draft)).content.decode()
    assert "Easier to read" not in page
    words = " ".join(["considerable"] * 26)
    hall = draft.passages.get(key="hall")
    hall.text = hall.text.replace("She tells you.", f"She tells you {words}.")
    hall.save()
    page = ada.client.get(_at(draft)).content.decode()
    for seen in ("Easier to read", "A sentence has 29 of at most 25 words", "years of school; aim at 7"):
        assert seen in page
    assert page.count("/passage/hall/") > 2, "it leads to the passage"
    assert script_of(draft).sound, "it is no reason not to publish"


def test_it_says_which_languages_would_lack_something(ada: Author, tmp_path: Path) -> None:
    load_pack(pack_in(tmp_path, corridor_md=SOUND), by=None, at=NOW)
    scenario = Scenario.objects.get()
    ContentLanguage.objects.get_or_create(code="fr", defaults={"name": "Français"})
    held = Section.objects.filter(version=scenario.document.published)
    facts = {"language": "fr", "state": "reviewed", "at": NOW}
    for one in held:
        Translation.objects.create(
            document=scenario.document, key=one.key, source_hash=one.hash, title="T", markdown="M", **facts
        )
    draft = begin_from(scenario, by=ada.person, at=NOW)
    assert "In other languages" not in ada.client.get(_at(draft)).content.decode()
    hall = draft.passages.get(key="hall")
    hall.text = hall.text.replace("She tells you.", "She tells you more.")
    hall.save()
    page = ada.client.get(_at(draft)).content.decode()
    assert "In other languages" in page
    assert "1 of " in page
    assert "parts to translate" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(ada: Author, rows: int, django_assert_num_queries: Any) -> None:
    draft = draft_of(ada.person)
    for number in range(rows):
        publish_small_scenario(f"other-{number}")
        draft_of(ada.person, f"draft-{number}")
    pages = (
        (INDEX, 6),
        (_at(draft), 9),
        (_at(draft, "passage/room/"), 7),
        (_at(draft, "head/"), 6),
        (_at(draft, "try/"), 6),
    )
    for path, number in pages:
        ada.client.get(path)
        with django_assert_num_queries(number):
            ada.client.get(path)
