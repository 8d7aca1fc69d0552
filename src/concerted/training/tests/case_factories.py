"""A small case study of two steps for two sectors, and groups that work on it."""

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person, Sector
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_territory
from concerted.practice.models import Case, CaseAnswer, CaseGroup, CaseMember
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


class Sitter:
    """Somebody who works on a case study."""

    def __init__(self, name: str, sector: str = "") -> None:
        self.person: Person = make_person(name)
        self.client = Client()
        self.client.force_login(self.person)
        if sector:
            agency = make_agency(f"Agency of {name}", sector=sector_named(sector), territory=make_territory(name))
            make_position(self.person, agency)

    def read(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def write(self, path: str, **sent: Any) -> Any:
        """Send the form of a step as it stands on the page, with other words."""
        page = self.read(path)
        held = dict(re.findall(r'name="(seen-\w+|page)" value="([^"]*)"', page))
        sent = {name.replace("_", "-"): value for name, value in sent.items()}
        return self.client.post(path, held | sent)


class Table:
    """A group of two sectors, and its pages."""

    def __init__(self, trainer: Sitter) -> None:
        self.health, self.police = Sitter("Amal"), Sitter("Bela")
        self.group = make_case_group(trainer.person, {self.health.person: "health", self.police.person: "police"})
        self.home = f"/learn/cases/group/{self.group.public}/"
        self.one, self.two, self.lead = f"{self.home}1/", f"{self.home}2/", f"{self.home}lead/"

    def answers(self) -> dict[str, str]:
        return dict(CaseAnswer.objects.filter(handed_in_at__isnull=False).values_list("question", "text"))
