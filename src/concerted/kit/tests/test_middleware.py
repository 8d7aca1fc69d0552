"""Two promises on every answer: nothing stays behind, and who left is signed out."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from concerted.kit import middleware


def answered(path: str, **headers: str) -> HttpResponse:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("x", headers=headers)

    return middleware.SafetyHeadersMiddleware(view)(RequestFactory().get(path))


def test_the_policy_is_closed_by_default() -> None:
    policy = answered("/x")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for part in ("script-src", "style-src", "img-src", "connect-src", "form-action"):
        assert f"{part} 'self'" in policy
    for part in ("base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_other_site_learns_where_she_came_from() -> None:
    # same-origin: no-referrer would turn the Origin of our own forms into "null", and every form would be refused.
    assert answered("/x")["Referrer-Policy"] == "same-origin"


def test_the_rest_of_the_headers() -> None:
    response = answered("/x")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("given", [{}, {"Cache-Control": "max-age=600"}])
def test_no_page_is_kept_by_the_browser(given: dict[str, str]) -> None:
    assert answered("/x", **given)["Cache-Control"] == "no-store"


def test_static_files_may_be_kept() -> None:
    assert answered("/static/kit/concerted.css", **{"Cache-Control": "max-age=600"})["Cache-Control"] == "max-age=600"


@pytest.mark.django_db
def test_the_first_request_after_leaving_finds_no_session(client: Client, settings: object) -> None:
    session = SessionStore()
    session["x"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key  # type: ignore[attr-defined]
    client.cookies["left"] = "1"
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(dict(request.session.items()))
        return HttpResponse("x")

    request = RequestFactory().get("/x")
    request.COOKIES["left"] = "1"
    request.session = SessionStore(session.session_key)
    response = middleware.LeftMiddleware(view)(request)
    assert seen == [{}]
    assert not SessionStore().exists(session.session_key)
    assert response.cookies["left"]["max-age"] == 0

    again = client.get("/healthz")
    assert again.cookies["left"].value == ""


@pytest.mark.django_db
def test_without_the_cookie_the_session_stays() -> None:
    session = SessionStore()
    session["x"] = 1
    session.save()
    request = RequestFactory().get("/x")
    request.session = SessionStore(session.session_key)
    response = middleware.LeftMiddleware(lambda r: HttpResponse("x"))(request)
    assert SessionStore().exists(session.session_key)
    assert "left" not in response.cookies
