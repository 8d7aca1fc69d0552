"""Everything somebody completed, here and elsewhere, with the time it took."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from concerted.capacity.models import Evidence, OutsideClaim
from concerted.capacity.services.parts import REF
from concerted.directory.models import Person
from concerted.practice.models import Attempt, CaseAnswer, CaseMember, Exam, Scenario, ScenarioVersion
from concerted.practice.rules.cases import SHARED
from concerted.practice.services import TEST
from concerted.text import queries as text
from concerted.training.models import Certificate

CASE, MODULE, SITUATION, COURSE, IMPORTED, PROGRAMME = "case", "module", "scenario", "course", "import", "programme"


@dataclass(frozen=True)
class TranscriptLine:
    """One thing completed. `language`: of the title, "" for words of no known one; `minutes`: 0: not known.

    `state`: "good", "expired" or "revoked"; only what is not revoked counts in the sum.
    """

    kind: str
    title: str
    language: str
    day: date
    minutes: int
    state: str = "good"
    by: str = ""


@dataclass(frozen=True)
class Transcript:
    """What somebody completed, the latest first."""

    lines: tuple[TranscriptLine, ...]

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines if line.state != "revoked")


def transcript_of(person: Person, language: str, on: date) -> Transcript:
    """Her transcript in the language she reads in. Twelve queries at most, however much she did."""
    lines = [
        *_modules(person, language, on),
        *_practised(person, language),
        *_cases(person, language),
        *_elsewhere(person),
    ]
    return Transcript(tuple(sorted(lines, key=lambda line: line.day, reverse=True)))


def _modules(person: Person, language: str, on: date) -> Iterator[TranscriptLine]:
    held = list(Certificate.objects.filter(person=person).select_related("module_version__module"))
    titles = text.titles_shown({one.module_version.module.document_id for one in held}, language)
    void = Evidence.objects.filter(
        subject_kind="person", subject_id=person.pk, source_kind="module", voided_by__isnull=False
    )
    taken_back = set(void.order_by().values_list("source_ref", flat=True))
    for one in held:
        module = one.module_version.module
        title = titles.get(module.document_id)
        state = "expired" if one.expires_on is not None and on >= one.expires_on else "good"
        if one.revoked_at or f"attempt:{one.attempt_id}" in taken_back:
            state = "revoked"
        words, spoken = (title.words, title.language) if title else (module.code, "")
        yield TranscriptLine(MODULE, words, spoken, one.achieved_on, one.module_version.minutes, state)


def _practised(person: Person, language: str) -> Iterator[TranscriptLine]:
    """Tests she passed and situations she came to an end of, each with the day she first did."""
    attempts = Attempt.objects.filter(person=person, what_kind__in=(TEST, "scenario"), passed=True).order_by("no")
    first: dict[tuple[str, int], tuple[datetime | None, int]] = {}
    for kind, what, at, version in attempts.values_list("what_kind", "what", "finished_at", "version"):
        first.setdefault((kind, what), (at, version))
    exams = _documents(Exam, [what for kind, what in first if kind == TEST])
    scenarios = _documents(Scenario, [what for kind, what in first if kind != TEST])
    played = [version for (kind, _what), (_at, version) in first.items() if kind != TEST]
    minutes = dict(ScenarioVersion.objects.filter(pk__in=played).order_by().values_list("pk", "minutes"))
    titles = text.titles_shown([*exams.values(), *scenarios.values()], language)
    for (kind, what), (at, version) in first.items():
        title = titles.get((exams if kind == TEST else scenarios).get(what, 0))
        if title is not None and at is not None:
            spent = 0 if kind == TEST else minutes.get(version, 0)
            line = "test" if kind == TEST else SITUATION
            yield TranscriptLine(line, title.words, title.language, timezone.localdate(at), spent)


def _cases(person: Person, language: str) -> Iterator[TranscriptLine]:
    """Case studies that came to their end, each with the day it first did.

    Alone she may go on without an answer, as everywhere. In a group those of a sector answer together, so an answer
    that her sector or all of them handed in is hers, too; without one she was only on the list. It is no evidence: no
    module or programme asks for a case study.
    """
    held = CaseMember.objects.filter(person=person, group__finished_at__isnull=False).order_by("group__finished_at")
    rows = list(held.select_related("group__case", "group__version", "sector"))
    answers = CaseAnswer.objects.filter(group__in=[row.group_id for row in rows], handed_in_at__isnull=False)
    answered = {(group, question.rpartition(".")[2]) for group, question in answers.values_list("group", "question")}
    first: dict[int, CaseMember] = {}
    for row in rows:
        mine = {(row.group_id, SHARED), (row.group_id, row.sector.code if row.sector else SHARED)}
        if row.group.alone_id == person.pk or mine & answered:
            first.setdefault(row.group.case_id, row)
    titles = text.titles_shown([row.group.case.document_id for row in first.values()], language) if first else {}
    for row in first.values():
        group = row.group
        title = titles.get(group.case.document_id)
        if title is not None and group.finished_at is not None:
            day = timezone.localdate(group.finished_at)
            yield TranscriptLine(CASE, title.words, title.language, day, group.version.minutes)


def _documents(model: type[Exam] | type[Scenario], ids: list[int]) -> dict[int, int]:
    return dict(model._default_manager.filter(pk__in=ids).order_by().values_list("pk", "document_id"))


def _elsewhere(person: Person) -> Iterator[TranscriptLine]:
    """Courses a coordinator confirmed, records that were brought along, and programmes completed by their modules."""
    claims = OutsideClaim.objects.filter(person=person, state=OutsideClaim.State.CONFIRMED).select_related("credential")
    void = Evidence.objects.filter(subject_kind="person", subject_id=person.pk, source_kind="outside")
    taken_back = set(void.filter(voided_by__isnull=False).order_by().values_list("source_ref", flat=True))
    for claim in claims:
        state = "revoked" if f"claim:{claim.pk}" in taken_back else "good"
        yield TranscriptLine(COURSE, claim.what, "", claim.achieved_on, claim.minutes, state, claim.provider)
    facts = Evidence.objects.filter(subject_kind="person", subject_id=person.pk, voided_by=None)
    brought = facts.filter(source_kind__in=("outside", "import")).exclude(source_ref__startswith="claim:")
    for fact in (brought | facts.filter(source_ref__startswith=REF)).select_related("credential"):
        kind = PROGRAMME if fact.source_ref.startswith(REF) else IMPORTED
        yield TranscriptLine(kind, fact.credential.name, fact.credential.named_in, fact.achieved_on, 0)
