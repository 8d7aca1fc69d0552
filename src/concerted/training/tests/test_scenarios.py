"""A scenario as it is played: a step is one step, nobody else sees it, and whoever skips a part is not told apart."""

import json
import uuid
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.ledger.models import Entry
from concerted.practice.models import Attempt, ScenarioPlace, Step
from concerted.practice.services import reword_scenario
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import save_translation
from concerted.training import services
from concerted.training.models import LocalWords
from concerted.training.tests.factories import publish_small_scenario

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PLAY = "/learn/scenarios/corridor/play/"


class Player:
    """Somebody who has begun the scenario."""

    def __init__(self, name: str = "Amal") -> None:
        self.person: Person = make_person(name)
        self.client = Client()
        self.client.force_login(self.person)
        assert self.client.post("/learn/scenarios/corridor/start/")["Location"] == PLAY

    def page(self) -> str:
        return self.client.get(PLAY).content.decode()

    def send(self, at: str, choice: str = "", do: str = "choose", **more: Any) -> Any:
        sent = {"at": at, "choice": choice, "do": do, "key": str(uuid.uuid4())} | more
        return self.client.post(PLAY, sent)

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.filter(person=self.person).latest("no")

    @property
    def steps(self) -> list[str]:
        return list(self.attempt.steps.order_by("seq").values_list("part", flat=True))


@pytest.fixture
def amal() -> Player:
    publish_small_scenario()
    return Player()


def test_from_the_catalogue_to_the_look_back(amal: Player) -> None:
    assert "Under way" in amal.client.get("/learn/scenarios/").content.decode()
    assert "A hard topic." in amal.client.get("/learn/scenarios/corridor/").content.decode()
    page = amal.page()
    for seen in ("The room", "You are a nurse.", "Ask with him there.", "Her safety", "Better"):
        assert seen in page
    for hidden in ("Go home.", "What she decides", "She tells you.", "She frowns", "Privacy is a rule"):
        assert hidden not in page
    assert amal.send("room", "b")["Location"] == f"{PLAY}#scene"
    page = amal.page()
    assert "He frowns and goes." in page
    assert "You are a nurse." not in page
    assert "She has little time." not in page
    amal.send("hall", "a")
    page = amal.page()
    for seen in (
        "Thursday",
        "I needed time.",
        "Ask alone.",
        "Police can wait.",
        "What she decides",
        "Privacy is a rule",
    ):
        assert seen in page
    assert "What you chose" in page
    assert (amal.attempt.score, amal.attempt.passed) == (100, True)
    assert "Done" in amal.client.get("/learn/scenarios/").content.decode()
    assert "Try another way" in amal.client.get("/learn/scenarios/corridor/").content.decode()
    assert amal.client.post("/learn/scenarios/corridor/start/")["Location"] == PLAY
    assert amal.attempt.no == 2
    assert "The room" in amal.page()


def test_another_way_leads_elsewhere(amal: Player) -> None:
    amal.send("room", "a")
    assert "She has little time." in amal.page()
    amal.send("hall", "a")
    assert "She does not come back." in amal.page()
    assert (amal.attempt.score, amal.attempt.passed) == (100, True), "no ending is better in the record"


def test_a_form_sent_twice_is_one_step(amal: Player) -> None:
    key = str(uuid.uuid4())
    for _again in range(2):
        assert amal.send("room", "b", key=key).status_code == 302
    assert amal.steps == ["room.b"]
    assert amal.send("room", "a", key=key).status_code == 409, "the same form with another choice, from where she was"
    assert amal.steps == ["room.b"]


def test_an_old_tab_changes_nothing_and_says_where_she_is(amal: Player) -> None:
    amal.send("room", "b")
    answer = amal.send("room", "a")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "already gone on" in page
    assert "She tells you." in page
    assert amal.steps == ["room.b"]
    amal.send("hall", "a")
    late = amal.client.post(PLAY, {"at": "hall", "choice": "a", "key": str(uuid.uuid4())}, follow=True)
    assert "already finished" in late.content.decode()
    assert amal.steps == ["room.b", "hall.a"]


@pytest.mark.parametrize("choice", ["", "c", "x", "room.a", "a" * 500, "\x00"])
def test_what_is_not_open_is_refused(amal: Player, choice: str) -> None:
    answer = amal.send("room", choice)
    assert answer.status_code == 200
    assert "Choose one." in answer.content.decode()
    assert (amal.steps, ScenarioPlace.objects.get().place["at"]) == ([], "room")


def test_whoever_goes_round_a_part_is_not_told_apart(amal: Player) -> None:
    """Same result and same record; no step, no line in the ledger, no mark on the page of the catalogue."""
    bela = Player("Bela")
    before = Entry.objects.count()
    assert "Go on without this part" in amal.page()
    amal.send("room", do="round")
    bela.send("room", "b")
    assert "Go on without this part" not in amal.page()
    assert "You chose" not in amal.page()
    for player in (amal, bela):
        player.send("hall", "a")
    assert amal.steps == ["hall.a"]
    told = ("what_kind", "what", "version", "no", "language", "score", "passed")
    assert (
        Attempt.objects.filter(person=amal.person).values(*told)[0]
        == (Attempt.objects.filter(person=bela.person).values(*told)[0])
    )
    assert Entry.objects.count() == before
    lines = [player.client.get("/learn/scenarios/").content.decode().count("Done") for player in (amal, bela)]
    assert lines[0] == lines[1] == 1
    assert amal.send("hall", do="round").status_code == 302, "it is finished: the page says so"


