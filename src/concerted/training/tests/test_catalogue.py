"""The catalogue without an account: what there is, filtered, and the way in for somebody without an agency."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_profession, make_sector
from concerted.post.models import Letter
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import open_interface_languages, save_translation
from concerted.training.models import Certificate, Module
from concerted.training.tests.factories import (
    publish_small_exam,
    publish_small_module,
    publish_small_scenario,
)
from concerted.training.tests.test_taking import take_all

pytestmark = pytest.mark.django_db
PATH = "/learn/catalogue/"


@pytest.fixture
def _published() -> None:
    publish_small_module()
    publish_small_scenario()
    publish_small_exam(minutes=30)


def shown(**wanted: str) -> list[str]:
    page = Client().get(PATH, wanted).content.decode()
    return re.findall(r'<h2 class="lead"[^>]*><a href="/learn/([^"]+)"', page)


EVERYTHING = ["core/", "scenarios/corridor/", "tests/final/", "questions/danger/"]


@pytest.mark.usefixtures("_published")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, EVERYTHING),
        ({"kind": "module"}, ["core/"]),
        ({"kind": "test"}, ["tests/final/"]),
        ({"minutes": "15"}, ["core/", "scenarios/corridor/", "questions/danger/"]),
        ({"kind": "module", "minutes": "15", "language": "en"}, ["core/"]),
        ({"minutes": "many", "kind": "\x00", "language": "xx", "post": "'"}, EVERYTHING),
        ({"page": "9999"}, EVERYTHING),
    ],
)
def test_what_is_found(wanted: dict[str, str], found: list[str]) -> None:
    assert shown(**wanted) == found


@pytest.mark.usefixtures("_published")
def test_by_sector_and_by_post() -> None:
    module, health = Module.objects.get(), make_sector("health")
    make_profession("midwife", health)
    make_sector("police")
    module.sectors.add(health)
    assert "core/" in shown(post="health")
    assert "core/" in shown(post="health:midwife")
    assert shown(post="police") == EVERYTHING[1:], "what is for one sector is not offered to another"
    assert "Midwife" in Client().get(PATH).content.decode()


@pytest.mark.usefixtures("_published")
def test_by_language_and_in_the_readers() -> None:
    document, title = Document.objects.get(key="module:core"), SectionText("title", "A safe plan", kind="title")
    facts = {"state": "reviewed", "by": None, "at": timezone.now()}
    save_translation(document, "title", hash_of(title), "fr", markdown="Un plan sûr", title="", **facts)
    open_interface_languages()
    assert shown(language="fr") == ["core/"]
    assert shown(language="en") == EVERYTHING
    client = Client()
    client.cookies["django_language"] = "fr"
    assert "Un plan sûr" in client.get(PATH).content.decode()


def test_nothing_published_says_so() -> None:
    assert "Nothing is published yet" in Client().get(PATH).content.decode()


@pytest.mark.usefixtures("_published")
def test_nothing_fits_says_what_to_do() -> None:
    page = Client().get(PATH, {"kind": "test", "minutes": "15"}).content.decode()
    assert "Leave one of the choices open" in page
    assert "Show everything" in page


def test_from_the_catalogue_to_a_certificate_without_an_agency() -> None:
    publish_small_module()
    client = Client()
    assert PATH in client.get("/account/login/").content.decode()
    way = re.search(r'class="btn" href="(/account/[^"]+)"', client.get(PATH).content.decode())
    assert way is not None
    sent = {"name": "Amal", "email": "amal@example.org", "password": "river stone lamp", "language": "en"}
    assert client.post(way[1], sent).status_code == 302
    letter = re.search(r"http://[^/]+(/\S+)", Letter.objects.latest("id").body)
    assert letter is not None
    client.post(letter[1])
    person = Person.objects.get(email="amal@example.org")
    assert not person.positions.exists()
    assert client.get("/learn/").status_code == 200
    take_all(client)
    assert Certificate.objects.get().person == person
    assert "Make an account" not in client.get(PATH).content.decode()


def test_a_page_behind_it_asks_to_sign_in() -> None:
    publish_small_module()
    assert Client().get("/learn/core/")["Location"] == "/account/login/?next=/learn/core/"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    publish_small_scenario()
    for number in range(rows):
        publish_small_module(f"more-{number}")
        publish_small_exam(f"exam-{number}")
        make_profession(f"post-{number}", make_sector(f"sector-{number}"))
    client = Client()
    client.get(PATH)
    with django_assert_num_queries(10):
        client.get(PATH)
