"""Every route stands on the access table, and every cell of the table answers over HTTP as it says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from concerted.accounts.foreign_views import FOREIGN_VIEWS
from concerted.kit import access
from concerted.kit.access import ROLES, TABLE, Row
from tests.places import PLACES
from tests.world import SCOPES, World, sign_in


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
    assert set(guarded()) - set(PLACES) == set(), "write where its objects stand in tests/places.py"


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
        for scope in SCOPES:
            kwargs, obj = PLACES[name](world, scope, actor)
            if actor:
                actor.__dict__.pop("held_roles", None)
            asker: Any = actor if actor else None
            allowed = access.may(asker, verb, line, obj)
            answer = client.get(reverse(name, kwargs=kwargs))
            if answer.streaming:
                list(answer)  # read to its end, which closes the file
            status = answer.status_code
            if actor is None and not allowed:
                fits = status == 302
            else:
                # 410 is how a link by letter answers, whether it ran out, never was, or is another's.
                fits = status in ((200, 302, 303, 405) if allowed else (404, 410))
            if not fits:
                wrong.append((role, scope, "allowed" if allowed else "refused", status))
    assert wrong == []
