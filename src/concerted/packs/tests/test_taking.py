"""A published scenario to take along: who may, in which language, with what is filled in here, and for how much."""

from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import grant_role, make_person
from concerted.packs.interchange import KINDS
from concerted.packs.interchange.twee.reading import read_twee
from concerted.packs.reading.faults import Faults
from concerted.packs.tests.test_scripts import INDEX, Author
from concerted.packs.views.scripts import KINDS_SAID
from concerted.training.tests.factories import publish_small_scenario

pytestmark = pytest.mark.django_db
AT = f"{INDEX}published/corridor/"


@pytest.fixture
def tara() -> Author:
    publish_small_scenario()
    return Author("trainer", "Tara")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_handed_over_under_a_name_that_tells_only_the_code(tara: Author, kind: str) -> None:
    answer = tara.client.get(f"{AT}{kind}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == KINDS[kind].media
    assert answer["Content-Disposition"] == f'attachment; filename="corridor.{KINDS[kind].ending}"'
    assert answer.content


def test_the_list_offers_every_kind_beside_what_is_published(tara: Author) -> None:
    assert {kind for kind, _said in KINDS_SAID} == set(KINDS)
    page = tara.client.get(INDEX).content.decode()
    for kind in KINDS:
        assert f'href="{AT}{kind}/"' in page


def test_what_goes_to_twine_comes_back(tara: Author) -> None:
    faults = Faults("a.twee")
    text = read_twee(tara.client.get(f"{AT}twee/").content.decode(), "a", faults)
    assert text is not None
    assert "scenario: corridor" in text
    assert not faults.found


def test_words_that_are_not_in_her_language_say_so(tara: Author) -> None:
    tara.client.cookies["django_language"] = "fr"
    page = tara.client.get(f"{AT}html/").content.decode()
    assert '<html lang="fr" dir="ltr">' in page
    assert "ne sont pas encore" in page
    assert '<span data-key="title" lang="en" dir="ltr">' in page


def test_what_is_not_there_is_not_found(tara: Author) -> None:
    assert tara.client.get(f"{AT}docx/").status_code == 404
    assert tara.client.get(f"{INDEX}published/nowhere/twee/").status_code == 404


def test_strangers_and_learners_do_not_take_it(tara: Author) -> None:
    amal = make_person("Amal")
    client = Client()
    assert client.get(f"{AT}twee/").status_code in (302, 403, 404)
    client.force_login(amal)
    assert client.get(f"{AT}twee/").status_code == 404
    grant_role(amal, "author")
    assert client.get(f"{AT}twee/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, tara: Author, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_scenario(f"other-{number}")
    # One more for the local words, which a story for Twine leaves open.
    for kind, queries in (("twee", 5), ("html", 6)):
        tara.client.get(f"{AT}{kind}/")
        with django_assert_num_queries(queries):
            tara.client.get(f"{AT}{kind}/")
