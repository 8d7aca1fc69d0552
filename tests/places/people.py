"""People, agencies and territories, and what is asked of them."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from concerted.accounts.models import AddressChange, JoinCode, JoinRequest, ProgramKey
from concerted.accounts.queries import hash_of
from concerted.capacity.models import OutsideClaim
from concerted.capacity.tests.factories import achieve
from concerted.directory.models import EnteredAddress, Group, ImportFile, Membership, Person, ProposedPlace
from concerted.directory.tests.factories import grant_role, make_audience, make_person, make_position, make_profession
from concerted.jobs.models import Progress
from concerted.post.models import Notice
from tests.places.place import Place
from tests.world import TODAY, World


def person(world: World, scope: str, actor: Person | None) -> Place:
    about = world.person_in(scope, actor)
    return {"public": about.public}, about


def two_entries(world: World, scope: str, actor: Person | None) -> Place:
    """Somebody, and another entry at the same agency."""
    about = world.person_in(scope, actor)
    twin, _made = Person.objects.get_or_create(
        email=f"twin-{scope}@example.org", defaults={"name": f"Person {about.pk}"}
    )
    if not twin.positions.exists():
        make_position(twin, world.agency_in(scope))
    return {"public": about.public, "other": twin.public}, about


def agency(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope)
    return {"pk": at.pk}, at


def agency_by_name(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope)
    return {"public": at.public}, at


def place_of_agency(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope)
    return {"pk": at.territory_id}, at.territory


def position(world: World, scope: str, actor: Person | None) -> Place:
    held = world.person_in(scope, actor).positions.get()
    return {"pk": held.pk}, held


def audience(world: World, scope: str, actor: Person | None) -> Place:
    version = make_audience()
    kept = version.audience
    kept.scope_kind, kept.scope_id = "agency", world.agency_in(scope).pk
    kept.save()
    return {"pk": kept.pk}, kept


def place_that_waits(world: World, scope: str, actor: Person | None) -> Place:
    held, _made = ProposedPlace.objects.get_or_create(
        kind="territory",
        name="Next",
        territory=world.agency_in(scope).territory,
        defaults={"by": world.colleague, "at": timezone.now()},
    )
    return {"pk": held.pk}, held


def role_of_agency(world: World, scope: str, actor: Person | None) -> Place:
    given = grant_role(make_person(), "supervisor", world.agency_in(scope))
    return {"pk": given.pk}, given


def group_of(world: World, scope: str, actor: Person | None) -> Place:
    """Her own is one she is in; the agency's is one the trainer trains, in the region; the other's lies far away."""
    at = world.far if scope == "other" else world.agency.territory
    group, _made = Group.objects.get_or_create(name=scope, kind="cohort", territory=at)
    within = [actor or world.colleague] if scope == "own" else [world.person_in(scope, actor)]
    for person in within:
        Membership.objects.get_or_create(group=group, person=person, until=None, defaults={"since": TODAY})
    trainer = world.actors["trainer"]
    if scope == "agency" and trainer is not None and not trainer.roles.filter(scope_kind="group").exists():
        grant_role(trainer, "trainer", group)
    if actor is not None:
        actor.__dict__.pop("member_of", None)
    return {"public": group.public}, group


def member_to_be(world: World, scope: str, actor: Person | None) -> Place:
    kwargs, group = group_of(world, scope, actor)
    # Whom she may find decides whom she may add; whoever finds anybody finds who works in the region.
    return kwargs | {"person": world.colleague.public}, Membership(group=group, person=Person())


def membership(world: World, scope: str, actor: Person | None) -> Place:
    _kwargs, group = group_of(world, scope, actor)
    held = group.memberships.get(person=world.person_in(scope, actor))
    return {"pk": held.pk}, held


def somebody(world: World, scope: str, actor: Person | None) -> Place:
    # Whom she may find decides which role she may give; the door is the same for everybody she finds.
    return {"public": world.colleague.public}, None


def file_of(world: World, scope: str, actor: Person | None) -> Place:
    # Whoever may import sees her own files only.
    checked = {"create": 1, "change": 0, "skip": 0, "errors": []}
    kept = ImportFile.objects.create(kind="people", by=actor or world.colleague, at=timezone.now(), checked=checked)
    return {"public": kept.public}, kept


def evidence(world: World, scope: str, actor: Person | None) -> Place:
    about = world.person_in(scope, actor)
    fact = achieve(about, world.credential, TODAY - timedelta(days=30))
    return {"public": about.public, "pk": fact.pk}, about


def mandate(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": world.mandate.code}, None


def proposal(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": world.mandate.code, "no": 1}, world.mandate.versions.get(no=1)


def claim_for_agency(world: World, scope: str, actor: Person | None) -> Place:
    about, at = world.person_in(scope, actor), world.agency_in(scope)
    # The form is for an agency's staff: only those who keep it stand behind this page, not the person herself.
    return {"pk": at.pk}, OutsideClaim(person=about if scope != "own" else world.colleague, agency=at)


def claim_with_proof(world: World, scope: str, actor: Person | None) -> Place:
    about, at = world.person_in(scope, actor), world.agency_in(scope)
    facts = {"person": about, "agency": at, "achieved_on": TODAY, "title": f"Course {uuid.uuid4().int}"}
    facts |= {"provider": "Ministry", "by": about, "at": timezone.now()}
    claim = OutsideClaim.objects.create(**facts, proof=ContentFile(b"%PDF-1.7", "x.pdf"))
    return {"pk": claim.pk}, claim


def ask_agency(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope)
    return {"public": at.public}, JoinRequest(person=actor or world.colleague, agency=at)


def new_address(world: World, scope: str, actor: Person | None) -> Place:
    secret = uuid.uuid4().hex
    change = AddressChange.objects.create(
        person=world.person_in(scope, actor),
        email=f"{secret}@example.org",
        secret_hash=hash_of(secret),
        at=timezone.now(),
        until=timezone.now() + timedelta(days=1),
    )
    return {"secret": secret}, change.person


def program_key(world: World, scope: str, actor: Person | None) -> Place:
    """Somebody's key; nobody else may end it."""
    facts = {"name": f"Course {uuid.uuid4().int}", "prefix": "ck_", "digest": uuid.uuid4().hex, "at": timezone.now()}
    whose = world.person_in(scope, actor)
    key = ProgramKey.objects.create(person=whose, until=TODAY + timedelta(days=9), **facts)
    return {"pk": key.pk}, key