def test_a_part_without_a_way_round_says_so(amal: Player) -> None:
    amal.send("room", "b")
    answer = amal.send("hall", do="round")
    assert answer.status_code == 200
    assert "close the page at any time" in answer.content.decode()


def test_reading_how_it_can_end_counts_the_same(amal: Player) -> None:
    amal.send("room", do="end")
    page = amal.page()
    assert "She comes back." in page
    assert "I needed time." in page
    assert (amal.steps, amal.attempt.score, amal.attempt.passed) == ([], 100, True)
    amal.send("end", do="end")
    assert amal.attempt.no == 1


def test_nobody_plays_in_anothers_place(amal: Player) -> None:
    bela = make_person("Bela")
    with pytest.raises(Http404):
        services.choose(amal.attempt, "room", "b", client_key=uuid.uuid4(), by=bela, at=NOW)
    client = Client()
    client.force_login(bela)
    assert client.get(PLAY)["Location"] == "/learn/scenarios/corridor/"
    assert not Step.objects.exists()
    assert Client().get(PLAY).status_code == 302
    assert client.get("/learn/scenarios/none/").status_code == 404


def test_whoever_is_under_way_stays_on_her_version(amal: Player) -> None:
    amal.send("room", "b")
    scenario = publish_small_scenario(minutes=20)
    assert scenario.published is not None
    assert scenario.published.no == 2
    assert amal.attempt.version != scenario.published.pk
    amal.send("hall", "a")
    assert "She comes back." in amal.page()
    again = publish_small_scenario(minutes=20)
    assert again.published == scenario.published, "the same again is the same version"


def test_a_name_changed_under_her_changes_nothing_for_her(amal: Player) -> None:
    """The next version calls a number otherwise: she ends on the version she began, with its numbers."""
    amal.send("room", "b")
    published = publish_small_scenario(named="calm").published
    assert published is not None
    assert "calm" in json.dumps(published.story)
    assert amal.attempt.version != published.pk
    assert "She tells you." in amal.page()
    assert amal.send("hall", "a").status_code == 302
    assert "She comes back." in amal.page()
    assert amal.steps == ["room.b", "hall.a"]
    other = Player("Bela")
    assert other.attempt.version == published.pk
    assert "He stays." in other.page()


def test_words_in_her_language_and_local_words(amal: Player) -> None:
    document = Document.objects.get(key="scenario:corridor")
    section = SectionText("room", "He stays. Call {svc.helpline}.", "passage", "The room")
    facts = {"state": "reviewed", "by": None, "at": NOW}
    save_translation(document, "room", hash_of(section), "fr", title="La salle", markdown="Il reste.", **facts)
    LocalWords.objects.create(
        slot="svc.helpline", language="en", markdown="116 006", source="Act", by=amal.person, at=NOW
    )
    assert "116 006" in amal.page()
    amal.client.cookies["django_language"] = "fr"
    page = amal.page()
    assert "La salle" in page
    assert 'lang="en"' in page


def test_a_slot_in_a_content_note_says_its_safe_default(amal: Player) -> None:
    document = Document.objects.get(key="scenario:corridor")
    assert document.published is not None
    sections = [
        SectionText(
            one.key, "Ring: {svc.helpline}" if one.key == "note" else one.markdown, one.kind, one.title, one.data
        )
        for one in document.published.sections.all()
    ]
    reword_scenario(document, sections, summary="A number", by=make_person(), at=NOW)
    page = Player("Bela").client.get("/learn/scenarios/corridor/").content.decode()
    assert "Ring: <em>Not filled in here. Look up a helpline" in page
    assert "svc.helpline" not in page


def test_rewording_makes_a_version_on_the_same_map(amal: Player) -> None:
    document = Document.objects.get(key="scenario:corridor")
    assert document.published is not None
    sections = [
        SectionText(one.key, one.markdown.replace("He stays", "He remains"), one.kind, one.title, one.data)
        for one in document.published.sections.all()
    ]
    reword_scenario(document, sections, summary="Plainer", by=make_person(), at=NOW)
    scenario = publish_small_scenario()
    assert scenario.published is not None
    assert scenario.published.no == 2, "a pack loaded again leaves the wording made here in place"
    assert "He stays" in amal.page()
    assert "He remains" in Player("Bela").page()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(amal: Player, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_scenario(f"other-{number}")
    amal.page()
    for path, number in (("/learn/scenarios/", 4), ("/learn/scenarios/corridor/", 5), (PLAY, 6)):
        amal.client.get(path)
        with django_assert_num_queries(number):
            amal.client.get(path)
