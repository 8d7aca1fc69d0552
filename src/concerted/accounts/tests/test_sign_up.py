"""From the form to the first page, and what the answers give away: nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from concerted.accounts.models import SignUp
from concerted.directory.tests.factories import make_person
from concerted.post.models import Letter

pytestmark = pytest.mark.django_db
Person = get_user_model()
ASKED = {"name": "Amal Hadi", "email": "Amal@Example.org", "password": "river stone lamp", "language": "en"}


def link(letter: Letter | None = None) -> str:
    found = letter or Letter.objects.latest("id")
    return re.search(r"http://[^/]+(/\S+)", found.body)[1]  # type: ignore[index]


def test_sign_up_confirm_and_arrive(client: Client) -> None:
    answer = client.post("/account/signup/", ASKED)
    assert answer.headers["Location"] == "/account/sent/"
    assert not Person.objects.filter(email="amal@example.org").exists()
    page = client.get(link())
    assert b"Yes, this is my address" in page.content
    assert not Person.objects.filter(email="amal@example.org").exists(), "opening the link alone changes nothing"
    answer = client.post(link())
    assert answer.headers["Location"] == "/account/where/"
    person = Person.objects.get(email="amal@example.org")
    assert person.name == "Amal Hadi"
    assert client.get("/account/").status_code == 200


def test_a_name_that_nobody_sees_is_no_name(client: Client) -> None:
    page = client.post("/account/signup/", ASKED | {"name": "\u200b \u2060"})
    assert page.context["form"].errors == {"name": ["This field is required."]}
    assert not SignUp.objects.exists()
    client.post("/account/signup/", ASKED | {"name": "أمل"})
    assert SignUp.objects.exists()


def test_letter_opened_elsewhere_asks_for_the_password(client: Client) -> None:
    client.post("/account/signup/", ASKED)
    other = Client()
    assert other.post(link(), {"password": "something else"}).status_code == 200
    assert not Person.objects.filter(email="amal@example.org").exists()
    assert other.post(link(), {"password": ASKED["password"]}).status_code == 302
    assert Person.objects.filter(email="amal@example.org").exists()


def test_link_works_once_and_for_two_days(client: Client) -> None:
    client.post("/account/signup/", ASKED)
    address = link()
    client.post(address)
    assert Client().post(address, {"password": ASKED["password"]}).status_code == 410
    SignUp.objects.update(used_at=None, until=timezone.now() - timedelta(seconds=1))
    assert Client().get(address).status_code == 410
    assert Client().get("/account/confirm/wrong/").status_code == 410


def test_imported_person_is_attached_only_after_confirming(client: Client) -> None:
    imported = make_person("Amal as the list has her", email="Amal@example.org")
    before = imported.password
    client.post("/account/signup/", ASKED)
    imported.refresh_from_db()
    assert imported.password == before
    client.post(link())
    imported.refresh_from_db()
    assert imported.check_password(ASKED["password"])
    assert imported.name == "Amal as the list has her"
    assert Person.objects.filter(email__iexact="amal@example.org").count() == 1


def test_signing_up_over_an_account_changes_nothing(client: Client) -> None:
    owner = make_person("Owner", email="amal@example.org")
    owner.set_password("her own password")
    owner.save()
    client.post("/account/signup/", ASKED)
    assert "/account/login/" in Letter.objects.latest("id").body
    owner.refresh_from_db()
    assert owner.check_password("her own password")
    assert owner.name == "Owner"


@pytest.fixture
def known(db: None) -> Any:
    person = make_person("Known", email="known@example.org")
    person.set_password("river stone lamp")
    person.save()
    return person


ORACLES = {
    "signing up": ("/account/signup/", ASKED),
    "signing in": ("/account/login/", {"login": "", "password": "wrong words here"}),
    "code": ("/account/login/code/", {"email": ""}),
    "new password": ("/account/password/reset/", {"email": ""}),
    "code typed wrong": ("/account/login/code/confirm/", {"code": "ABCDEF"}),
    "signing up with a weak password": ("/account/signup/", ASKED | {"password": "short"}),
}


def _visible(answer: Any) -> tuple[Any, ...]:
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)
    body = re.sub(rb"(known|other|imported)@example.org", b"ADDRESS", body)
    return answer.status_code, answer.headers.get("Location"), body, sorted(answer.cookies)


@pytest.mark.parametrize("name", ORACLES)
def test_no_answer_tells_whether_she_is_here(name: str, known: Any) -> None:
    make_person("Imported", email="imported@example.org")
    seen = []
    for email in ("known@example.org", "other@example.org", "imported@example.org"):
        cache.clear()
        client = Client()
        path, data = ORACLES[name]
        data = {key: (email if key in ("email", "login") else value) for key, value in data.items()}
        if "confirm" in path:
            client.post("/account/login/code/", {"email": email})
        letters = Letter.objects.count()
        answer = client.post(path, data)
        follow = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
        seen.append((_visible(answer), _visible(follow), Letter.objects.count() - letters))
    assert seen[0] == seen[1] == seen[2]


def test_both_paths_hash_and_write_the_same(client: Client, known: Any, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for email in ("known@example.org", "other@example.org"):
        with CaptureQueriesContext(connection) as asked:
            Client().post("/account/signup/", ASKED | {"email": email})
        counts.append([q["sql"].split()[0] for q in asked.captured_queries])
    assert counts[0] == counts[1]
    assert SignUp.objects.filter(password__startswith="argon2").count() == 2


def test_signing_in_hashes_once_whoever_is_asked_for(known: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.accounts.passwords import Hasher

    make_person("Imported", email="imported@example.org")
    hashed: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Hasher, name)
        monkeypatch.setattr(Hasher, name, lambda *args, _real=real: (hashed.append(""), _real(*args))[1])
    costs = []
    for email in ("known@example.org", "other@example.org", "imported@example.org"):
        cache.clear()
        hashed.clear()
        Client().post("/account/login/", {"login": email, "password": "wrong words here"})
        costs.append(len(hashed))
    assert costs == [1, 1, 1]


def test_too_often_is_answered_kindly(client: Client) -> None:
    for _round in range(6):
        answer = client.post("/account/signup/", ASKED)
    assert answer.status_code == 429
    assert b"That was too often" in answer.content


def test_a_form_with_mistakes_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/account/signup/", ASKED | {"email": "not an address"})
    assert b"not an address" in answer.content
    assert answer.status_code == 200
    assert not Letter.objects.exists()


def test_what_is_over_is_forgotten(client: Client) -> None:
    from concerted.accounts.jobs import forget_what_is_over

    client.post("/account/signup/", ASKED)
    SignUp.objects.create(
        email="old@example.org", name="Old", password="x", language="en", secret_hash="x",
        at=timezone.now() - timedelta(days=4), until=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    forget_what_is_over.call()
    assert [one.email for one in SignUp.objects.all()] == ["amal@example.org"]
