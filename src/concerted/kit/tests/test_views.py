"""Leaving, choosing a language, and the pages of the kit itself."""

import logging
import re

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

pytestmark = pytest.mark.django_db
OFF_SITE = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "https:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/x\r\nLocation: https://evil.example",
    "evil.example",
    "?x",
    "ftp://evil.example",
    "http://testserver@evil.example/",
    "/\x00/evil.example",
    "",
]


def signed_in(client: Client, settings: object) -> str:
    session = SessionStore()
    session["x"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key  # type: ignore[attr-defined]
    return str(session.session_key)


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_ends_the_session_and_goes_to_the_neutral_page(method: str, client: Client, settings: object) -> None:
    key = signed_in(client, settings)
    response = getattr(client, method)("/leave/")
    assert response.status_code == 303
    assert response["Location"] == settings.CONCERTED_EXIT_URL  # type: ignore[attr-defined]
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response["Cache-Control"] == "no-store"
    assert not SessionStore().exists(key)
    assert response.cookies[settings.SESSION_COOKIE_NAME].value == ""  # type: ignore[attr-defined]


def test_leaving_expires_every_cookie(client: Client) -> None:
    client.cookies["left"] = "1"
    client.cookies["django_language"] = "ar"
    response = client.get("/leave/")
    for name in ("left", "django_language"):
        assert response.cookies[name].value == ""


def test_leaving_needs_no_token() -> None:
    assert Client(enforce_csrf_checks=True).post("/leave/").status_code == 303


def test_leaving_is_not_written_down(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/leave/")
        client.post("/leave/")
    assert not caplog.records


def test_a_language_is_remembered_on_the_device(client: Client, settings: object) -> None:
    response = client.post("/language/", {"language": "ar", "next": "/parts/?q=1"})
    assert response.status_code == 303
    assert response["Location"] == "/parts/?q=1"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "ar"  # type: ignore[attr-defined]


def test_an_unknown_language_changes_nothing(client: Client, settings: object) -> None:
    response = client.post("/language/", {"language": "xx", "next": "/parts/"})
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", OFF_SITE)
def test_nobody_is_sent_off_site(client: Client, address: str) -> None:
    response = client.post("/language/", {"language": "ar", "next": address})
    assert response["Location"] == "/"


def test_the_language_is_chosen_by_a_form_only(client: Client) -> None:
    assert client.get("/language/").status_code == 405


def test_the_server_says_that_it_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert response.content == b"ok"


def test_the_drawing_in_the_tab(client: Client) -> None:
    assert client.get("/icon.svg")["Location"].startswith("/static/kit/icon")


def test_the_gallery_shows_leave_first(client: Client) -> None:
    html = client.get("/parts/").content.decode()
    body = html[html.index("<body") :]
    assert body.index('class="btn leave"') < body.index("<a ", body.index('class="btn leave"'))
    assert body.index("<a ") < body.index('class="skip"')
    assert "style=" not in html
    assert "<script>" not in html
    assert not re.search(r"<[^>]* on[a-z]+=", html)


def test_the_gallery_shows_a_form_with_its_errors(client: Client) -> None:
    html = client.post("/parts/", {}).content.decode()
    assert 'href="#id_how_0"' in html
