"""What she says of the device at sign-in, and signing out of one on which something is kept."""

import re
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from concerted.accounts.tests.test_sign_in import PASSWORD, sign_in
from concerted.accounts.tests.test_sign_in import amal as amal
from concerted.kit.device import KEPT_COOKIE, SHARED
from concerted.post.models import Letter

pytestmark = pytest.mark.django_db
OUT = "/account/logout/"


@pytest.fixture
def client(amal: Any) -> Client:
    """Signed in on a device that keeps something."""
    client, _answer = sign_in(amal.email)
    client.cookies[KEPT_COOKIE], client.cookies["django_language"] = "1", "en"
    return client


@pytest.mark.parametrize("ticked", [True, False])
def test_a_shared_device_is_remembered_for_the_session(amal: Any, ticked: bool) -> None:
    client = Client()
    form = {"login": amal.email, "password": PASSWORD} | ({"shared": "on"} if ticked else {})
    assert client.post("/account/login/", form).status_code == 302
    assert client.session[SHARED] is ticked
    client.post(OUT)
    assert SHARED not in client.session


def test_a_shared_device_is_remembered_by_code_too(amal: Any) -> None:
    client = Client()
    client.post("/account/login/code/", {"email": amal.email})
    found = re.search(r"\n\n(\S+)\n\n", Letter.objects.get().body)
    assert found is not None
    client.post("/account/login/code/confirm/", {"code": found.group(1), "shared": "on"})
    assert client.session["_auth_user_id"] == str(amal.pk)
    assert client.session[SHARED] is True


def test_the_tick_stands_beside_every_way_in(db: None) -> None:
    page = Client().get("/account/login/").content.decode()
    assert page.count('name="shared"') == 2, "password and passkey"


def test_signing_out_asks_before_steps_are_lost(client: Client, amal: Any) -> None:
    page = client.post(OUT)
    assert page.status_code == 200
    said = page.content.decode()
    assert "send them first" in said
    assert 'href="/learn/kept/?out=1"' in said
    assert "Clear-Site-Data" not in page.headers
    assert client.session["_auth_user_id"] == str(amal.pk)
    assert client.post(OUT, {"kept": "perhaps"}).status_code == 200


@pytest.mark.parametrize(("kept", "cleared"), [("sent", True), ("drop", True), ("stay", False)])
def test_signing_out_wipes_unless_it_is_somebody_elses(client: Client, kept: str, cleared: bool) -> None:
    answer = client.post(OUT, {"kept": kept})
    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    assert ('"storage"' in answer.headers["Clear-Site-Data"]) is cleared
    assert (KEPT_COOKIE in answer.cookies) is cleared


def test_without_anything_kept_nothing_is_asked(amal: Any) -> None:
    client, _answer = sign_in(amal.email)
    assert client.post(OUT).status_code == 302


def test_sign_out_everywhere_asks_too_and_ends_the_others_at_once(client: Client, amal: Any) -> None:
    sign_in(amal.email)
    assert UserSession.objects.filter(user=amal).count() == 2
    answer = client.post("/account/sessions/", {"end": "all"})
    assert answer.headers["Location"] == OUT
    assert "Clear-Site-Data" not in answer.headers
    assert UserSession.objects.filter(user=amal).count() == 1
    assert client.session["_auth_user_id"] == str(amal.pk)


def test_whoever_left_without_a_line_is_wiped_at_the_first_answer(client: Client) -> None:
    client.cookies["left"] = "1"
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[KEPT_COOKIE]["max-age"] == 0
