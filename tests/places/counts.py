"""Monthly counts of a territory."""

from django.utils import timezone

from concerted.directory.models import Person
from concerted.planning import services
from concerted.planning.models import Count
from concerted.planning.queries.counts import last_whole_month
from concerted.planning.rules.counts import CountOf
from tests.places.place import Place
from tests.world import World


def counted_place(world: World, scope: str, actor: Person | None) -> Place:
    """Numbers as others see them are for all who plan."""
    at = world.agency_in(scope).territory
    return {"pk": at.pk}, None


def counting_place(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope).territory
    return {"pk": at.pk, "month": "2026-03", "service": "helpline"}, at


def counts_of_agency(world: World, scope: str, actor: Person | None) -> Place:
    agency = world.agency_in(scope)
    return {"public": agency.public}, agency


def counting_agency(world: World, scope: str, actor: Person | None) -> Place:
    """The factory's sectors are of one response only: their agencies count whatever they run."""
    agency = world.agency_in(scope)
    return {"public": agency.public, "month": "2026-03", "service": "helpline"}, agency


def counts_as_file(world: World, scope: str, actor: Person | None) -> Place:
    return {"kind": "json"}, None


def outlook_place(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope).territory
    if not Count.objects.filter(territory=at).exists():
        now = timezone.now()
        services.count_month(at, last_whole_month(now.date()), {CountOf("helpline", "contacts"): 20}, by=None, at=now)
    return {"pk": at.pk, "service": "helpline"}, None
