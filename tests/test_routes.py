"""Every route stands on the access table, and every cell of the table answers over HTTP as it says."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.module_loading import import_string

from concerted.accounts.foreign_views import FOREIGN_VIEWS
from concerted.kit import access
from concerted.kit.access import ROLES, TABLE, Row
from concerted.kit.tests.stored import changed, stored
from tests.places import PLACES
from tests.world import SCOPES, World, sign_in

#: Where those are sent who may not enter yet: to sign in, and to the second step.
DOORS = {resolve_url(settings.LOGIN_URL), resolve_url(settings.CONCERTED_SECOND_STEP_URL)}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(full name, pattern) of every route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry, prefix + space)
        else:
            yield f"{prefix}{entry.name}", entry


def guarded() -> dict[str, tuple[Row, str]]:
    """Routes that stand on a row of the table."""
    found = {name: getattr(pattern.callback, "access", None) for name, pattern in routes()}
    return {name: mark for name, mark in found.items() if isinstance(mark, tuple)}


def test_every_route_is_in_the_table() -> None:
    missing = [
        name
        for name, pattern in routes()
        if getattr(pattern.callback, "access", None) is None and name not in FOREIGN_VIEWS
    ]
    assert missing == []
    for name, (line, verb) in guarded().items():
        assert TABLE[line.name] is line
        assert any(verb in grant.verbs for grants in line.cells.values() for grant in grants), name


def test_every_guarded_route_has_a_place() -> None:
    assert set(guarded()) - set(PLACES) == set(), "write where its objects stand in tests/places/"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PLACES))
def test_every_cell_over_http(name: str) -> None:
    """Twelve roles times four scopes: whoever the table lets in gets the page, everybody else "not found"."""
    line, verb = guarded()[name]
    world = World()
    wrong = []
    for role in ROLES:
        actor = world.actors[role]
        client = sign_in(Client(), actor) if actor else Client()
        for scope, kwargs, obj in in_each_scope(name, world, actor):
            if actor:
                actor.__dict__.pop("held_roles", None)
            asker: Any = actor if actor else None
            allowed = access.may(asker, verb, line, obj)
            answer = client.get(reverse(name, kwargs=kwargs))
            if answer.streaming:
                list(answer)  # read to its end, which closes the file
            if not fits(answer, allowed, signed_in=actor is not None):
                wrong.append((role, scope, "allowed" if allowed else "refused", answer.status_code))
    assert wrong == []


def in_each_scope(name: str, world: World, actor: Any) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The objects of a route in every scope, each once: a page without an object is the same page in all four."""
    asked: set[Any] = set()
    for scope in SCOPES:
        kwargs, obj = PLACES[name](world, scope, actor)
        about = None if obj is None else (type(obj), getattr(obj, "pk", None) or id(obj))
        question = (*sorted(kwargs.items()), about)
        if question not in asked:
            asked.add(question)
            yield scope, kwargs, obj


def fits(answer: Any, allowed: bool, *, signed_in: bool) -> bool:
    """Whether an answer is what the table promises: let in, or "not found", or for a visitor the way to the door."""
    to_the_door = urlsplit(answer.headers.get("Location", "")).path in DOORS
    if allowed:
        # 410 is how a link by letter answers once it ran out, or was used.
        return answer.status_code in (200, 302, 303, 405, 410) and not to_the_door
    if not signed_in:
        return answer.status_code == 302 and to_the_door
    return answer.status_code in (404, 410)


def writing() -> list[str]:
    """Guarded routes that take a form."""
    takes = {name: getattr(pattern.callback, "methods", ()) for name, pattern in routes()}
    return sorted(name for name in guarded() if "POST" in takes[name])


