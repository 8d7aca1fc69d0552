"""No link leads nowhere, and no page stands where no link leads: each role walks through all she is shown."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from concerted.directory.models import Response
from concerted.kit.access import ROLES
from concerted.text.services import open_interface_languages
from tests.test_routes import routes
from tests.world import World, sign_in

SOURCES = Path(__file__).parents[1] / "src" / "concerted"
_HREF = re.compile(r'<a [^>]*?href="(/[^"#]*)')
#: Pages nobody follows a link of ours to: mail leads there, machines ask for them, or another page sends one on.
ALONE = {
    "accounts:confirm",
    "accounts:invitation",
    "accounts:take_address",
    "api:counts",
    "api:unknown",
    "kit:favicon",
    "kit:healthz",
    "kit:icon",
    "kit:parts",
    "training:issuer_keys",
}
#: Addresses that are put together from parts.
MADE = {
    "planning:values",
    "planning:workbook",
    "setup:languages",
    "training:misconceptions_profession",
    "training:misconceptions_sector",
}


def followed(client: Client, most: int = 2) -> dict[str, str]:
    """Every address she reaches by links from her first page, a few of each route, with the page that named it."""
    waiting, seen, of_route = [("/", "the address bar")], {}, {}
    while waiting:
        address, from_page = waiting.pop(0)
        route = resolve(address.partition("?")[0]).view_name
        if address in seen or of_route.get(route, 0) >= most or route == "kit:leave":
            continue
        of_route[route] = of_route.get(route, 0) + 1
        seen[address] = from_page
        answer = client.get(address)
        while answer.status_code in (301, 302):
            answer = client.get(answer["Location"])
        assert answer.status_code == 200, f"{from_page} leads to {address}, which answers {answer.status_code}"
        if answer.get("Content-Type", "").startswith("text/html"):
            waiting += [(unescape(href), address) for href in _HREF.findall(answer.content.decode())]
        elif answer.streaming:
            b"".join(answer)  # To the end, so that its file is closed.
    return seen


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_link_opens(role: str) -> None:
    Response.objects.update_or_create(pk=1, defaults={"set_up_at": timezone.now()})
    open_interface_languages()
    world, client = World(), Client()
    actor = world.actors[role]
    if actor is not None:
        sign_in(client, actor)
    seen = followed(client)
    assert len(seen) > (2 if role == "visitor" else 20), seen


def test_every_page_is_named_by_a_link() -> None:
    words = "".join(
        file.read_text()
        for kind in ("html", "py")
        for file in SOURCES.rglob(f"*.{kind}")
        if "tests" not in file.parts and not file.name.endswith("urls.py")
    )
    named = {name for name, _pattern in routes() if f'"{name}"' in words or f"'{name}'" in words}
    missing = {name for name, _pattern in routes() if name and not name.endswith("None")} - named - ALONE - MADE
    assert missing == set()
