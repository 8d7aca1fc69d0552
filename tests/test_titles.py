"""No title and no path tells what this site is about: they stay in the history of a device that others look at."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from concerted.directory.models import Agency, Person, Territory
from concerted.kit import access
from concerted.kit.access import ROLES
from tests.places import PLACES
from tests.test_routes import guarded, routes
from tests.world import World, sign_in

#: Parts of words, as titles in each language would have them.
TELLING = {
    "en": "violen surviv victim abus assault rape risk safe wellbeing well-being police court shelter gender women",
    "fr": "violen surviv victim abus agress viol risque sécurité bien-être police tribunal refuge genre femme",
    "es": "violen supervivi sobrevivi víctima abus agresi riesgo segur bienestar policía juzgado refugio acogida "
    "género mujer",
    "ar": "عنف ناجي ضحي اعتداء إساءة خطر مخاطر سلامة أمان رفاه شرطة محكمة مأوى إيواء نساء امرأة",
}
#: What names of agencies, people, modules and mandates are given here: a title that shows a name shows this.
NAMED = "violence"
#: Rooms whose titles still show a name, with what shows it. Take a line out when its page is put right.
STILL: dict[str, str] = {}


def title_of(page: str) -> str:
    return " ".join(re.findall(r"<title>(.*?)</title>", page, re.S)).strip()


def is_telling(text: str, language: str) -> bool:
    return any(word in text.lower() for word in [NAMED, *TELLING[language].split()])


def _rename(world: World) -> None:
    """Everything that has a name gets a telling one."""
    for row in (
        *Agency.objects.all(),
        *Territory.objects.all(),
        *Person.objects.all(),
        world.credential,
        world.mandate,
    ):
        fields = {field.name for field in row._meta.concrete_fields}
        said = {"name": f"{NAMED} {row.pk}"} if "name" in fields else {"names": {"en": NAMED}}
        type(row)._default_manager.filter(pk=row.pk).update(**said)


def _reader(world: World, name: str) -> tuple[str | None, dict[str, Any]]:
    """The address of a route, and a role that may open it."""
    line, verb = guarded()[name]
    for role in ROLES[1:]:
        actor = world.actors[role]
        kwargs, obj = PLACES[name](world, "own", actor)
        if access.may(actor, verb, line, obj):
            return role, kwargs
    return None, {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", sorted(TELLING))
def test_titles_tell_nothing(language: str) -> None:
    world = World()
    _rename(world)
    clients = {role: sign_in(Client(), actor) for role, actor in world.actors.items() if actor}
    told, seen = {}, 0
    for name in sorted(guarded()):
        role, kwargs = _reader(world, name)
        if role is None:
            continue
        answer = clients[role].get(reverse(name, kwargs=kwargs), headers={"accept-language": language})
        if answer.streaming:
            list(answer)
            continue
        title = title_of(answer.content.decode(errors="replace"))
        seen += bool(title)
        if is_telling(title, language) and name not in STILL:
            told[name] = title
    assert told == {}
    assert seen > 30, "most routes are pages"


@pytest.mark.django_db
@pytest.mark.parametrize("language", sorted(TELLING))
def test_titles_before_signing_in_tell_nothing(language: str) -> None:
    told = {}
    for name, _pattern in routes():
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue  # a letter's link, or one thing of somebody: no page to start from
        answer = Client().get(path, headers={"accept-language": language})
        if answer.streaming:
            list(answer)
            continue
        title = title_of(answer.content.decode(errors="replace"))
        if is_telling(title, language):
            told[name] = title
    assert told == {}


def test_paths_tell_nothing() -> None:
    paths = {name: str(pattern.pattern) for name, pattern in routes()}
    assert {name: path for name, path in paths.items() if is_telling(path, "en")} == {}
