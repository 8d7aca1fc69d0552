"""A quiz or a test as somebody sits it: the questions on her paper, what she answered, and the look back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from concerted.directory.models import Person
from concerted.kit.memory import remember
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt, Bank, Exam, ExamVersion, FollowUp, Paper, QuestionVersion, Step
from concerted.practice.queries import pack_of, rests_of, stands, words_kept
from concerted.practice.services import FOLLOW_UP, TEST, TOLD_LATE
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.asked import Asked, asked_in, is_reflection, steps_shown, untold
from concerted.training.queries.attempts import latest_attempt_at
from concerted.training.rules import StepShown, Taken


@remember(400)
def words_of_exam(version: int) -> int:
    """The text version of a test's version."""
    return ExamVersion.objects.values_list("version_id", flat=True).get(pk=version)


_PAPER = Prepared(lambda attempt: Paper.objects.filter(attempt=attempt).values_list("questions", "ends_at"), int)
_STEPS = Prepared(
    lambda attempt: Step.objects.filter(attempt=attempt).order_by("seq").values_list("part", "answer", "right"), int
)
_BANK = Prepared(lambda code: Bank.objects.filter(code=code).order_by().values_list("pk"), str)
_AGAIN = Prepared(
    lambda code, person: (
        FollowUp.objects.filter(exam__code=code, person=person, attempt__isnull=False, left_at=None)
        .order_by("-due_on", "-pk")
        .values_list("pk")[:1]
    ),
    str,
    int,
)
_EXAM = Prepared(lambda code: Exam.objects.filter(code=code).order_by().values_list("pk"), str)


@dataclass(frozen=True)
class Sitting:
    """Her latest attempt at a bank or a test. `first`, `last`: number of a question -> her first and last answer."""

    kind: str
    code: str
    attempt: Attempt
    questions: tuple[int, ...]
    ends_at: datetime | None
    first: Mapping[int, Taken] = field(hash=False)
    last: Mapping[int, Taken] = field(hash=False)

    @property
    def over(self) -> bool:
        return self.attempt.finished_at is not None

    @property
    def counts(self) -> Mapping[int, Taken]:
        """The answers that count: of a test and when it is asked again the last, of a quiz the first."""
        return self.last if self.kind in TOLD_LATE else self.first

    @property
    def next_open(self) -> int:
        """The place (from 0) of the first question without an answer; how many there are when none is left."""
        open_places = (place for place, number in enumerate(self.questions) if number not in self.last)
        return next(open_places, len(self.questions))


def sitting(person: Person, kind: str, code: str) -> Sitting | None:
    """Her latest attempt at this bank or test, or at one that is asked again; None when there is none. Four queries."""
    found = _AGAIN.rows(code, person.pk) if kind == FOLLOW_UP else (_EXAM if kind == TEST else _BANK).rows(code)
    for (what,) in found:
        attempt = latest_attempt_at(person, kind, what)
        if attempt is None:
            return None
        ((questions, ends_at),) = _PAPER.rows(attempt.pk)
        first: dict[int, Taken] = {}
        last: dict[int, Taken] = {}
        for part, answer, right in _STEPS.rows(attempt.pk):
            taken = Taken(part, answer, right)
            first.setdefault(int(part), taken)
            last[int(part)] = taken
        return Sitting(kind, code, attempt, tuple(questions), ends_at, first, last)
    return None


@dataclass(frozen=True)
class QuestionShown:
    """One question of a paper: its words, its form, and after an answer what fits. `place` counts from 0."""

    place: int
    number: int
    step: StepShown
    asked: Asked
    #: Modules in which she can read about it.
    modules: tuple[str, ...] = ()
    #: Where its picture lies, when it has one.
    pack: str = ""


def question_shown(sat: Sitting, place: int, language: str, *, again: bool = False) -> QuestionShown:
    """One question of her paper, and once it is told what fits, where to read about it.

    Three queries at most: words in another language than the source, her own words or its picture, and where to read.
    Of a test that is not handed in yet nothing tells whether an answer fits. `again`: without her answer.
    """
    shown = _shown(sat, place, language, again=again)
    if shown.asked.kind == "hotspot":
        shown = replace(shown, pack=pack_of(shown.number))
    return _with_modules([shown])[0] if shown.asked.answered else shown


def _with_modules(shown: Sequence[QuestionShown]) -> list[QuestionShown]:
    """The same with the modules their questions rest on. One query."""
    rests = rests_of(one.number for one in shown)
    return [
        replace(one, modules=tuple(dict.fromkeys(place.partition("/")[0] for place in rests.get(one.number, ()))))
        for one in shown
    ]


def _shown(sat: Sitting, place: int, language: str, *, again: bool = False) -> QuestionShown:
    number = sat.questions[place]
    answer = None if again else (sat.counts if sat.over else sat.last).get(number)
    version, key = stands(number)
    sections = text.read_sections([version], language)[version]
    step = next(step for step in steps_shown(version, sections) if step.name == key)
    if is_reflection(step) and not again:
        answer = Taken(str(number), words_kept(sat.attempt, str(number)), None)
    asked = asked_in(version, step, f"{sat.attempt.pk}:{number}", answer)
    return QuestionShown(place, number, step, untold(asked) if sat.kind in TOLD_LATE and not sat.over else asked)


def look_back(sat: Sitting, language: str) -> list[QuestionShown]:
    """Every question of a paper that is handed in, with the answer that counted."""
    return _with_modules([_shown(sat, place, language) for place in range(len(sat.questions))])


def title_of(sat: Sitting, language: str) -> SectionShown:
    """What the quiz or test is called. One query at most."""
    version = words_of_exam(sat.attempt.version) if sat.kind in TOLD_LATE else sat.attempt.version
    return heads_of(version, language)["title"]


def heads_of(version: int, language: str) -> dict[str, SectionShown]:
    """Title, summary, note and aims of a bank or a test. One query at most."""
    return {section.key: section for section in text.read_sections([version], language)[version] if _is_head(section)}


def _is_head(section: SectionShown) -> bool:
    return section.kind in ("title", "summary", "note", "aim")


def aims_of(heads: Mapping[str, SectionShown]) -> list[SectionShown]:
    """The aims among these words, in order."""
    return [section for section in heads.values() if section.kind == "aim"]


def foreign(sections: Iterable[SectionShown]) -> bool:
    """Whether something is not in the reader's language, or behind."""
    return any(section.missing or section.behind for section in sections)


def questions_in(version: int) -> int:
    """How many questions a text version holds. One query."""
    return QuestionVersion.objects.filter(version=version).count()


def fitted(shown: Sequence[QuestionShown]) -> int:
    """How many of these were answered right."""
    return sum(bool(one.asked.right) for one in shown)


def marked(shown: Sequence[QuestionShown]) -> int:
    """How many of these can be right at all."""
    return sum(one.asked.scored for one in shown)
