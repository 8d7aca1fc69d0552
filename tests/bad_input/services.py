"""Bad input to services: kind, what is done, the exact message, the remedy. Imports and packs have their own tables.

Each act gets a `Bench`; whatever it raises or answers must read "<message> <remedy>", and nothing stored may change.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from concerted.accounts.models import JoinCode, JoinRequest
from concerted.accounts.services import joining
from concerted.capacity import services as capacity
from concerted.capacity.outside import record_lines
from concerted.capacity.services.mandates import Wording
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory import services as directory
from concerted.directory.models import Agency, AudienceVersion, EnteredAddress, Group, Person, Position
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_audience,
    make_group,
    make_person,
    make_position,
    make_profession,
    make_sector,
    make_territory,
)
from concerted.kit.dates import in_words
from concerted.practice.models import Attempt
from concerted.training import services as training
from concerted.training.tests.factories import publish_small_module

NOW, TODAY = timezone.now(), timezone.localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@dataclass
class Bench:
    """What the acts need: a country with an area, an agency in it, Amal at work there, Nora who coordinates."""

    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.country = make_territory("Country")
        self.area = make_territory("Area", self.country)
        self.agency: Agency = make_agency("Clinic", territory=self.area)
        self.closed: Agency = make_agency("Old clinic", territory=self.area, closed_on=TODAY - timedelta(days=9))
        self.nurse = make_profession("nurse", sector=make_sector("health"))
        self.amal, self.nora, self.nadia = make_person("Amal", email="amal@example.org"), make_person(), make_person()
        self.position: Position = make_position(self.amal, self.agency, self.nurse)
        grant_role(self.nora, "national_coordinator")
        grant_role(self.nadia, "national_coordinator")
        self.manager: Person = make_person()
        grant_role(self.manager, "manager", self.agency)
        self.audience: AudienceVersion = make_audience()
        self.nobody: AudienceVersion = make_audience({"field": "sector", "in": ["justice"]})
        self.credential = make_credential("first-aid")
        self.mandate = make_mandate("there", credential=self.credential)
        self.proposed = capacity.propose_mandate("waiting", {"en": "Waiting"}, self.wording(), by=self.nora, at=NOW)
        self.module = publish_small_module()
        self.attempt: Attempt = training.start_module(self.module, language="en", by=self.amal, at=NOW)
        self.evidence = achieve(self.amal, self.credential, YESTERDAY)

    def wording(self, **changes: Any) -> Wording:
        said: dict[str, Any] = {
            "audience_version": self.audience,
            "credential": self.credential,
            "basis": "Act 1",
            "authority": "Ministry",
            "from_day": TODAY,
        }
        return Wording(**(said | changes))

    def propose(self, code: str = "new", **changes: Any) -> Any:
        return capacity.propose_mandate(code, {"en": "New"}, self.wording(**changes), by=self.nora, at=NOW)

    def claim(self, **changes: Any) -> Any:
        said: dict[str, Any] = {
            "agency": self.agency,
            "achieved_on": YESTERDAY,
            "provider": "School",
            "by": self.amal,
            "at": NOW,
        }
        return capacity.claim_outside(self.amal, self.credential, **(said | changes))

    def hold(self, **changes: Any) -> Any:
        said: dict[str, Any] = {"since": TODAY, "by": None, "at": NOW}
        agency = changes.pop("agency", self.agency)
        profession = changes.pop("profession", make_profession("doctor", sector=make_sector("health")))
        return directory.hold_position(self.amal, agency, profession, **(said | changes))

    def answer(self, answer: Any, step: str = "q1", unit: str = "C1", key: uuid.UUID | None = None) -> Any:
        key = key or uuid.uuid4()
        return training.answer_question(self.attempt, unit, step, answer, client_key=key, by=self.amal, at=NOW)

    def invite(self) -> Any:
        return joining.invite(self.agency, ["zoe@example.org"], profession=self.nurse, by=self.manager, at=NOW)

    def lines(self, content: bytes) -> str:
        """What the outside training of a CSV file is answered with, line by line."""
        outcome = record_lines(content, agency=self.agency, by=self.manager, at=NOW)
        return " ".join(f"{error.line}: {error.message}" for error in outcome.errors)


class Bad(NamedTuple):
    """One row. `setting` prepares what must be there before nothing may change."""

    kind: str
    what: str
    act: Callable[[Bench], Any]
    message: str
    remedy: str
    setting: Callable[[Bench], Any] | None = None


SENT = uuid.UUID(int=1)
HEAD = b"name,training,day,provider\n"
_AGO = in_words(date(2020, 1, 1))

BAD: list[Bad] = [
    Bad("mandate reaches nobody", "an audience without people", lambda b: b.propose(audience_version=b.nobody),
        "This mandate reaches nobody: no position fits its audience.",
        "Widen the audience or add the positions first."),
    Bad("days the wrong way round", "a mandate that ends first", lambda b: b.propose(until_day=YESTERDAY),
        "The mandate ends before it starts.", "Write a later last day."),
    Bad("something left out", "a rolling mandate without months", lambda b: b.propose(cycle="rolling"),
        "It comes round again, but not when.", "Say after how many months it is due again."),
    Bad("something left out", "a calendar mandate without its day", lambda b: b.propose(cycle="fixed", months=12),
        "The calendar day is missing.", "Say on which one it is due, for example 31 January 2027."),
    Bad("out of turn", "a version that starts before the last", lambda b: b.propose("there", from_day=date(2000, 1, 1)),
        "A version of this mandate already starts on that day or later.", "Choose a later first day."),
    Bad("one person for two", "confirming one's own mandate",
        lambda b: capacity.confirm_mandate(b.proposed.pk, by=b.nora, at=NOW),
        "You wrote this version.", "A second person confirms it."),
    Bad("sent twice", "confirming a mandate again",
        lambda b: capacity.confirm_mandate(b.proposed.pk, by=b.nadia, at=NOW),
        "This version is already in force.", "Write a new version to change it.",
        setting=lambda b: capacity.confirm_mandate(b.proposed.pk, by=b.nadia, at=NOW)),
    Bad("a day in the future", "training done tomorrow", lambda b: b.claim(achieved_on=TOMORROW),
        "The day of completion lies in the future.", "Write the day it was completed."),
    Bad("sent twice", "the same training recorded twice", lambda b: b.claim(),
        "This training is already on record for that day.", "Leave it out, or correct the day.",
        setting=lambda b: b.claim()),
    Bad("a day in the future", "evidence of tomorrow",
        lambda b: capacity.record_evidence(b.amal, b.credential, source_kind="import", source_ref="x",
                                           achieved_on=TOMORROW, by=None, at=NOW),
        "The day of completion lies in the future.", "Write the day it was completed."),
    Bad("days the wrong way round", "an exemption that ends first",
        lambda b: capacity.grant_exemption(b.amal, b.mandate, from_day=TODAY, until_day=TODAY, reason="Leave",
                                           authority="Manager", by=None, at=NOW),
        "The exemption ends before it starts.", "Write a later last day."),
    Bad("a cycle in territories", "a country moved under its own area",
        lambda b: directory.move_territory(b.country, b.area, by=None, at=NOW),
        "Country cannot stand under Area: that would go in a circle (Country → Area → Country).",
        "Choose a place outside it."),
    Bad("a name taken", "two areas of one name", lambda b: directory.add_territory(b.country, "Area", by=None, at=NOW),
        "“Area” already stands under Country.", "Choose another name."),
    Bad("something left out", "a territory without a name",
        lambda b: directory.add_territory(b.country, "  ", by=None, at=NOW),
        "The territory has no name.", "Give it one."),
    Bad("something left out", "a population without a source",
        lambda b: directory.set_population(b.area, 2024, "women", 5, " ", by=None, at=NOW),
        "A number without a source helps nobody.", "Say who counted."),
    Bad("two people, one address", "a second person with Amal's e-mail",
        lambda b: directory.add_person(name="Other", email="AMAL@example.org", by=None, at=NOW),
        "This e-mail address cannot be used here.", "Leave it out, or use another."),
    Bad("two people, one address", "two of her own staff with one e-mail",
        lambda b: directory.add_person(name="Other", email="AMAL@example.org", by=b.manager, at=NOW),
        "This e-mail address cannot be used here.", "Leave it out, or use another."),
    Bad("sent twice", "an entry answered twice",
        lambda b: directory.answer_entry(EnteredAddress.objects.get(), mine=True, by=b.amal, at=NOW),
        "This was answered in the meantime, or the entry was corrected.", "Nothing was changed.",
        setting=lambda b: EnteredAddress.objects.create(
            person=b.nadia, email="amal@example.org", by=b.nora, at=NOW, answered_at=NOW)),
    Bad("a name taken", "a group renamed to what another is called",
        lambda b: directory.rename_group(make_group("Day", b.area), " NIGHT ", by=b.nora, at=NOW),
        "A group with this name already belongs to this territory.", "Choose another name.",
        setting=lambda b: make_group("Night", b.area)),
    Bad("out of turn", "an open group opened again",
        lambda b: directory.reopen_group(Group.objects.get(), by=b.nora, at=NOW), "This group", "is open.",
        setting=lambda b: make_group("Night", b.area)),
    Bad("not an address", "an e-mail without a sign",
        lambda b: directory.add_person(name="Other", email="amal.example.org", by=None, at=NOW),
        "“amal.example.org” is not an e-mail address.", "Correct it or leave it out."),
    Bad("something left out", "a person without a name", lambda b: directory.add_person(name=" ", by=None, at=NOW),
        "The name is missing.", "Write the person's name."),
    Bad("too long", "a name of 200 signs", lambda b: directory.add_person(name="a" * 200, by=None, at=NOW),
        "This name is too long or holds characters that cannot be stored.", "Shorten it."),
    Bad("signs that cannot be stored", "a name with a NUL",
        lambda b: directory.add_person(name="a\x00b", by=None, at=NOW),
        "This name is too long or holds characters that cannot be stored.", "Shorten it."),
    Bad("a name taken", "two clinics in one area",
        lambda b: directory.add_agency("Clinic", sector=b.agency.sector, territory=b.area, by=None, at=NOW),
        "“Clinic” already works in Area.", "Open that entry, or choose another name."),
    Bad("sent twice", "closing a closed agency", lambda b: directory.close_agency(b.closed, TODAY, by=None, at=NOW),
        "This agency is already closed.", "Choose another, or leave it so."),
    Bad("sent twice", "the same post held twice", lambda b: b.hold(profession=b.nurse),
        f"She already holds this post since {_AGO}.", "End that position first, or choose a later day."),
    Bad("days the wrong way round", "a position that ends first", lambda b: b.hold(until=YESTERDAY),
        "A position must end after it starts.", "Write a later last day."),
    Bad("a year mistyped", "a start in 1126", lambda b: b.hold(since=date(1126, 3, 1)),
        f"{in_words(date(1126, 3, 1))} is too long ago for somebody at work today.", "Check the year."),
    Bad("a year mistyped", "a start in 2126", lambda b: b.hold(since=date(2126, 3, 1)),
        f"{in_words(date(2126, 3, 1))} is more than two years ahead.", "Check the year."),
    Bad("a number out of range", "a share of three posts", lambda b: b.hold(share=3),
        "The share of a full post must be above 0 and at most 1.", "Write 0.5 for half a post."),
    Bad("out of turn", "work at a closed agency", lambda b: b.hold(agency=b.closed),
        f"This agency closed on {in_words(TODAY - timedelta(days=9))}.", "Choose another, or a last day up to then."),
    Bad("days the wrong way round", "a position ended before it began",
        lambda b: directory.end_position(b.position, date(2019, 1, 1), by=None, at=NOW),
        f"She started on {_AGO}.", "The last day must come after it."),
    Bad("one person for two", "a role given to oneself",
        lambda b: directory.grant_role(b.nora, "auditor", by=b.nora, at=NOW),
        "Nobody can give herself a role.", "Ask a colleague who may."),
    Bad("a role that does not fit", "a manager of everywhere",
        lambda b: directory.grant_role(b.amal, "manager", by=b.nora, at=NOW),
        "This role cannot be held there.", "Choose another place."),
    Bad("sent twice", "the same role twice",
        lambda b: directory.grant_role(b.nadia, "national_coordinator", by=None, at=NOW),
        "She already has this role, or it waits for a second person.", "Look under Roles."),
    Bad("a rule that cannot be read", "an audience asking for age",
        lambda b: directory.save_audience("Old", {"field": "age", "in": ["60"]}, by=None, at=NOW),
        "“age” at the top is not something a rule can ask.",
        "Use one of: sector, profession, territory, agency, stage, language."),
    Bad("a name taken", "two audiences of one name",
        lambda b: directory.save_audience(b.audience.audience.name, {"all": []}, by=None, at=NOW),
        "An audience with this name is already there.", "Open it, or choose another name."),
    Bad("an answer that does not fit", "no answer", lambda b: b.answer(""),
        "No answer of these is chosen.", "Choose one."),
    Bad("an answer that does not fit", "an answer nobody offered", lambda b: b.answer("z"),
        "No answer of these is chosen.", "Choose one."),
    Bad("an answer that does not fit", "a list for one choice", lambda b: b.answer(["a"]),
        "No answer of these is chosen.", "Choose one."),
    Bad("out of turn", "a later step answered first", lambda b: b.answer(["a"], step="q2"),
        "This step comes later.", "Here is the one you are at."),
    Bad("out of turn", "a later unit answered first", lambda b: b.answer(["a", "b"], unit="C2"),
        "This step comes later.", "Here is the one you are at."),
    Bad("a page from before", "a step that is gone", lambda b: b.answer("a", step="q9"),
        "This step is not part of the unit any more.", "Here is the one you are at."),
    Bad("a code that opens nothing", "a mistyped join code",
        lambda b: joining.join_by_code("NOSUCH", profession=b.nurse, by=b.nora, at=NOW),
        "This code opens nothing.", "It may have run out: ask your agency for a new one."),
    Bad("a code that opens nothing", "a join code that ran out",
        lambda b: joining.join_by_code("OLDCODE2", profession=b.nurse, by=b.nora, at=NOW),
        "This code opens nothing.", "It may have run out: ask your agency for a new one.",
        setting=lambda b: JoinCode.objects.create(agency=b.agency, code="OLDCODE2", until=YESTERDAY)),
    Bad("sent twice", "asking twice to join",
        lambda b: joining.ask_to_join(b.agency, profession=b.nurse, since=TODAY, by=b.nora, at=NOW),
        "You have already asked.", "The agency answers you here.",
        setting=lambda b: JoinRequest.objects.create(
            person=b.nora, agency=b.agency, profession=b.nurse, since=TODAY, at=NOW)),
    Bad("encoding", "outside training in UTF-16", lambda b: b.lines((HEAD + b"x").decode().encode("utf-16")),
        "1: The file is written in UTF-16.", "Save it again as “CSV UTF-8 (comma delimited)”."),
    Bad("encoding", "outside training in Latin-1",
        lambda b: b.lines(HEAD + "José,first-aid,2026-01-01,x".encode("latin-1")),
        "2: Byte 4 of this line is not UTF-8.", "Save the file again as “CSV UTF-8 (comma delimited)”."),
    Bad("a formula cell", "a provider that computes", lambda b: b.lines(HEAD + b"Amal,first-aid,2026-01-01,=1+1\n"),
        "2: provider: This cell begins with “=”, as a formula does.", "Write the plain value."),
    Bad("something left out", "outside training without a column",
        lambda b: b.lines(b"name,training\nAmal,first-aid\n"),
        "1: The first line must name the columns name or email, training, day, provider.", "Missing: day, provider."),
    Bad("a name nobody has", "outside training of a stranger",
        lambda b: b.lines(HEAD + b"Zoe,first-aid,2026-01-01,x\n"),
        "2: name: Nobody with this name or e-mail works in the agency.", "Add the person first."),
    Bad("a day that cannot be read", "outside training on 31 February",
        lambda b: b.lines(HEAD + b"Amal,first-aid,2026-02-31,x\n"),
        "2: day: The day cannot be read.", "Write it as year-month-day, for example 2026-03-27."),
    Bad("too long", "outside training with a long cell",
        lambda b: b.lines(HEAD + b"Amal,first-aid,2026-01-01," + b"x" * 5000),
        "2: provider: This cell holds 5000 signs.", "Shorten it to at most 2000."),
    Bad("too long", "outside training with a cell of 131,073 signs",
        lambda b: b.lines(HEAD + b"Amal,first-aid,2026-01-01,x\nAmal,first-aid,2026-01-02," + b"x" * 131_073),
        "3: This line is longer than 64 KB.", "Take the long cell out, or check that every opening quote is closed."),
    Bad("too long", "outside training by a provider of 161 signs",
        lambda b: b.lines(HEAD + b"Amal,first-aid,2026-01-01," + b"x" * 161),
        "2: provider: This cell holds 161 signs.", "Shorten it to at most 160."),
    Bad("too long", "outside training of more than 2 MB", lambda b: b.lines(HEAD + b"x" * 2_000_000),
        "1: The file is larger than 2 MB.", "Split it into smaller files."),
    Bad("a quote left open", "outside training that swallows the next line",
        lambda b: b.lines(HEAD + b'Amal,first-aid,2026-01-01,"x\nAmal,first-aid,2026-01-02,y\n'),
        "2: The quotes on this line do not match.",
        "Close every opening quote, and write a quote inside a cell twice."),
    Bad("a cell too many", "outside training with a cell more",
        lambda b: b.lines(HEAD + b"Amal,first-aid,2026-01-01,School, of health\n"),
        "2: This line has 5 cells, the header 4.",
        "Put a cell that holds the separating mark in quotes, and leave no cell out."),
    Bad("a year mistyped", "outside training in 1026", lambda b: b.lines(HEAD + b"Amal,first-aid,1026-01-01,x\n"),
        f"2: {in_words(date(1026, 1, 1))} is too long ago for somebody at work today.", "Check the year."),
    Bad("not a list", "outside training with only a header", lambda b: b.lines(HEAD),
        "2: There is nothing below the header.", "Add a line for each entry."),
    Bad("not a list", "an empty file of outside training", lambda b: b.lines(b""),
        "1: The file is empty, or its first line is.", "Put the names of the columns on the first line."),
    Bad("not a list", "a spreadsheet of outside training", lambda b: b.lines(b"PK\x03\x04" + b"x" * 90),
        "1: This is a spreadsheet, not a CSV file.", "Open it and save the sheet as “CSV UTF-8”."),
    Bad("something said twice", "outside training twice in one file",
        lambda b: b.lines(HEAD + 2 * b"Amal,first-aid,2026-01-01,x\n"),
        "3: This training is already on record for that day.", "Leave it out, or correct the day."),
    Bad("something left out", "outside training given by nobody",
        lambda b: b.lines(HEAD + b"Amal,first-aid,2026-01-01,x\nAmal,first-aid,2026-01-02,\n"),
        "3: provider: The cell is empty.", "Say who gave the training."),
    Bad("a name nobody has", "outside training nobody knows", lambda b: b.lines(HEAD + b"Amal,magic,2026-01-01,x\n"),
        "2: training: The training is not known.", "Write one of: core, first-aid."),
    Bad("a clock change", "a file by a device that is a day ahead",
        lambda b: b.lines(HEAD + f"Amal,first-aid,{TOMORROW},x\n".encode()),
        "2: The day of completion lies in the future.", "Write the day it was completed."),
    Bad("a second tab", "the module finished in the other tab", lambda b: b.answer("a"),
        "This attempt is already finished; nothing was changed.", "Its result stands on its page.",
        setting=lambda b: Attempt.objects.update(finished_at=NOW, score=0, passed=False)),
    Bad("a second tab", "one mandate written in two", lambda b: b.propose("waiting"),
        "You have already written this version.", "It waits for a second person: ask a colleague to confirm it."),
    Bad("a line lost", "the same form with another answer", lambda b: b.answer("b", key=SENT),
        "This form was already sent with another answer. The first one stays.", "Open the page again.",
        setting=lambda b: b.answer("a", key=SENT)),
    Bad("sent twice", "an invitation sent twice", lambda b: b.invite(),
        "This invitation has just been sent.", "To send another letter, wait a minute and try again.",
        setting=lambda b: b.invite()),
]  # fmt: skip


def told(bench: Bench, row: Bad) -> str:
    """What the act says: the message of what it raises, or what it answers. In a transaction, like a request."""
    try:
        with transaction.atomic():
            return str(row.act(bench))
    except Exception as refusal:
        return str(refusal)
