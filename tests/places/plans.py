"""Plans: those that were kept, and the files they begin from."""

from typing import Any

from django.utils import timezone

from concerted.capacity.models import TerritoryFact
from concerted.directory.models import Person
from concerted.planning.models import KeptPlan, PlanFunding
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


def _of_territory(world: World, scope: str) -> KeptPlan:
    facts = {"title": "own", "seed": 4, "engine": 1, "fingerprint": "", "by": world.colleague, "at": timezone.now()}
    return KeptPlan.objects.get_or_create(
        base="delegation", territory=world.agency_in(scope).territory, defaults=facts
    )[0]


def paid_for(world: World, scope: str, actor: Person | None) -> Place:
    """A plan of the territory in which money is promised for it."""
    held = _of_territory(world, scope)
    return {"public": held.public}, held.territory


def promised(world: World, scope: str, actor: Person | None) -> Place:
    held, today = _of_territory(world, scope), timezone.localdate()
    facts: dict[str, Any] = {"territory": held.territory, "source": "Fund", "by": world.colleague}
    found = PlanFunding.objects.filter(plan=held).first()
    if found is None:
        about = {"kind": "plan_funded", "about": "plan", "value": "90.0", "holds_from": today}
        fact = TerritoryFact.objects.create(**facts, **about, recorded_at=timezone.now())
        sums = {"amount": 9, "low": 1, "mid": 2, "high": 3, "currency": "ZMW", "year": 2026}
        found = PlanFunding.objects.create(
            plan=held, fact=fact, since=today, until=today, at=timezone.now(), **facts, **sums
        )
    return {"public": held.public, "funding": found.public}, held.territory