def entry_under_address(world: World, scope: str, actor: Person | None) -> Place:
    """Another's entry under the address of who is asked; whoever else answers for her finds nothing."""
    about = world.person_in(scope, actor)
    kept = EnteredAddress.objects.create(
        person=make_person(email=""), email=about.email or "", by=world.colleague, at=timezone.now()
    )
    return {"pk": kept.pk}, about


def code_of_agency(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope)
    code = JoinCode.objects.create(
        agency=at, code=uuid.uuid4().hex[:10], until=TODAY + timedelta(days=3), by=world.colleague
    )
    return {"public": at.public, "code_id": code.pk}, code


def request_to_join(world: World, scope: str, actor: Person | None) -> Place:
    at = world.agency_in(scope)
    asked, _made = JoinRequest.objects.get_or_create(
        person=world.stranger,
        agency=at,
        profession=make_profession("nurse"),
        defaults={"since": TODAY, "at": timezone.now()},
    )
    return {"public": at.public, "request_id": asked.pk}, asked


def notice(world: World, scope: str, actor: Person | None) -> Place:
    line = Notice.objects.create(person=world.person_in(scope, actor), kind="test", at=timezone.now())
    return {"pk": line.pk}, line


def progress(world: World, scope: str, actor: Person | None) -> Place:
    work = Progress.objects.create(
        public=uuid.uuid4(),
        owner_id=world.person_in(scope, actor).pk,
        title="Import",
        total=1,
        back="/",
        started_at=timezone.now(),
    )
    return {"public": work.public}, work


def sector_of_country(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": world.agency.sector.code}, None


def profession_of_country(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": make_profession().code}, None
