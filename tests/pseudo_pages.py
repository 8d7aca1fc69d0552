"""Every page in the made-up language, and the words on it that are not said in it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from concerted.directory.models import Agency, Person, Profession, Sector, Territory
from concerted.directory.standard import SECTORS
from concerted.kit import access
from concerted.kit.access import ROLES
from concerted.kit.pseudo import BEGINS, CODES, ENDS
from tests.places import PLACES
from tests.test_routes import guarded
from tests.world import World, sign_in

#: What people write and no catalogue holds: names of what the places of the routes make, and of file formats.
CONTENT = re.compile(
    r"English|Français|Español|العربية|\b(?:qps|fr)\b|XLIFF|TMX|\bPO\b|GIFT|Moodle XML|Aiken|\bCSV\b"
    r"|(?:Person|Profession|Sector|Audience|Course)[- ]\d+|Nurse|Area|Country|Act 1, section 2|Ministry"
    r"|Run a local board|\bEUR\b"
    r"|^(?:own|Next|Import)\b|\S+@example\.org|http://localhost:8000/\S*|"
    # A table of their own holds these in every language; see directory/standard.py.
    + "|".join(re.escape(names[0]) for names in SECTORS.values())
)
#: What a reader sees or hears that stands in an attribute.
_SAID = ("title", "aria-label", "placeholder", "alt", "data-unsaved")
#: What is no prose; codes and addresses are the same in every language.
_UNSEEN = frozenset({"script", "style", "template", "code"})
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_WORD = re.compile(r"[^\W\d_]{2,}")


class Page(NamedTuple):
    """A page as one of those who may open it gets it."""

    name: str
    path: str
    html: str
    client: Client


def pages() -> Iterator[Page]:
    """One page for each guarded route that answers with one."""
    world = World()
    _rename(world)
    clients = {role: sign_in(Client(), actor) for role, actor in world.actors.items() if actor}
    for name in sorted(guarded()):
        role, kwargs = _reader(world, name)
        if role is None:
            continue
        path = reverse(name, kwargs=kwargs)
        answer: Any = clients[role].get(path)
        if answer.streaming:
            list(answer)  # read to its end, which closes the file
        elif _is_page(answer):
            yield Page(name, path, answer.content.decode(), clients[role])


def _rename(world: World) -> None:
    """Names that no word of the interface can hide behind, as "Author" could."""
    places = (*Agency.objects.all(), *Territory.objects.all(), *Profession.objects.all(), *Sector.objects.all())
    for row in (*places, *Person.objects.all(), world.credential, world.mandate):
        fields = {field.name for field in row._meta.concrete_fields}
        name = f"N {row.pk}"  # too short for a word
        said = {"name": name} if "name" in fields else {"names": {"en": name}}
        type(row)._default_manager.filter(pk=row.pk).update(**said)


def _is_page(answer: HttpResponse) -> bool:
    html = answer.status_code == 200 and "html" in answer["Content-Type"]
    return html and b"<html" in answer.content


def _reader(world: World, name: str) -> tuple[str | None, dict[str, Any]]:
    """A role that may open a route, and its address there."""
    line, verb = guarded()[name]
    for role in ROLES[1:]:
        kwargs, obj = PLACES[name](world, "own", world.actors[role])
        if access.may(world.actors[role], verb, line, obj):
            return role, kwargs
    return None, {}


def untranslated(html: str) -> list[str]:
    """The words of a page that stand outside the brackets of the made-up language.

    What is marked as another language is content, and so is not looked at.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.depth == 0, f"a bracket is lost, so nothing behind it was looked at: {reader.last}"
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0
        self.last = ""
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        content = tag in _UNSEEN or (given.get("lang") or "") not in ("", *CODES.values())
        hidden = content or any(self._open)
        if not hidden:
            self._look_at(given, tag)
        if tag not in _VOID:
            self._open.append(content)

    def _look_at(self, given: dict[str, str | None], tag: str) -> None:
        said = [given[name] or "" for name in _SAID if name in given]
        if tag == "input" and given.get("type") == "submit":
            said.append(given.get("value") or "")
        for words in said:
            held, self.depth = self.depth, 0
            self.handle_data(words)
            self.depth = held

    def handle_endtag(self, tag: str) -> None:
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if any(self._open):
            return
        outside = []
        for sign in data:
            if sign == BEGINS:
                self.depth, self.last = self.depth + 1, data.strip()
            elif sign == ENDS:
                self.depth -= 1
            elif self.depth == 0:
                outside.append(sign)
        words = " ".join("".join(outside).split())
        if _WORD.search(CONTENT.sub("", words)):
            self.found.append(words)
