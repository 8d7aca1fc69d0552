"""What every view wears: which row of the access table it stands on, and whether it may write.

A view without one of these marks fails a test, and so does a route whose row is not in the table.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect

from concerted.kit import access

View = Callable[..., HttpResponseBase]
_HARMLESS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE", "EXPLAIN")
#: Characters that hold the first word of a statement.
_FIRST_WORD = max(map(len, _HARMLESS))


class Request(HttpRequest):
    """What a guarded view is given: who asks is known, and whether she took her second step."""

    user: Any
    second_step_done: bool


class WriteInRead(RuntimeError):
    """A page declared read-only tried to change the database."""


def _only_reads(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    # Only the first word is looked at: a statement may be several thousand characters long.
    if not sql.lstrip("( \n")[:_FIRST_WORD].upper().startswith(_HARMLESS):
        raise WriteInRead(f"A page that reads tried to run: {sql[:80]}")
    return execute(sql, params, many, context)


def after_answer(request: HttpRequest, act: Callable[[], None]) -> None:
    """Have one small write (a mark of reading) done once the answer of a reading page is built."""
    request.__dict__.setdefault("_after_answer", []).append(act)


def _read(view: View, request: HttpRequest, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
    with connection.execute_wrapper(_only_reads):
        answer = view(request, *args, **kwargs)
    for act in request.__dict__.pop("_after_answer", ()):
        act()
    return answer


def _door(request: HttpRequest, line: access.Row, verb: str) -> HttpResponseBase | None:
    """None when she may enter; else where she is sent: to sign in, to her second step, or to "not found"."""
    if access.may(request.user, verb, line):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    # Roles sleep until the second step is taken: they open nothing, and lead there instead.
    asleep = getattr(request.user, "waiting_roles", ())
    if any(verb in grant.verbs for held in asleep for grant in access.grants_of(line, held)):
        return redirect(settings.CONCERTED_SECOND_STEP_URL)
    raise Http404


def _guard(line: access.Row, verb: str, methods: tuple[str, ...]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            sent_elsewhere = _door(request, line, verb)
            if sent_elsewhere is not None:
                return sent_elsewhere
            if request.method in ("GET", "HEAD"):
                return _read(view, request, args, kwargs)
            return view(request, *args, **kwargs)

        guarded.access = (line, verb)  # type: ignore[attr-defined]
        guarded.methods = methods  # type: ignore[attr-defined]
        return guarded

    return decorate


def reads(line: access.Row, verb: str = "R") -> Callable[[View], View]:
    """A page that reads: GET only, its own queries are SELECTs, and `verb` on `line` opens the door."""
    return _guard(line, verb, ("GET", "HEAD"))


def writes(line: access.Row, verb: str) -> Callable[[View], View]:
    """A page with a form: GET shows it and may only read, POST makes one write call; `verb` on `line` opens it."""
    return _guard(line, verb, ("GET", "HEAD", "POST"))


def open_to_all(why: str, *, methods: tuple[str, ...] = ("GET", "HEAD", "POST")) -> Callable[[View], View]:
    """A page anybody may open, with the reason why."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if request.method in ("GET", "HEAD"):
                return _read(view, request, args, kwargs)
            return view(request, *args, **kwargs)

        guarded.access = why  # type: ignore[attr-defined]
        return guarded

    return decorate
