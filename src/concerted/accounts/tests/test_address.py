"""Another address for an account: only after its letter, only for her who asked."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
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


def a_manager_of(person: Any) -> Any:
    agency = make_agency("Clinic")
    make_position(person, agency)
    manager = make_person("Mona")
    grant_role(manager, "manager", agency)
    return manager


def correct(client: Client, person: Any, email: str) -> Any:
    said = {"name": person.name, "email": email, "language": ""}
    return client.post(f"/people/person/{person.public}/change/", said)


@pytest.mark.parametrize("way", ["password", "code", "role"])
def test_manager_never_moves_an_address_that_opens_something(way: str) -> None:
    """With the address goes the code to sign in: a manager could become her."""
    amal = make_person("Amal", email="amal@example.org", password="river stone lamp" if way == "password" else "")
    manager = signed_in(a_manager_of(amal))
    if way == "code":
        signed_in(amal)
    if way == "role":
        grant_role(amal, "national_coordinator")
    assert correct(manager, amal, "mine@example.org").status_code == 200
    amal.refresh_from_db()
    assert amal.email == "amal@example.org"
    assert not Letter.objects.exists()


def test_address_that_opens_nothing_yet_is_corrected_and_the_old_one_told() -> None:
    amal = make_person("Amal", email="aaml@example.org")
    EmailAddress.objects.create(user=amal, email="aaml@example.org", verified=False, primary=True)
    assert correct(signed_in(a_manager_of(amal)), amal, "amal@example.org").status_code == 302
    amal.refresh_from_db()
    assert amal.email == "amal@example.org"
    assert Letter.objects.get().to == "aaml@example.org"
    assert not EmailAddress.objects.filter(user=amal).exists(), "the old address asks for no code any more"


def test_other_sessions_end_with_the_old_address(amal: Any) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.post("/account/login/", {"login": "amal@example.org", "password": "river stone lamp"})
        assert client.get("/account/sessions/").status_code == 200
    here.post("/account/address/", {"email": "new@example.org"})
    assert here.post(link()).status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
