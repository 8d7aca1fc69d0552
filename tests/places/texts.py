"""Words and their languages."""

from concerted.directory.models import Person
from concerted.text.models import ContentLanguage, GlossaryEntry, Translator
from tests.places.place import Place
from tests.world import World


def language(world: World, scope: str, actor: Person | None) -> Place:
    """Her own is one she translates into; into the others nobody does."""
    code = "fr" if scope == "own" else "es"
    into, _made = ContentLanguage.objects.get_or_create(code=code, defaults={"name": code})
    if scope == "own" and actor:
        Translator.objects.get_or_create(person=actor, language=into)
    return {"code": code}, into


def file_in_language(world: World, scope: str, actor: Person | None) -> Place:
    kwargs, into = language(world, scope, actor)
    return kwargs | {"kind": "po"}, into


def text_in_language(world: World, scope: str, actor: Person | None) -> Place:
    kwargs, into = language(world, scope, actor)
    return kwargs | {"public": world.module.units.get().document.public}, into


def entry_in_language(world: World, scope: str, actor: Person | None) -> Place:
    kwargs, into = language(world, scope, actor)
    entry, _made = GlossaryEntry.objects.get_or_create(
        language=into.pk, key=f"entry-{into.pk}", defaults={"pack": "one", "place": 0, "avoid": ["x"], "prefer": "y"}
    )
    return kwargs | {"key": entry.key}, into


def text_written(world: World, scope: str, actor: Person | None) -> Place:
    return {"public": world.module.units.get().document.public}, None


def part_written(world: World, scope: str, actor: Person | None) -> Place:
    return {"public": world.module.units.get().document.public, "key": "why"}, None


def part_in_language(world: World, scope: str, actor: Person | None) -> Place:
    kwargs, into = text_in_language(world, scope, actor)
    return kwargs | {"key": "why"}, into


def translator(world: World, scope: str, actor: Person | None) -> Place:
    kwargs, into = language(world, scope, actor)
    entry, _made = Translator.objects.get_or_create(person=world.colleague, language=into)
    return kwargs | {"pk": entry.pk}, into
