"""A small case study of two steps for two sectors, and groups that work on it."""

from typing import Any

from django.utils import timezone

from concerted.directory.models import Person, Sector
from concerted.practice.models import Case, CaseGroup, CaseMember
from concerted.practice.rules import CaseShape, CaseStep, CaseText
from concerted.practice.services import publish_case
from concerted.text.rules import SectionText

ASKED = ("shared", "health", "police")
SHAPE = CaseShape(
    (
        CaseStep("monday", 10, ("ward-note",), "monday-questions", ASKED, "monday-model"),
        CaseStep("tuesday", 10, ("desk-note",), "tuesday-questions", ASKED, "tuesday-model"),
    ),
    {"timeline": "knew", "account": "account", "variants": "law", "notes": "lead"},
)
_WORDS = {
    "title": ("title", "", "Two doors"),
    "summary": ("summary", "", "Two offices, one woman."),
    "note": ("note", "", "A hard topic. Help for you: {svc.staff-help}"),
    "aim-1": ("aim", "", "say what is still open"),
    "knew": ("timeline", "What each knew", "| When | Who |\n|---|---|\n| Mon | Ward |"),
    "account": ("account", "Her own account", "Somebody picked up."),
    "law": ("variants", "Where the law differs", "- A duty exists. {law.share}"),
    "lead": ("notes", "For who leads", "Nobody looks for a culprit."),
}


def sector_named(code: str) -> Sector:
    """A sector of the response."""
    return Sector.objects.get_or_create(code=code, defaults={"names": {"en": code.capitalize()}})[0]


def publish_small_case(code: str = "two-doors") -> Case:
    """Two steps; health and police are asked."""
    for sector in ASKED[1:]:
        sector_named(sector)
    sections = [SectionText(key, words, kind, title) for key, (kind, title, words) in _WORDS.items()]
    for step, document in (("monday", "ward-note"), ("tuesday", "desk-note")):
        sections += [
            SectionText(step, "", "step", step.capitalize()),
            SectionText(document, f"What {document} says. {{law.share}}", "document", document),
            *(SectionText(f"{step}-questions.{one}", f"What of {one} on {step}?", "question") for one in ASKED),
            SectionText(f"{step}-model", f"The model answer of {step}.", "model", "Model answer"),
        ]
    text = CaseText(code, tuple(sections), SHAPE, 20, ASKED[1:])
    return publish_case(text, at=timezone.now()).case


def make_case_group(leader: Person, members: dict[Any, str], case: Case | None = None, **facts: Any) -> CaseGroup:
    """A group that `leader` leads; `members`: person -> the code of the sector she answers for, or empty."""
    case = case or publish_small_case()
    now = timezone.now()
    facts = {"name": "Mixed"} | facts
    group = CaseGroup.objects.create(case=case, version=case.published, leader=leader, opened_at=now, **facts)
    for person, code in members.items():
        CaseMember.objects.create(
            group=group, person=person, sector=sector_named(code) if code else None, joined_at=now
        )
    return group
