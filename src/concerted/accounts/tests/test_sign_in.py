"""Ways in, the second step, sessions, and the way out."""

import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.test import Client

from concerted.accounts.middleware import SEEN
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.post.models import Letter

pytestmark = pytest.mark.django_db
PASSWORD = "river stone lamp"


@pytest.fixture
def amal(db: None) -> Any:
    person = make_person("Amal", email="amal@example.org", language="fr")
    person.set_password(PASSWORD)
    person.save()
    make_position(person, make_agency("Clinic"))
    return person


@pytest.fixture
def manager(db: None) -> Any:
    person = make_person("Mona", email="mona@example.org")
    person.set_password(PASSWORD)
    person.save()
    agency = make_agency("Station")
    make_position(person, agency)
    grant_role(person, "manager", agency)
    return person


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(email: str, client: Client | None = None, password: str = PASSWORD) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post("/account/login/", {"login": email, "password": password})


def test_password(amal: Any) -> None:
    client, answer = sign_in("AMAL@example.org")
    assert answer.headers["Location"] == "/"
    assert answer.cookies["django_language"].value == "fr", "her language comes with her"
    assert client.session["_auth_user_id"] == str(amal.pk)


def test_password_wrong_says_one_thing_only(amal: Any) -> None:
    _client, answer = sign_in("amal@example.org", password="wrong wrong wrong")
    assert answer.status_code == 200
    assert b"do not belong together" in answer.content


def test_code_by_letter(amal: Any) -> None:
    client = Client()
    assert client.post("/account/login/code/", {"email": "amal@example.org"}).status_code == 302
    letter = Letter.objects.get()
    assert letter.language == "fr"
    code = re.search(r"\n\n(\S+)\n\n", letter.body)[1]  # type: ignore[index]
    assert client.post("/account/login/code/confirm/", {"code": code}).headers["Location"] == "/"


def test_whoever_waits_for_a_code_may_still_choose_another_way(amal: Any) -> None:
    client = Client()
    client.post("/account/login/code/", {"email": "amal@example.org"})
    assert b"Sign in another way" in client.get("/account/login/code/confirm/").content
    client.post("/account/logout/")
    assert client.get("/account/login/").status_code == 200


