"""Where the objects of every guarded route stand: route name -> the arguments of its address and the object behind it.

A page without an object of its own (a list, a form) answers with None: the door alone decides.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from concerted.accounts.models import AddressChange, JoinCode, JoinRequest
from concerted.accounts.queries import hash_of
from concerted.capacity.models import OutsideClaim
from concerted.capacity.tests.factories import achieve
from concerted.directory.models import Group, ImportFile, Membership, Person, ProposedPlace
from concerted.directory.tests.factories import grant_role, make_audience, make_person, make_profession
from concerted.jobs.models import Progress
from concerted.packs.tests.scripts import draft_of
from concerted.post.models import Notice
from concerted.practice.models import BankProposal, CaseAnswer, CaseGroup
from concerted.text.models import ContentLanguage, GlossaryEntry, Translator
from concerted.training.models import ModuleProposal
from concerted.training.services import start_exam, start_quiz, start_scenario
from concerted.training.tests.case_factories import make_case_group, publish_small_case
from concerted.training.tests.factories import publish_small_bank, publish_small_exam, publish_small_scenario
from tests.world import TODAY, World

Place = tuple[dict[str, Any], Any]
Maker = Callable[[World, str, Person | None], Place]


def nothing(world: World, scope: str, actor: Person | None) -> Place:
    """A page without an object."""
    return {}, None


def person(world: World, scope: str, actor: Person | None) -> Place:
    about = world.person_in(scope, actor)
    return {"public": about.public}, about


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


def module(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": world.module.code}, None


def book(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": world.module.code, "kind": "html"}, None


def scenario(world: World, scope: str, actor: Person | None) -> Place:
    """Hers is one she has begun; nobody else's can be asked for."""
    found = publish_small_scenario()
    if actor is not None:
        start_scenario(found, language="en", by=actor, at=timezone.now())
    return {"code": found.code}, None


def quiz(world: World, scope: str, actor: Person | None) -> Place:
    """Hers is one she has begun; nobody else's can be asked for."""
    found = publish_small_bank()
    if actor is not None:
        start_quiz(found, language="en", by=actor, at=timezone.now())
    return {"code": found.code}, None


def exam(world: World, scope: str, actor: Person | None) -> Place:
    """Hers is one she has begun; nobody else's can be asked for."""
    found = publish_small_exam()
    if actor is not None:
        start_exam(found, language="en", by=actor, at=timezone.now())
    return {"code": found.code}, None


