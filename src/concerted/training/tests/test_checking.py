"""Checking a certificate: real, hidden, expired, revoked; who may revoke, and what its holder reads."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Evidence
from concerted.capacity.services.evidence import decide_taking_back, propose_taking_back
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.ledger.models import Entry, EntryWords
from concerted.post.models import Notice
from concerted.training import services
from concerted.training.models import Certificate
from concerted.training.services import NotRevoked
from concerted.training.tests.factories import publish_small_module
from concerted.training.tests.test_taking import device, take_all

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHY = "Taken under another name."


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person, make_agency("Clinic", territory=make_territory("North")))
    return person


@pytest.fixture
def held(amal: Person) -> Certificate:
    publish_small_module(months=24)
    take_all(device(amal))
    return Certificate.objects.get()


@pytest.fixture
def dora(held: Certificate) -> Person:
    return grant_role(make_person("Dora"), "national_coordinator").person


def checked(certificate: Certificate, client: Client | None = None) -> str:
    return (client or Client()).get(f"/learn/check/{certificate.code}/").content.decode()


def test_it_says_what_and_until_when_and_nobodys_name(held: Certificate) -> None:
    page = checked(held)
    assert "This certificate is real" in page
    assert "A safe plan" in page
    assert "It is good until" in page
    assert "Amal" not in page
    assert "Clinic" not in page
    assert "revoke" not in page


def test_it_is_expired_from_its_day_on(held: Certificate) -> None:
    assert held.expires_on is not None
    Certificate.objects.update(achieved_on=TODAY - timedelta(days=9), expires_on=TODAY + timedelta(days=1))
    assert "This certificate is real" in checked(held)
    Certificate.objects.update(expires_on=TODAY)
    assert "This certificate has expired" in checked(held)
    assert "Expired." in device(held.person).get("/learn/record/").content.decode()


def test_a_module_that_names_no_months_gives_one_that_stays_good(amal: Person) -> None:
    publish_small_module()
    take_all(device(amal))
    assert Certificate.objects.get().expires_on is None


def test_its_holder_switches_the_check_off_and_on(held: Certificate) -> None:
    client = device(held.person)
    client.post(f"/learn/record/{held.code}/shown/")
    hidden = checked(held)
    unknown = Client().get(f"/learn/check/{'0' * 40}/").content.decode()
    assert "No certificate has this code" in hidden
    token = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
    assert token.sub("", hidden).replace(held.code, "") == token.sub("", unknown).replace("0" * 40, "")
    client.post(f"/learn/record/{held.code}/shown/")
    assert "This certificate is real" in checked(held)


def test_a_coordinator_revokes_it_and_its_holder_reads_why(held: Certificate, dora: Person) -> None:
    client = device(dora)
    assert f"/learn/check/{held.code}/revoke/" in checked(held, client)
    assert "Say why" not in client.get(f"/learn/check/{held.code}/revoke/").content.decode()
    assert client.post(f"/learn/check/{held.code}/revoke/", {"reason": " "}).status_code == 200
    assert "This certificate is real" in checked(held)
    client.post(f"/learn/check/{held.code}/revoke/", {"reason": WHY})
    page = checked(held)
    assert "This certificate was revoked" in page
    assert WHY not in page
    hers = device(held.person)
    assert WHY in hers.get("/learn/record/").content.decode()
    assert hers.get(f"/learn/record/{held.code}.pdf").status_code == 302
    entry = Entry.objects.get(verb="certificate revoked")
    assert (entry.by_id, entry.about_person_id) == (dora.pk, held.person_id)
    assert EntryWords.objects.get(entry=entry).words == {"reason": WHY}
    assert Notice.objects.filter(person=held.person, kind="certificate_changed").exists()
    assert Evidence.objects.filter(voided_by=None).exists(), "the capacity picture is corrected by an administrator"
    client.post(f"/learn/check/{held.code}/revoke/")
    assert "This certificate is real" in checked(held)
    assert Entry.objects.filter(verb="certificate restored").exists()


def test_who_may_not_revoke(held: Certificate, dora: Person) -> None:
    facts: dict[str, Any] = {"reason": WHY, "at": timezone.now()}
    far = grant_role(make_person("Chiara"), "local_coordinator", make_territory("South")).person
    for other in (make_person("Bela"), held.person, far):
        with pytest.raises(Http404):
            services.revoke_certificate(held, **facts, by=other)
    grant_role(held.person, "national_coordinator")
    with pytest.raises(NotRevoked, match="about yourself"):
        services.revoke_certificate(held, **facts, by=Person.objects.get(pk=held.person_id))
    services.revoke_certificate(held, **facts, by=dora)
    with pytest.raises(NotRevoked, match="already"):
        services.revoke_certificate(held, **facts, by=dora)
    services.restore_certificate(held, by=dora, at=timezone.now())
    with pytest.raises(NotRevoked, match="is not revoked"):
        services.restore_certificate(held, by=dora, at=timezone.now())


def test_a_fact_taken_back_takes_its_certificate_along(held: Certificate) -> None:
    fact, now = Evidence.objects.get(), timezone.now()
    one, two = (grant_role(make_person(name), "administrator").person for name in ("Ada", "Ida"))
    asked = propose_taking_back(fact, reason=WHY, by=one, at=now)
    decide_taking_back(asked.pk, accept=True, by=two, at=now)
    assert "This certificate was revoked" in checked(held)


def test_the_code_is_found_however_it_is_typed(held: Certificate) -> None:
    client, code = Client(), held.code
    for typed in (code, code.upper(), f" {code[:20]} {code[20:]} ", f"https://x.example/learn/check/{code}/"):
        answer = client.get("/learn/check/", {"code": typed})
        assert answer["Location"] == f"/learn/check/{code}/", typed
    for typed in ("", "x" * 40, code[:-1], "x" * 300):
        answer = client.get("/learn/check/", {"code": typed})
        assert answer.status_code == 200
    assert "forty letters and digits" in client.get("/learn/check/", {"code": code[:-1]}).content.decode()


@pytest.mark.parametrize("code", ["%00", "x" * 500, "%F0%9F%99%82", "..%2F"])
def test_codes_of_any_shape(held: Certificate, dora: Person, code: str) -> None:
    assert Client().get(f"/learn/check/{code}/").status_code in (200, 404)
    assert device(dora).get(f"/learn/check/{code}/revoke/").status_code == 404
    for kind in ("pdf", "jwt"):
        assert device(held.person).get(f"/learn/record/{code}.{kind}").status_code == 404


def test_codes_cannot_be_guessed() -> None:
    codes = {Certificate().code for _n in range(200)}
    assert len(codes) == 200
    assert all(len(code) == 40 for code in codes)


def test_the_database_asks_who_and_why(held: Certificate, dora: Person) -> None:
    now = timezone.now()
    for facts in ({"revoked_at": now}, {"revoked_at": now, "revoked_by": dora}, {"revoked_why": WHY}):
        with pytest.raises(IntegrityError, match="certificate_revoked_by"), transaction.atomic():
            Certificate.objects.update(**facts)
    Certificate.objects.update(revoked_at=now, revoked_by=dora, revoked_why=WHY)
    with pytest.raises(IntegrityError, match="certificate_expires"), transaction.atomic():
        Certificate.objects.update(expires_on=held.achieved_on)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(held: Certificate, dora: Person, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_module(f"more-{number}")
    visitor, path = Client(), f"/learn/check/{held.code}/"
    pages = ((visitor, path, 3), (device(dora), f"{path}revoke/", 7), (visitor, "/learn/check/", 0))
    for client, page, queries in pages:
        client.get(page)
        with django_assert_num_queries(queries, info=page):
            client.get(page)


def test_whoever_tries_code_after_code_waits(held: Certificate) -> None:
    """Real and unknown codes count alike, so the answer tells nothing either."""
    cache.clear()
    client = Client()
    for n in range(30):
        assert client.get(f"/learn/check/{n:040x}/").status_code == 200
    answer = client.get(f"/learn/check/{held.code}/")
    assert answer.status_code == 429
    assert "too often" in answer.content.decode().lower()
    assert client.get("/learn/check/").status_code == 200
    elsewhere = client.get(f"/learn/check/{held.code}/", REMOTE_ADDR="192.0.2.7")
    assert "This certificate is real" in elsewhere.content.decode()
    cache.clear()
