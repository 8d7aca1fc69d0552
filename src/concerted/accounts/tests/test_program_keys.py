"""Keys for programs: shown once, few, each her own, and over when their day is."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.accounts.models import ProgramKey
from concerted.accounts.queries import hash_of, open_key
from concerted.accounts.services.program_keys import KeyRefused, end_key, make_key, note_use
from concerted.accounts.services.self_care import forget_what_is_over
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.models import Entry

pytestmark = pytest.mark.django_db
PAGE = "/account/programs/"
TODAY = timezone.localdate()


@pytest.fixture
def mona() -> Person:
    person, agency = make_person("Mona"), make_agency("Clinic")
    make_position(person, agency)
    grant_role(person, "manager", agency)
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def made(person: Person, name: str = "Case system", days: int = 30, **facts: Any) -> tuple[ProgramKey, str]:
    facts = {"by": person, "at": timezone.now()} | facts
    return make_key(person, name=name, until=TODAY + timedelta(days=days), **facts)


def test_a_key_is_shown_once_and_only_its_digest_is_stored(mona: Person) -> None:
    client = signed_in(mona)
    assert "No program has a key of yours." in client.get(PAGE).content.decode()
    page = client.post(PAGE, {"name": "Case system", "until": TODAY.isoformat()}).content.decode()
    secret = re.search(r"ck_[\w-]{43}", page)[0]  # type: ignore[index]
    key = ProgramKey.objects.get()
    assert (key.digest, key.prefix, key.until) == (hash_of(secret), secret[:9], TODAY)
    assert secret not in str(stored())
    again = client.get(PAGE).content.decode()
    assert secret not in again
    assert f"{key.prefix}…" in again
    assert "Not used yet." in again
    note_use(key, TODAY)
    assert "Last used:" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{key.pk}/end/").status_code == 302
    assert open_key(secret, TODAY) is None
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True))[-2:] == [
        "made a program key",
        "ended a program key",
    ]


def test_sent_twice_it_is_made_once(mona: Person) -> None:
    client, said = signed_in(mona), {"name": "Case system", "until": TODAY.isoformat()}
    client.post(PAGE, said)
    before = stored()
    page = client.post(PAGE, said).content.decode()
    assert "You have a key of this name already." in page
    assert "ck_" not in page.replace(ProgramKey.objects.get().prefix, "")
    assert changed(before) == []


@pytest.mark.parametrize("days", [-1, 366])
def test_a_key_opens_for_a_year_at_most(mona: Person, days: int) -> None:
    said = {"name": "Case system", "until": (TODAY + timedelta(days=days)).isoformat()}
    assert "at most a year ahead" in signed_in(mona).post(PAGE, said).content.decode()
    assert not ProgramKey.objects.exists()


def test_five_at_a_time(mona: Person) -> None:
    keys = [made(mona, f"Program {n}")[0] for n in range(5)]
    with pytest.raises(KeyRefused, match="You have 5 keys"):
        made(mona, "One more")
    assert "as many keys as there can be" in signed_in(mona).get(PAGE).content.decode()
    end_key(keys[0], by=mona, at=timezone.now())
    made(mona, "Program 0")


def test_one_that_ran_out_opens_nothing_and_keeps_its_name_from_nobody(mona: Person) -> None:
    key, secret = made(mona, days=0)
    assert open_key(secret, TODAY) == (key, False)
    assert open_key(secret, TODAY + timedelta(days=1)) is None
    ProgramKey.objects.update(until=TODAY - timedelta(days=1))
    made(mona)
    assert ProgramKey.objects.filter(ended_at=None).count() == 1


def test_who_may_not_sign_in_has_no_key_that_opens(mona: Person) -> None:
    _key, secret = made(mona)
    Person.objects.filter(pk=mona.pk).update(is_active=False)
    assert open_key(secret, TODAY) is None


def test_strangers(mona: Person) -> None:
    """Another's key is not there, and who has no counts to see has no keys to make."""
    key, _secret = made(mona)
    bela, chiara = make_position(make_person("Bela"), make_agency("Clinic 2")).person, make_person("Chiara")
    grant_role(chiara, "local_coordinator", make_agency("Court").territory)
    assert signed_in(bela).get(PAGE).status_code == 404
    assert b"Keys for programs" not in signed_in(bela).get("/account/").content
    assert key.prefix not in signed_in(chiara).get(PAGE).content.decode()
    for stranger in (bela, chiara):
        assert signed_in(stranger).post(f"{PAGE}{key.pk}/end/").status_code == 404
        with pytest.raises(Http404):
            end_key(key, by=stranger, at=timezone.now())
        with pytest.raises(Http404):
            made(mona, "Another", by=stranger)
    key.refresh_from_db()
    assert key.ended_at is None
    assert Client().get(PAGE).headers["Location"].startswith("/account/login/")


def test_without_the_second_step_no_key_is_made(mona: Person) -> None:
    client = Client()
    client.without_second_step(mona)  # type: ignore[attr-defined]
    answer = client.post(PAGE, {"name": "Case system", "until": TODAY.isoformat()})
    assert answer.headers["Location"] == "/account/second-step/"
    assert not ProgramKey.objects.exists()


def test_long_after_signing_in_she_is_asked_again(mona: Person) -> None:
    mona.set_password("river stone lamp")
    mona.save()
    client = signed_in(mona)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 1.0}]
    session.save()
    assert client.get(PAGE).headers["Location"].startswith("/account/reauthenticate/")


def test_keys_that_are_over_are_forgotten(mona: Person) -> None:
    key, _secret = made(mona)
    end_key(key, by=mona, at=timezone.now())
    forget_what_is_over(at=timezone.now() + timedelta(days=89))
    assert ProgramKey.objects.exists()
    forget_what_is_over(at=timezone.now() + timedelta(days=91))
    assert not ProgramKey.objects.exists()


def test_the_database_holds_one_open_key_of_a_name(mona: Person) -> None:
    key, _secret = made(mona)
    facts = {"person": mona, "name": key.name, "prefix": "ck_", "at": timezone.now(), "until": TODAY}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgramKey.objects.create(digest="a", **facts)
    ProgramKey.objects.create(digest="b", ended_at=timezone.now(), **facts)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(mona: Person, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        made(mona, f"Program {number}")
    client = signed_in(mona)
    client.get(PAGE)
    with django_assert_num_queries(4):
        assert client.get(PAGE).status_code == 200
