"""Whether an authority is ready, and what it is handed."""

from django.utils import timezone

from concerted.directory.models import Person
from concerted.planning.models import Delegation, Rating, Share, Statement
from concerted.planning.services import write_statement
from concerted.planning.tests.factories import delegate, moderate, national, publish_readiness, rate
from tests.places.place import Place
from tests.world import World


def authority(world: World, scope: str, actor: Person | None) -> Place:
    publish_readiness()
    at = world.agency_in(scope).territory
    if not Rating.objects.filter(territory=at, handed_in_at__isnull=False).exists():
        rate(at)
    return {"pk": at.pk}, at


def own_rating(world: World, scope: str, actor: Person | None) -> Place:
    """Hers is one she began; another's is nobody else's to go on with."""
    version = publish_readiness().published
    owner, at = world.person_in(scope, actor), world.agency_in(scope).territory
    found, _made = Rating.objects.get_or_create(
        territory=at,
        kind="own",
        by=owner,
        handed_in_at=None,
        instrument=version,
        defaults={"opened_at": timezone.now()},
    )
    return {"public": found.public}, found


def rated_item(world: World, scope: str, actor: Person | None) -> Place:
    address, found = own_rating(world, scope, actor)
    return address | {"key": "supervision"}, found


def duty(world: World, scope: str, actor: Person | None) -> Place:
    found = Delegation.objects.first() or delegate({world.agency.territory: 80_000, world.elsewhere.territory: 200_000})
    return {"public": found.public}, found


def duty_of_authority(world: World, scope: str, actor: Person | None) -> Place:
    address, found = duty(world, scope, actor)
    return address | {"pk": world.agency_in(scope).territory_id}, found


def statement(world: World, scope: str, actor: Person | None) -> Place:
    publish_readiness()
    _address, found = duty(world, scope, actor)
    share = Share.objects.get(delegation=found, territory=world.agency_in(scope).territory)
    held = Statement.objects.filter(share=share).first()
    if held is None:
        rate(share.territory)
        moderate(share.territory)
        held = write_statement(share, override="Ministry", by=national(), at=timezone.now())
    return {"public": held.public}, held
