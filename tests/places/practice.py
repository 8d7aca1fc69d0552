"""What is learned and practised: modules, scenarios, questions, tests, case studies, and packs."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from concerted.directory.models import Person
from concerted.packs.tests.scripts import draft_of
from concerted.practice.models import BankProposal, CaseAnswer, CaseGroup, ConferenceTable, FollowUp
from concerted.training.models import ModuleProposal
from concerted.training.services import start_exam, start_quiz, start_scenario
from concerted.training.tests.case_factories import make_case_group, publish_small_case
from concerted.training.tests.factories import publish_small_bank, publish_small_exam, publish_small_scenario
from concerted.training.tests.table_factories import make_table, publish_small_conference
from tests.places.place import Place
from tests.world import World


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


def again(world: World, scope: str, actor: Person | None) -> Place:
    """Hers is one that is due; nobody else's can be asked for."""
    found = publish_small_exam()
    if actor is not None and not FollowUp.objects.filter(person=actor).exists():
        attempt = start_exam(found, language="en", by=actor, at=timezone.now())
        due = timezone.localdate()
        FollowUp.objects.create(person=actor, exam=found, after=attempt, months=3, due_on=due)
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


def conference(world: World, scope: str, actor: Person | None) -> Place:
    return {"code": publish_small_conference().code}, None


def table(world: World, scope: str, actor: Person | None) -> Place:
    """Of her own scope she opened it and sits at it; of others she does neither."""
    own = world.person_in(scope, actor)
    found = ConferenceTable.objects.filter(opened_by=own).first() or make_table(own, {"health": own})
    return {"key": found.key}, found


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
