"""A small case conference of two moments for three seats, and tables at which it is played."""

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.practice.models import ConferenceTable, Scenario
from concerted.practice.rules import ScenarioText
from concerted.practice.scenario.conference import Ask, Conference, Decision, Fact, Moment, Outcome, Seat
from concerted.practice.scenario.story import Band, Variable
from concerted.practice.services import open_table, publish_scenario, take_table_seat
from concerted.text.rules import SectionText
from concerted.training.tests.case_factories import sector_named

_FIRST = (Decision("a", effects="safety +1", supported=True), Decision("b", lost=2))
CASE = Conference(
    (
        Variable("safety", 4, 0, 10, "always", (Band("b1", 0, 5), Band("b2", 6, 10))),
        Variable("trust", 5, 0, 10, "debrief", (Band("b1", 0, 10),)),
    ),
    (
        Seat("police", "police", (Fact("threat", ("health",), told="safety +2"), Fact("fine", spilled="trust -1"))),
        Seat("health", "health", (Fact("neck", ("police",), told="safety +2"),)),
        Seat("social", "social", (Fact("school", locates=True, spilled="trust -2"),)),
    ),
    (Ask("hurt", "health", "neck"), Ask("writing", "police", "threat")),
    (
        Moment("opening", 0, "", {"police": _FIRST}),
        Moment("after", 3, "", {"police": (Decision("a", when="neck", effects="safety +3"), Decision("b"))}),
    ),
    (Outcome("kept", "safety >= 8"), Outcome("talk")),
)
_WORDS = {
    "title": ("title", "", "Three seats"),
    "summary": ("summary", "", "Three offices, one table."),
    "note": ("note", "", "A hard topic at a table."),
    "aim-1": ("aim", "", "tell what keeps her safe"),
    "variable.safety": ("variable", "", "Her safety"),
    "variable.safety.b1": ("band", "", "Unsure"),
    "variable.safety.b2": ("band", "", "Better"),
    "variable.trust": ("variable", "", "Her trust"),
    "variable.trust.b1": ("band", "", "She waits"),
    "police": ("seat", "Police", "You are a sergeant."),
    "police.threat": ("fact", "", "He wrote a threat."),
    "police.threat.why": ("why", "", "To be told: a threat."),
    "police.fine": ("fact", "", "She paid a fine."),
    "police.fine.why": ("why", "", "To be kept: a fine."),
    "health": ("seat", "Health", "You are a nurse."),
    "health.neck": ("fact", "", "Her neck was hurt."),
    "health.neck.why": ("why", "", "To be told: her neck."),
    "social": ("seat", "Social services", "You are a social worker."),
    "social.school": ("fact", "", "The name of the school."),
    "asks": ("asks", "Questions", ""),
    "asks.hurt": ("ask", "", "Was she hurt?"),
    "asks.writing": ("ask", "", "Anything in writing?"),
    "opening": ("moment", "Monday", "The table meets. {law.share}"),
    "opening.police": ("block", "", "You want it all."),
    "opening.police.a": ("choice", "", "Say what it is for."),
    "opening.police.a.why": ("why", "", "They know what for."),
    "opening.police.a.basis": ("basis", "", "As little as will do."),
    "opening.police.b": ("choice", "", "Wait until Thursday."),
    "opening.police.b.why": ("why", "", "Two days pass."),
    "after": ("moment", "Thursday", "Tomorrow is Friday."),
    "after.police.a": ("choice", "", "Act on both."),
    "after.police.b": ("choice", "", "Write a report."),
    "kept": ("ending", "Friday, quiet", "Nobody stood there."),
    "talk": ("ending", "Friday, at the door", "She went alone."),
    "debrief": ("debrief", "Looking back", ""),
    "debrief.her": ("debrief", "", "They spoke of me."),
    "debrief.protocol": ("debrief", "", "For each thing: what for?"),
    "debrief.sectors": ("debrief", "", "Police needed the neck."),
}


def publish_small_conference(code: str = "three-seats") -> Scenario:
    """Three seats, two moments, two endings."""
    for seat in CASE.seats:
        sector_named(seat.sector)
    sections = tuple(SectionText(key, words, kind, title) for key, (kind, title, words) in _WORDS.items())
    text = ScenarioText(code, sections, CASE, 30, tuple(seat.sector for seat in CASE.seats))
    return publish_scenario(text, at=timezone.now()).scenario


def make_table(opener: Person, seated: dict[str, Person], *, pace_hours: int = 0, **facts: Any) -> ConferenceTable:
    """A table that `opener` opened; `seated`: seat -> who sits there."""
    scenario = Scenario.objects.filter(code="three-seats").first() or publish_small_conference()
    now = timezone.now()
    table = open_table(scenario, pace_hours=pace_hours, by=opener, at=now)
    for seat, person in seated.items():
        take_table_seat(table, seat, language="en", by=person, at=now)
    ConferenceTable.objects.filter(pk=table.pk).update(**facts) if facts else None
    return table


class Guest:
    """Somebody who can sit down to a table."""

    def __init__(self, name: str) -> None:
        self.person: Person = make_person(name)
        self.client = Client()
        self.client.force_login(self.person)

    def read(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def act(self, path: str, **sent: Any) -> Any:
        """Send the form of a moment as it stands on the page, filled in so."""
        held = re.search(r'name="moment" value="([^"]*)"', self.read(path))
        return self.client.post(path, {"moment": held[1] if held else ""} | sent)


class Seated:
    """Three people at one table, and its pages."""

    def __init__(self, **facts: Any) -> None:
        self.police, self.health, self.social = Guest("Amal"), Guest("Bela"), Guest("Chiara")
        self.opener = Guest("Dora")
        people = {"police": self.police.person, "health": self.health.person, "social": self.social.person}
        self.table = make_table(self.opener.person, people, **facts)
        self.page = f"/learn/tables/{self.table.key}/"
        self.moment, self.lead, self.back = (f"{self.page}{part}/" for part in ("moment", "lead", "back"))

    def first(self) -> None:
        """All act in the first moment, as the protocol has it."""
        self.health.act(self.moment, **{"tell-neck": ["police"]})
        self.social.act(self.moment)
        self.police.act(self.moment, **{"tell-threat": ["health"], "ask": "hurt", "decision": "a"})

    def second(self) -> None:
        for guest in (self.health, self.social):
            guest.act(self.moment)
        self.police.act(self.moment, decision="a")
