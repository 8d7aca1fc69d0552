import csv
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.ledger.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal() -> Person:
    return make_person("Amal")


def act(by: Person | None, about: Person, verb: str = "person changed") -> None:
    record(verb, by=by, object_kind="person", object_id=about.pk, about=about, words={"name": "secret words"})


def about_me(client: Client, person: Person) -> str:
    client.force_login(person)
    return client.get(reverse("ledger:about_me")).content.decode()


def test_she_sees_what_was_done_about_her_and_by_whom(client: Client, amal: Person) -> None:
    act(make_person("Dora"), amal)
    act(amal, amal, "module finished")
    act(None, amal, "position held")
    act(make_person("Hana", hidden=True), amal, "role given")
    text = about_me(client, amal)
    for line in ("Changed what is kept", "By Dora", "By you", "By the system", "By somebody who works here"):
        assert line in text
    assert "Hana" not in text
    assert "secret words" not in text


def test_nobody_else_sees_it(client: Client, amal: Person) -> None:
    agency = make_agency()
    bela, chiara, dora = make_person("Bela"), make_person("Chiara"), make_person("Dora")
    for person in (amal, bela):
        make_position(person, agency)
    make_position(chiara)
    grant_role(dora, "national_coordinator")
    act(dora, amal, "role given")
    for stranger in (bela, chiara, dora):
        assert "Gave a role" not in about_me(client, stranger)
        assert client.get(reverse("ledger:trail")).status_code == 404
    client.logout()
    assert client.get(reverse("ledger:about_me")).status_code == 302


def test_an_auditor_sees_acts_and_not_words(client: Client, amal: Person) -> None:
    auditor = make_person("Aude")
    grant_role(auditor, "auditor")
    dora = make_person("Dora")
    act(dora, amal)
    act(None, amal, "position held")
    client.force_login(auditor)
    page = client.get(reverse("ledger:trail")).content.decode()
    assert f"Dora ({dora.pk})" in page, "rows are narrowed by this number"
    assert "Dora" in client.get(reverse("ledger:trail"), {"by": dora.pk}).content.decode()
    assert "Recorded a position" in page
    assert "secret words" not in page
    only = client.get(reverse("ledger:trail"), {"verb": "position held"}).content.decode()
    assert "Dora" not in only
    for odd in ("²", "x", "9" * 40, "-1"):
        assert client.get(reverse("ledger:trail"), {"by": odd}).status_code == 200


def test_the_list_can_be_taken_away(client: Client, amal: Person) -> None:
    auditor = make_person("Aude")
    grant_role(auditor, "auditor")
    act(None, amal)
    client.force_login(auditor)
    answer: Any = client.get(reverse("ledger:trail"), {"format": "csv"})
    rows = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert len(rows) == 2
    assert rows[1][1] == "Changed what is kept about a person"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(client: Client, amal: Person, rows: int, django_assert_num_queries: Any) -> None:
    auditor = make_person("Aude")
    grant_role(auditor, "auditor")
    for number in range(rows):
        act(make_person(f"Dora {number}"), amal)
    client.force_login(auditor)
    client.get(reverse("ledger:trail"))
    with django_assert_num_queries(6):
        client.get(reverse("ledger:trail"))
    client.force_login(amal)
    client.get(reverse("ledger:about_me"))
    with django_assert_num_queries(5):
        client.get(reverse("ledger:about_me"))
