"""What holds here, written into the lessons: shown at once, never guessed, looked at again when the lesson moves."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.text.rules import SectionText
from concerted.training import services
from concerted.training.models import LocalWords
from concerted.training.queries.local import slot_lines
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services.local import LocalRefused, fill_slot

pytestmark = pytest.mark.django_db
TITLE = SectionText("title", "Calm", kind="title")


def publish(words: str, *more: UnitText) -> None:
    unit = UnitText("C1", 5, (TITLE, SectionText("why", words, title="Why")))
    services.publish_module(ModuleText("core", (TITLE,), (unit, *more)), at=timezone.now())


def fill(slot: str, words: str, language: str = "en", source: str = "Act 3, section 2") -> LocalWords | None:
    return fill_slot(slot, language, words, source, by=None, at=timezone.now())


@pytest.fixture
def learner() -> Client:
    publish("Ring: {svc.helpline} The law: {law.share}")
    client = Client()
    client.force_login(make_person())
    client.post("/learn/core/start/")
    return client


@pytest.fixture
def nora() -> Person:
    person = make_person("Nora")
    grant_role(person, "national_coordinator")
    return person


def shown(client: Client, language: str = "en") -> str:
    client.cookies["django_language"] = language
    return client.get("/learn/core/C1/").content.decode()


def test_lessons_show_what_was_written_with_the_next_request(learner: Client) -> None:
    assert "Look up a helpline" in shown(learner)
    fill("svc.helpline", "**1234**, day and night.")
    page = shown(learner)
    assert "<strong>1234</strong>, day and night." in page
    assert "The law: <em>Not filled in here." in page
    fill("svc.helpline", "")
    assert "Look up a helpline" in shown(learner)


def test_words_in_the_language_of_the_text_come_first(learner: Client) -> None:
    fill("svc.helpline", "1234", "fr")
    assert "Ring: 1234" in shown(learner)
    fill("svc.helpline", "5678", "en")
    assert "Ring: 5678" in shown(learner, "fr")


@pytest.mark.parametrize(
    ("slot", "words", "source", "reason"),
    [
        ("svc.helpline", "1234", " ", "Say where"),
        ("svc.helpline", "Ring {svc.clinic}", "Ministry", "inside another"),
        ("svc.horse", "1234", "Ministry", "no such slot"),
    ],
)
def test_refusals(slot: str, words: str, source: str, reason: str) -> None:
    with pytest.raises(LocalRefused, match=reason):
        fill(slot, words, source=source)
    assert not LocalWords.objects.exists()


def test_a_lesson_that_moves_asks_to_look_again(learner: Client) -> None:
    fill("svc.helpline", "1234")
    line = next(line for line in slot_lines() if line.slot == "svc.helpline")
    assert (line.uses, line.languages, line.moved) == (1, ("en",), False)
    publish("Please ring: {svc.helpline}")
    assert next(line for line in slot_lines() if line.slot == "svc.helpline").moved
    fill("svc.helpline", "1234")
    assert LocalWords.objects.count() == 2
    assert not next(line for line in slot_lines() if line.slot == "svc.helpline").moved


def test_what_moved_around_it_is_shown(learner: Client, nora: Person) -> None:
    client = Client()
    client.force_login(nora)
    path = "/learn/local/svc.helpline/"
    fill("svc.helpline", "1234")
    assert "What has changed" not in client.get(path).content.decode()
    other = UnitText("C2", 5, (TITLE, SectionText("why", "Other words: {svc.helpline}", title="Why")))
    publish("First.\n\nPlease ring: {svc.helpline}\n\nThen rest.", other)
    assert [(place.title.words, place.words) for place in client.get(path).context["places"]] == [
        ("Calm", "Please ring: {svc.helpline}"),
        ("Calm", "Other words: {svc.helpline}"),
    ]
    fill("svc.helpline", "12345")
    publish("First.\n\nPlease ring: {svc.helpline}\n\nThen rest.", replace(other, sections=(TITLE,)))
    page = client.get(path).content.decode()
    assert "It stands in fewer places than before." in page
    assert "Please ring" not in page


@pytest.mark.parametrize("units", [1, 3])
def test_queries_do_not_grow_with_what_moved(
    learner: Client, nora: Person, units: int, django_assert_num_queries: Any
) -> None:
    fill("svc.helpline", "1234")
    more = [UnitText(f"M{n}", 5, (TITLE, SectionText("why", f"{n}: {{svc.helpline}}"))) for n in range(units)]
    publish("Please ring: {svc.helpline}", *more)
    client = Client()
    client.force_login(nora)
    client.get("/learn/local/svc.helpline/")
    with django_assert_num_queries(8):
        assert len(client.get("/learn/local/svc.helpline/").context["places"]) == units + 1


def test_the_same_again_writes_nothing() -> None:
    first = fill("svc.helpline", "1234")
    assert fill("svc.helpline", " 1234 ") == first
    assert LocalWords.objects.count() == 1


def test_what_was_written_never_changes() -> None:
    fill("svc.helpline", "1234")
    with pytest.raises(DatabaseError), transaction.atomic():
        LocalWords.objects.update(markdown="9")


def test_a_coordinator_fills_a_slot(learner: Client, nora: Person) -> None:
    client = Client()
    client.force_login(nora)
    assert "What holds here" in client.get("/learn/").content.decode()
    assert "0 of 27" in client.get("/learn/local/").content.decode()
    bad = client.post("/learn/local/svc.helpline/", {"language": "fr", "markdown": "1234"}).content.decode()
    assert "Say where this is written down" in bad
    assert "1234</textarea>" in bad
    client.post("/learn/local/svc.helpline/", {"language": "fr", "markdown": "1234", "source": "Ministry, May 2026"})
    assert "1 of 27" in client.get("/learn/local/").content.decode()
    assert client.get("/learn/local/svc.horse/").status_code == 404


def test_strangers_do_not_fill_slots(learner: Client) -> None:
    assert learner.get("/learn/local/").status_code == 404
    assert learner.post("/learn/local/svc.helpline/", {"language": "en", "markdown": "x"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(learner: Client, nora: Person, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        fill(["svc.helpline", "svc.clinic", "law.share"][n], "1234")
    client = Client()
    client.force_login(nora)
    for asker, path, number in (
        (client, "/learn/local/", 5),
        (client, "/learn/local/svc.helpline/", 6),
        (learner, "/learn/core/C1/", 4),
    ):
        asker.get(path)
        with django_assert_num_queries(number, info=path):
            asker.get(path)
