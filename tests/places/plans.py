"""Plans: those that were kept, and the files they begin from."""

from django.utils import timezone

from concerted.directory.models import Person
from concerted.planning.models import KeptPlan
from tests.places.place import Place
from tests.world import World


def kept(world: World, scope: str, actor: Person | None) -> Place:
    facts = {"title": "own", "seed": 4, "engine": 1, "fingerprint": "", "by": world.colleague, "at": timezone.now()}
    held, _made = KeptPlan.objects.get_or_create(base="delegation", agency=world.agency_in(scope), defaults=facts)
    return {"public": held.public}, held


def example(world: World, scope: str, actor: Person | None) -> Place:
    return {"name": "delegation"}, None


def example_of_territory(world: World, scope: str, actor: Person | None) -> Place:
    return {"name": "delegation", "unit": "lake"}, None