def test_new_password_keeps_the_second_step(manager: Any) -> None:
    TOTP.activate(manager, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.post("/account/password/reset/", {"email": "mona@example.org"})
    address = re.search(r"http://localhost:8000(/\S+)", Letter.objects.get().body)[1]  # type: ignore[index]
    form_address = client.get(address).headers["Location"]
    answer = client.post(form_address, {"password1": "an entirely new one"})
    assert answer.status_code == 302
    client, answer = sign_in("mona@example.org", client, "an entirely new one")
    assert answer.headers["Location"] == "/account/second-step/authenticate/"
    assert "_auth_user_id" not in client.session


def test_reset_link_has_the_fixed_host(amal: Any) -> None:
    Client(headers={"host": "127.0.0.1"}).post("/account/password/reset/", {"email": "amal@example.org"})
    assert "http://localhost:8000/account/password/reset/" in Letter.objects.get().body


def test_role_sleeps_until_the_second_step(manager: Any) -> None:
    door = f"/account/agency/{manager.positions.get().agency.public}/"
    client, answer = sign_in("mona@example.org")
    assert answer.headers["Location"] == "/account/second-step/"
    assert b"One more step" in client.get("/account/second-step/").content
    assert client.get(door).headers["Location"] == "/account/second-step/"
    assert client.get("/account/").status_code == 200, "what everybody may do stays open"
    assert b"Who joins" not in client.get("/account/").content, "and nothing of the role shows there"


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_app_opens_the_role(manager: Any) -> None:
    door = f"/account/agency/{manager.positions.get().agency.public}/"
    client, _answer = sign_in("mona@example.org")
    page = client.get("/account/second-step/totp/activate/").content.decode()
    secret = re.search(r"<code[^>]*>([\w ]+)</code>", page)[1].replace(" ", "")  # type: ignore[index]
    assert "<svg" in page
    assert "style=" not in page
    assert "data:" not in page.split("<main")[1]
    answer = client.post("/account/second-step/totp/activate/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/account/second-step/recovery-codes/"
    assert client.get(door).status_code == 200
    kept = Authenticator.objects.get(user=manager, type="totp").data["secret"]
    assert secret not in str(kept), "secrets are stored encrypted"
    again, answer = sign_in("mona@example.org")
    assert answer.headers["Location"] == "/account/second-step/authenticate/"
    again.post("/account/second-step/authenticate/", {"code": code_now(secret)})
    assert again.get(door).status_code in (200, 302)


def test_practitioner_needs_no_second_step(amal: Any) -> None:
    client, _answer = sign_in("amal@example.org")
    assert client.get("/account/").status_code == 200


def test_role_given_in_the_middle_sleeps_too(amal: Any) -> None:
    client, _answer = sign_in("amal@example.org")
    agency = amal.positions.get().agency
    assert client.get(f"/account/agency/{agency.public}/").status_code == 404
    grant_role(amal, "manager", agency)
    assert client.get(f"/account/agency/{agency.public}/").status_code == 302


@pytest.mark.parametrize(
    ("demo", "address", "host", "email", "opens"),
    [
        (True, "127.0.0.1", "localhost", "mona@demo.example", True),
        (True, "127.0.0.1", "localhost", "mona@real.org", False),
        (True, "10.0.0.7", "localhost", "mona@demo.example", False),
        (True, "127.0.0.1", "example.net", "mona@demo.example", False),
        (False, "127.0.0.1", "localhost", "mona@demo.example", False),
    ],
)
def test_demonstration_skips_it_on_loopback_only(
    manager: Any, settings: Any, demo: bool, address: str, host: str, email: str, opens: bool
) -> None:
    settings.CONCERTED_DEMO = demo
    settings.ALLOWED_HOSTS = ["localhost", "example.net"]
    manager.email = email
    manager.save()
    client = Client(REMOTE_ADDR=address, headers={"host": host})
    client.without_second_step(manager)  # type: ignore[attr-defined]
    answer = client.get(f"/account/agency/{manager.positions.get().agency.public}/")
    assert answer.status_code == (200 if opens else 302)


def test_sessions_are_listed_and_ended(amal: Any) -> None:
    here, _answer = sign_in("amal@example.org")
    there = Client(headers={"user-agent": "Mozilla/5.0 (Android) Firefox/120"})
    sign_in("amal@example.org", there)
    page = here.get("/account/sessions/").content.decode()
    assert "Firefox on Android" in page or "Firefox" in page
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post("/account/sessions/", {"end": str(other.pk)})
    assert there.get("/account/").status_code == 302
    assert here.get("/account/").status_code == 200


def test_nobody_ends_another_persons_session(amal: Any, manager: Any) -> None:
    hers, _answer = sign_in("amal@example.org")
    stranger, _answer = sign_in("mona@example.org")
    stranger.post("/account/sessions/", {"end": str(UserSession.objects.get(user=amal).pk)})
    assert hers.get("/account/").status_code == 200


def test_sign_out_everywhere(amal: Any) -> None:
    here, _answer = sign_in("amal@example.org")
    there, _answer = sign_in("amal@example.org")
    answer = here.post("/account/sessions/", {"end": "all"})
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert here.get("/account/").status_code == there.get("/account/").status_code == 302


def test_sign_out_is_a_post(amal: Any) -> None:
    client, _answer = sign_in("amal@example.org")
    client.get("/account/logout/")
    assert client.get("/account/").status_code == 200
    answer = client.post("/account/logout/")
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert client.get("/account/").status_code == 302


def test_a_session_nobody_uses_ends(amal: Any) -> None:
    client, _answer = sign_in("amal@example.org")
    client.get("/account/")
    session = client.session
    session[SEEN] = int(time.time()) - 15 * 60 - 1
    session.save()
    answer = client.get("/account/")
    assert answer.headers["Location"] == "/account/login/?next=/account/&away=1"
    assert "la session a donc pris fin" in client.get(answer.headers["Location"]).content.decode()


def test_activity_is_written_once_a_minute(amal: Any, django_assert_num_queries: Any) -> None:
    client = Client()
    client.force_login(amal)
    session = client.session
    first = session[SEEN]
    client.get("/account/details/")
    assert client.session[SEEN] == first
    session[SEEN] = first - 61
    session.save()
    client.get("/account/details/")
    assert client.session[SEEN] >= first


def test_middleware_adds_no_query(amal: Any, manager: Any, django_assert_num_queries: Any) -> None:
    for person in (amal, manager):
        client = Client()
        client.force_login(person)
        with django_assert_num_queries(2):  # the session and the person
            client.get("/account/details/")


def test_new_session_key_at_sign_in(amal: Any) -> None:
    client = Client()
    client.post("/account/signup/", {"name": "A", "email": "a@example.org", "password": PASSWORD, "language": "en"})
    before = client.session.session_key
    sign_in("amal@example.org", client)
    assert client.session.session_key != before


def test_guessing_is_stopped_and_said_kindly(amal: Any) -> None:
    for _round in range(6):
        _client, answer = sign_in("amal@example.org", password="guess guess guess")
    assert b"tried too often" in answer.content


def test_too_many_sign_ins_from_one_place_are_answered_kindly(amal: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in("amal@example.org", password="wrong wrong wrong")
    _client, answer = sign_in("amal@example.org", password="wrong wrong wrong")
    assert answer.status_code == 429
    assert b"That was too often" in answer.content


def test_closed_account_cannot_come_in(amal: Any) -> None:
    amal.is_active = False
    amal.save()
    client, _answer = sign_in("amal@example.org")
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/learn/core/C1/?step=q2", "/learn/core/C1/?step=q2"),
        ("https://elsewhere.example.org/learn/", "/account/details/"),
        ("", "/account/details/"),
    ],
)
def test_what_was_sent_too_late_leads_back_to_its_page_and_says_so(amal: Any, referer: str, back: str) -> None:
    client, _answer = sign_in("amal@example.org")
    client.get("/account/")
    session = client.session
    session[SEEN] = int(time.time()) - 15 * 60 - 1
    session.save()
    answer = client.post("/account/details/", {"name": "Typed"}, headers={"referer": referer} if referer else {})
    asked = urlsplit(answer.headers["Location"])
    assert parse_qs(asked.query) == {"next": [back], "away": ["2"]}
    assert "name" not in client.session, "what she typed is kept nowhere"
    page = client.get(answer.headers["Location"], headers={"accept-language": "en"}).content.decode()
    assert f'value="{back}"' in page
    again = client.post("/account/login/", {"login": amal.email, "password": PASSWORD, "next": back})
    assert again.headers["Location"] == back