@pytest.mark.django_db
@pytest.mark.parametrize("name", writing())
def test_every_cell_by_post(name: str) -> None:
    """Whoever the table keeps out gets "not found" for a forged form too, and nothing stored has changed.

    Whoever it lets in is answered with the faults of an empty form, or it does what a bare press does: never "not
    found". Each of these presses is undone, so that the first to close an agency does not answer for the others.
    """
    line, verb = guarded()[name]
    world = World()
    clients = {role: sign_in(Client(), actor) if actor else Client() for role, actor in world.actors.items()}
    asked = [(role, *one) for role in ROLES for one in in_each_scope(name, world, world.actors[role])]
    before, wrong, let_in = stored(), [], []
    for role, scope, kwargs, obj in asked:
        actor: Any = world.actors[role]
        if actor:
            actor.__dict__.pop("held_roles", None)
        if access.may(actor, verb, line, obj):
            let_in.append((role, scope, kwargs))
            continue
        answer = clients[role].post(reverse(name, kwargs=kwargs), FORGED)
        if not fits(answer, False, signed_in=actor is not None):
            wrong.append((role, scope, "refused", answer.status_code))
    assert changed(before) == []
    assert let_in, "nobody may: the place of this route is wrong, or its row is"
    for role, scope, kwargs in let_in:
        with undone():
            answer = clients[role].post(reverse(name, kwargs=kwargs))
        if not fits(answer, True, signed_in=world.actors[role] is not None):
            wrong.append((role, scope, "allowed", answer.status_code))
    assert wrong == []


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever is stored inside, and what is remembered of it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()


#: Fields many forms have, as somebody would forge them.
FORGED = {"accept": "yes", "reason": "x", "name": "x", "do": "on", "go": "1"}


#: Pairs of the table that no route of their own asks, and what asks them instead.
ASKED_WITHIN = {
    ("draft of a scenario", "C"): "begin_draft; the page of scenarios asks R",
    ("glossary", "D"): "take_out, from the page of an entry that asks U",
    ("draft of a text", "C"): "edit_section keeps one draft a part; its page asks U",
    ("staff of an agency", "R"): "the agency's page lists them, filtered",
    ("staff of an agency", "U"): "services of people and positions",
    ("one's own staff member", "R"): "people_shown_to",
    ("position", "R"): "a person's page shows them, filtered",
    ("staffing: posts and who is meant to hold them", "C"): "set_establishment; its page asks U",
    ("staffing: posts and who is meant to hold them", "E"): "the agency's page",
    ("staffing: posts and who is meant to hold them", "R"): "the agency's page",
    ("import", "R"): "the page of imports asks C and lists her own files",
    ("request to join an agency", "R"): "the page of the door lists them, filtered",
    ("training record of one person", "X"): "her own record as a file, which has no object",
    ("evidence of training", "R"): "shown with the training record, on its row",
    ("evidence of training outside", "U"): "decide_claim, from the page that asks R",
    ("exemption", "R"): "the page of exemptions asks C and lists within reach",
    ("fact about a territory", "R"): "shown with its readiness",
    ("signature of an authority", "C"): "sign_statement, from the page that asks U of the statement",
    ("signature of the national level", "C"): "sign_statement, from the page that asks U of the statement",
    ("audit trail", "X"): "no file of the trail yet",
    ("content pack", "C"): "packs are loaded by a command",
}
#: Rows where a second person confirms, and the service that sees to it.
SECOND = {
    "module from a document": "concerted.training.services.decide_module",
    "questions from a file": "concerted.practice.services.decide_questions",
    "publishing of a text": "concerted.text.services.decide_text",
    "mandate": "concerted.capacity.services.confirm_mandate",
    "evidence of training": "concerted.capacity.services.decide_taking_back",
    "territory and agency": "concerted.directory.services.confirm_place",
    "accounts and roles": "concerted.directory.services.confirm_role",
}


def test_every_pair_of_the_table_is_asked_somewhere() -> None:
    asked = {(line.name, verb) for line, verb in guarded().values()}
    pairs = {
        (line.name, verb)
        for line in TABLE.values()
        for grants in line.cells.values()
        for grant in grants
        for verb in grant.verbs
    }
    assert pairs - asked == set(ASKED_WITHIN)


def test_a_second_person_is_promised_only_where_a_service_asks_for_one() -> None:
    promised = {
        line.name for line in TABLE.values() for grants in line.cells.values() for grant in grants if grant.second
    }
    assert promised == set(SECOND)
    for path in SECOND.values():
        assert callable(import_string(path))