def case(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": publish_small_case().code}, None


def _case_group(world: World, scope: str, actor: Person | None) -> CaseGroup:
    """Of her own scope she is in it and leads it; of others she is neither."""
    own = world.person_in(scope, actor)
    held = CaseGroup.objects.filter(leader=own).first()
    return held or make_case_group(own, {own: "health"}, name="own")


def case_group(world: World, scope: str, actor: Person | None) -> Place:
    group = _case_group(world, scope, actor)
    return {"public": group.public}, group


def case_step(world: World, scope: str, actor: Person | None) -> Place:
    group = _case_group(world, scope, actor)
    return {"public": group.public, "number": 1}, group


def case_answer(world: World, scope: str, actor: Person | None) -> Place:
    group, now = _case_group(world, scope, actor), timezone.now()
    question = "monday-questions.health"
    facts = {"text": "own", "at": now, "handed_in_at": now}
    CaseAnswer.objects.get_or_create(group=group, question=question, defaults=facts)
    return {"public": group.public, "question": question}, group


def unit(world: World, scope: str, actor: Person | None) -> Place:
    first = world.module.units.order_by("pk").first()
    return {"code": world.module.code, "unit": first.code}, None


def certificate(world: World, scope: str, actor: Person | None) -> Place:
    paper = world.certificate_of(world.person_in(scope, actor))
    return {"code": paper.code}, paper


def pack_file(world: World, scope: str, actor: Person | None) -> Place:
    folder = Path(settings.MEDIA_ROOT) / "packs" / "sample"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sheet.txt").write_text("A sheet.")
    return {"pack": "sample", "name": "sheet.txt"}, None


def module_from_document(world: World, scope: str, actor: Person | None) -> Place:
    """One that waits: before that only whoever brought it sees it."""
    title = {"key": "title", "markdown": "Unit", "kind": "title", "title": "", "data": {}}
    facts = {"title": "Brought", "code": "brought", "summary": "About it.", "aims": ["ask"], "asked_at": timezone.now()}
    facts |= {"units": [{"code": "", "minutes": 1, "sections": [title]}], "language": "en", "at": timezone.now()}
    held, _made = ModuleProposal.objects.get_or_create(by=world.colleague, digest="1", defaults=facts)
    return {"public": held.public}, None


def questions_brought(world: World, scope: str, actor: Person | None) -> Place:
    """Questions that wait: before that only whoever brought them sees them."""
    asked = {"key": "one", "markdown": "What?", "kind": "question", "title": "One", "data": {"kind": "reflection"}}
    question = {"key": "one", "kind": "reflection", "aim": 0, "marking": {}, "sections": [asked]}
    facts = {"bank": "brought", "title": "Import", "language": "en", "questions": [question], "at": timezone.now()}
    facts |= {"told": {"create": 1, "change": 0, "skip": 0, "notes": []}, "asked_at": timezone.now()}
    held, _made = BankProposal.objects.get_or_create(by=world.colleague, digest="1", defaults=facts)
    return {"public": held.public}, None


def bank_file(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": publish_small_bank().code, "form": "gift"}, None


def scenario_along(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": publish_small_scenario().code, "kind": "twee"}, None


def script(world: World, scope: str, actor: Person | None) -> Place:
    return {"public": draft_of(world.colleague).public}, None


def script_passage(world: World, scope: str, actor: Person | None) -> Place:
    return {"public": draft_of(world.colleague).public, "key": "room"}, None


def slot(world: World, scope: str, actor: Person | None) -> Place:
    return {"slot": "svc.helpline"}, None


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


PLACES: dict[str, Maker] = {
    "desks:desk": nothing,
    "desks:mine": nothing,
    "setup:index": nothing,
    "setup:languages": nothing,
    "setup:sectors": nothing,
    "setup:territories": nothing,
    "setup:first": nothing,
    "setup:mail": nothing,
    "training:index": nothing,
    "training:slots": nothing,
    "training:slot": slot,
    "training:record": nothing,
    "training:record_file": nothing,
    "training:transcript": nothing,
    "training:transcript_file": nothing,
    "training:take_along": nothing,
    "training:certificate": certificate,
    "training:badge": certificate,
    "training:switch": certificate,
    "training:revoke": certificate,
    "training:file": pack_file,
    "training:module": module,
    "training:scenarios": nothing,
    "training:scenario": scenario,
    "training:scenario_start": scenario,
    "training:play": scenario,
    "training:parting": scenario,
    "training:case_file": nothing,
    "training:cases": nothing,
    "training:case": case,
    "training:case_start": case,
    "training:case_open": case,
    "training:case_group": case_group,
    "training:case_seat": case_group,
    "training:case_step": case_step,
    "training:case_lead": case_group,
    "training:case_release": case_group,
    "training:case_people": case_group,
    "training:case_comment": case_answer,
    "training:questions": nothing,
    "training:quiz": quiz,
    "training:start_quiz": quiz,
    "training:ask_quiz": quiz,
    "training:exam": exam,
    "training:start_exam": exam,
    "training:ask_exam": exam,
    "training:book": book,
    "training:start": module,
    "training:unit": unit,
    "capacity:picture": nothing,
    "capacity:agency": agency,
    "capacity:group": group_of,
    "capacity:remind": agency,
    "capacity:overdue_file": agency,
    "capacity:person": person,
    "capacity:exempt": person,
    "capacity:exemptions": nothing,
    "capacity:records": nothing,
    "capacity:record": person,
    "capacity:take_back": evidence,
    "capacity:mandates": nothing,
    "capacity:mandate_new": nothing,
    "capacity:mandate": mandate,
    "capacity:mandate_next": mandate,
    "capacity:mandate_confirm": proposal,
    "capacity:mandate_withdraw": proposal,
    "capacity:claims": nothing,
    "capacity:claim_own": nothing,
    "capacity:claim": claim_for_agency,
    "capacity:claim_proof": claim_with_proof,
    "capacity:claim_file": claim_for_agency,
    "accounts:account": nothing,
    "accounts:details": nothing,
    "accounts:address": nothing,
    "accounts:take_address": new_address,
    "accounts:sessions": nothing,
    "accounts:where": nothing,
    "accounts:ask": ask_agency,
    "accounts:staff": nothing,
    "accounts:doors": agency_by_name,
    "accounts:invite": agency_by_name,
    "accounts:make_code": agency_by_name,
    "accounts:end_code": code_of_agency,
    "accounts:answer": request_to_join,
    "directory:agencies": nothing,
    "directory:agency_add": nothing,
    "directory:agency": agency_by_name,
    "directory:posts": agency_by_name,
    "directory:agency_close": agency_by_name,
    "directory:agency_reopen": agency_by_name,
    "directory:person_add": agency_by_name,
    "directory:person": person,
    "directory:person_change": person,
    "directory:position_end": position,
    "directory:territories": nothing,
    "directory:territory_add": nothing,
    "directory:territory": place_of_agency,
    "directory:population": place_of_agency,
    "directory:territory_move": place_of_agency,
    "directory:audiences": nothing,
    "directory:audience_add": nothing,
    "directory:audience": audience,
    "directory:audience_change": audience,
    "directory:groups": nothing,
    "directory:group_add": nothing,
    "directory:group": group_of,
    "directory:group_member": member_to_be,
    "directory:group_close": group_of,
    "directory:membership_end": membership,
    "directory:roles": nothing,
    "directory:role_give": somebody,
    "directory:waiting": nothing,
    "directory:place_confirm": place_that_waits,
    "directory:place_withdraw": place_that_waits,
    "directory:role_confirm": role_of_agency,
    "directory:role_end": role_of_agency,
    "directory:imports": nothing,
    "directory:import": file_of,
    "packs:index": nothing,
    "packs:scripts": nothing,
    "packs:take_along": scenario_along,
    "packs:script": script,
    "packs:script_file": script,
    "packs:script_head": script,
    "packs:try_out": script,
    "packs:passage": script_passage,
    "packs:questions": nothing,
    "packs:brought": questions_brought,
    "packs:bank_file": bank_file,
    "packs:documents": nothing,
    "packs:document": module_from_document,
    "packs:decide": module_from_document,
    "packs:drop": module_from_document,
    "post:inbox": nothing,
    "post:read_all": nothing,
    "post:mail": nothing,
    "post:read": notice,
    "ledger:trail": nothing,
    "ledger:about_me": nothing,
    "jobs:progress": progress,
    "writing:index": nothing,
    "writing:document": text_written,
    "writing:propose": text_written,
    "writing:decide": text_written,
    "writing:section": part_written,
    "text:languages": nothing,
    "text:add_language": nothing,
    "text:choose": nothing,
    "text:language": language,
    "text:words": language,
    "text:add_words": language,
    "text:entry": entry_in_language,
    "text:exchange": language,
    "text:exchange_file": file_in_language,
    "text:translators": language,
    "text:remove_translator": translator,
    "text:document": text_in_language,
    "text:preview": text_in_language,
    "text:tested": text_in_language,
    "text:section": part_in_language,
    "text:review": part_in_language,
}
