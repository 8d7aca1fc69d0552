"""Another address for an account: only after its letter, only for her who asked."""

import re
from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import make_person
from concerted.post.models import Letter

pytestmark = pytest.mark.django_db


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def amal(db: None) -> Any:
    person = make_person("Amal", email="amal@example.org")
    person.set_password("river stone lamp")
    person.save()
    return person


def link() -> str:
    return re.search(r"http://[^/]+(/\S+)", Letter.objects.latest("id").body)[1]  # type: ignore[index]


def test_new_address_counts_from_the_click_on(amal: Any) -> None:
    client = signed_in(amal)
    client.post("/account/address/", {"email": "New@example.org"})
    amal.refresh_from_db()
    assert amal.email == "amal@example.org"
    stranger = signed_in(make_person("Stranger"))
    assert stranger.post(link()).status_code == 410
    address = link()
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    amal.refresh_from_db()
    assert amal.email == "new@example.org"
    assert Letter.objects.latest("id").to == "amal@example.org", "the old address is told"
    assert client.post(address).status_code == 410
    answer = Client().post("/account/login/", {"login": "new@example.org", "password": "river stone lamp"})
    assert answer.status_code == 302


def test_address_of_another_is_answered_alike_and_never_taken(amal: Any) -> None:
    make_person("Owner", email="owner@example.org")
    seen = []
    for email in ("owner@example.org", "free@example.org"):
        answer = signed_in(amal).post("/account/address/", {"email": email})
        seen.append((answer.status_code, answer.headers["Location"], Letter.objects.filter(to=email).count()))
    assert seen[0] == seen[1]
    assert "/account/address/" not in Letter.objects.get(to="owner@example.org").body


def test_long_after_signing_in_she_is_asked_again(amal: Any) -> None:
    client = signed_in(amal)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1.0}]
    session.save()
    answer = client.get("/account/address/")
    assert answer.headers["Location"] == "/account/reauthenticate/?next=%2Faccount%2Faddress%2F"
    page = client.get(answer.headers["Location"])
    assert b"Is it still you?" in page.content
    answer = client.post("/account/reauthenticate/", {"password": "river stone lamp", "next": "/account/address/"})
    assert answer.headers["Location"] == "/account/address/"
    assert client.get("/account/address/").status_code == 200
