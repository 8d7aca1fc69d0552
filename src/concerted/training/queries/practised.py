"""The list of banks and tests, and how far somebody is with each."""

from dataclasses import dataclass

from concerted.directory.models import Person
from concerted.practice.models import Attempt, Bank, Exam
from concerted.practice.services import QUIZ, TEST
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.languages import in_order


@dataclass(frozen=True)
class PractisedLine:
    """One bank or test of the catalogue. `kind`: QUIZ or TEST; `state`: new, begun or done; `minutes`: 0: no limit."""

    kind: str
    code: str
    title: SectionShown
    summary: SectionShown
    minutes: int
    state: str


def practised_lines(person: Person, language: str) -> list[PractisedLine]:
    """Tests, then banks to practise with, what she has begun first. Four queries, however many there are."""
    exams = list(Exam.objects.filter(published__isnull=False).select_related("published"))
    banks = list(Bank.objects.filter(document__published__isnull=False).select_related("document"))
    versions = {(TEST, one.pk): one.published.version_id for one in exams if one.published}
    versions |= {(QUIZ, one.pk): one.document.published_id or 0 for one in banks}
    shown = text.read_sections(set(versions.values()), language)
    states: dict[tuple[str, int], str] = {}
    mine = Attempt.objects.filter(person=person, what_kind__in=(QUIZ, TEST)).order_by("no")
    for kind, what, finished in mine.values_list("what_kind", "what", "finished_at"):
        states[kind, what] = "done" if finished else "begun"
    lines = []
    listed = [(TEST, exam.pk, exam.code, exam.published.minutes) for exam in exams if exam.published]
    for kind, pk, code, minutes in [*listed, *((QUIZ, bank.pk, bank.code, bank.minutes) for bank in banks)]:
        heads = {section.key: section for section in shown[versions[kind, pk]]}
        state = states.get((kind, pk), "new")
        lines.append(PractisedLine(kind, code, heads["title"], heads["summary"], minutes, state))
    return sorted(lines, key=lambda line: in_order(line.state, line.title, language))
