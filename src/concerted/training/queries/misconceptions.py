"""What many people of a group take for true, by the wrong answers they gave last: numbers, and nobody's answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from concerted.directory.models import Group, Membership
from concerted.directory.rules import FEWEST
from concerted.practice.models import Attempt, QuestionVersion, Step
from concerted.practice.queries import Marks, marks_of, rests_of, stands
from concerted.practice.rules import Sums, people_shown, share_shown, tags_in
from concerted.practice.services import QUIZ, TEST
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.ways import units_of

_MODULE = "module"
#: (version of a text, key of the question there)
Asked = tuple[int, str]


@dataclass(frozen=True)
class Tempting:
    """A question that finds a misconception, the wrong answers that tell of it, and modules where it can be read."""

    stem: SectionShown
    wrong: tuple[SectionShown, ...]
    modules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misconception:
    """A misconception many hold: about `share` in a hundred of those who were asked, who are `people` or more."""

    tag: str
    share: int
    people: int
    questions: tuple[Tempting, ...]


@dataclass(frozen=True)
class GroupReport:
    """`people` in the group on the day; misconceptions that enough people hold; tags that fewer hold, or none."""

    people: int
    held: tuple[Misconception, ...] = ()
    few: tuple[str, ...] = ()

    @property
    def too_few(self) -> bool:
        return self.people < FEWEST


def group_report(group: Group, on: date, language: str) -> GroupReport:
    """Which misconceptions people of a group hold. A person is counted once for each, by her latest papers.

    Tags of which fewer than `FEWEST` people were asked are left out. Seven queries at most, however many people.
    """
    members = Membership.held_on(on).filter(group=group).order_by().values("person")
    people = members.count()
    if people < FEWEST:
        return GroupReport(people)
    asked: dict[str, set[int]] = defaultdict(set)
    held: dict[str, set[int]] = defaultdict(set)
    questions: dict[str, set[Asked]] = defaultdict(set)
    for person, question, marks, wrong in _answers(Attempt.objects.filter(person__in=members)):
        for tag in tags_in(marks.marking):
            asked[tag].add(person)
            questions[tag].add(question)
        for tag in wrong:
            held[tag].add(person)
    enough = sorted(tag for tag in asked if len(asked[tag]) >= FEWEST)
    many = [tag for tag in enough if len(held[tag]) >= FEWEST]
    words = _Words({question for tag in many for question in questions[tag]}, language)
    found = []
    for tag in many:
        sums = Sums(people=len(asked[tag]), right=len(held[tag]))
        tempting = tuple(words.tempting(tag, question) for question in sorted(questions[tag]))
        found.append(Misconception(tag, share_shown(sums), people_shown(sums), tempting))
    found.sort(key=lambda one: -one.share)
    return GroupReport(people, tuple(found), tuple(tag for tag in enough if tag not in many))


def _answers(attempts: QuerySet[Attempt]) -> Iterator[tuple[int, Asked, Marks, tuple[str, ...]]]:
    """(person, question, how it is marked, misconceptions shown) of the answer that counts in each latest attempt.

    Of a test the last answer counts, of anything else the first: after it she was told what fits.
    """
    done = attempts.filter(finished_at__isnull=False, what_kind__in=(QUIZ, TEST, _MODULE)).order_by("no")
    latest = {(one.person_id, one.what_kind, one.what): one for one in done}
    by_pk = {one.pk: one for one in latest.values()}
    steps = Step.objects.filter(attempt__in=list(by_pk), right__isnull=False).order_by("attempt_id", "seq")
    counted: dict[tuple[int, str], object] = {}
    for number, part, answer in steps.values_list("attempt_id", "part", "answer"):
        if by_pk[number].what_kind == TEST or (number, part) not in counted:
            counted[number, part] = answer
    for (number, part), answer in counted.items():
        question = _asked_at(by_pk[number], part)
        marks = marks_of(*question) if question else None
        if question and marks and marks.counts:
            yield by_pk[number].person_id, question, marks, marks.mark(answer).tags


def _asked_at(attempt: Attempt, part: str) -> Asked | None:
    """The question that a part of an attempt is an answer to."""
    if attempt.what_kind != _MODULE:
        return stands(int(part))
    code, _slash, key = part.partition("/")
    return next(((unit.version_id, key) for unit in units_of(attempt.version) if unit.unit.code == code), None)


class _Words:
    """The words of these questions in the reader's language, and where to read about them."""

    def __init__(self, questions: Iterable[Asked], language: str) -> None:
        wanted = set(questions)
        versions = {version for version, _key in wanted}
        read = text.read_sections(versions, language)
        self._words = {version: {one.key: one for one in sections} for version, sections in read.items()}
        rows = QuestionVersion.objects.filter(version__in=versions).order_by()
        numbers = {(version, key): pk for pk, version, key in rows.values_list("pk", "version_id", "question__key")}
        self._numbers = {question: numbers[question] for question in wanted}
        self._rests: Mapping[int, tuple[str, ...]] = rests_of(self._numbers.values())

    def tempting(self, tag: str, question: Asked) -> Tempting:
        version, key = question
        marks = marks_of(version, key)
        words = self._words[version]
        assert marks is not None
        ends = [end for end, told in marks.marking.get("tags", {}).items() if told == tag]
        places = self._rests.get(self._numbers[question], ())
        return Tempting(
            words[key],
            tuple(words[f"{key}.{end}"] for end in ends if end in marks.options),
            tuple(dict.fromkeys(place.partition("/")[0] for place in places)),
        )
