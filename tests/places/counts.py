"""Monthly counts of a territory."""

from concerted.directory.models import Person
from tests.places.place import Place
from tests.world import World


def counted_place(world: World, scope: str, actor: Person | None) -> Place:
    """Numbers as others see them are for all who plan."""
    at = world.agency_in(scope).territory
    return {"pk": at.pk}, None


def counting_place(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope).territory
    return {"pk": at.pk, "month": "2026-03", "service": "helpline"}, at


def counts_as_file(world: World, scope: str, actor: Person | None) -> Place:
    return {"kind": "json"}, None
