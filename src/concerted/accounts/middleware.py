"""What every request is told about the person who makes it."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from concerted.accounts import second_step

#: When she last did something, in the session. Written at most once a minute.
SEEN = "seen_at"
Answer = Callable[[HttpRequest], HttpResponse]


def _person(request: HttpRequest) -> Any:
    """The person of this session. Until the second step her roles sleep in `waiting_roles` and open nothing."""
    person: Any = get_user(request)
    person.waiting_roles = ()
    if person.is_authenticated and not second_step.is_taken(request, person) and person.held_roles:
        person.waiting_roles, person.held_roles = person.held_roles, ()
    return person


def _back_after_sign_in(request: HttpRequest) -> str:
    """To sign in, and from there to where she was: for a form, the page it stood on. What she typed is not kept."""
    back = request.get_full_path()
    if request.method == "POST":
        page = urlsplit(request.headers.get("Referer", ""))
        if page.netloc == request.get_host():
            back = page.path + (f"?{page.query}" if page.query else "")
    said = {REDIRECT_FIELD_NAME: back, "away": "2" if request.method == "POST" else "1"}
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode(said, safe='/')}"


class PersonMiddleware:
    """Puts roles to sleep until the second step, and ends sessions nobody has used for a while."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        away = self._end_when_idle(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]
        request.second_step_done = SimpleLazyObject(lambda: not getattr(request.user, "waiting_roles", ()))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if away and response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL) + "?"):
            response.headers["Location"] = _back_after_sign_in(request)
        return response

    def _end_when_idle(self, request: HttpRequest) -> bool:
        if SESSION_KEY not in request.session:
            return False
        now = int(time.time())
        idle = now - request.session.get(SEEN, now)
        if idle > settings.CONCERTED_IDLE_MINUTES * 60:
            request.session.flush()
            return True
        if SEEN not in request.session or not -60 < idle < 60:
            request.session[SEEN] = now
        return False
