"""What many people take for true, by the wrong answers they gave last: numbers, and nobody's answer."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from concerted.directory.access import filter_agencies, filter_territories
from concerted.directory.models import Agency, Group, Membership, Territory
from concerted.directory.rules import FEWEST
from concerted.kit.access import Reach
from concerted.practice.models import Attempt, QuestionVersion
from concerted.practice.queries import marks_of, rests_of, stands
from concerted.practice.rules import Sums, people_shown, share_shown, tags_in
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.models import MisconceptionShare
from concerted.training.queries.answers import Asked, answers_that_count

_Thing = TypeVar("_Thing", bound=Model)


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


@dataclass(frozen=True)
class WideReport:
    """The same for an agency, a territory, a sector or a profession, as it was counted on that day, if ever."""

    counted_on: date | None
    held: tuple[Misconception, ...] = ()
    few: tuple[str, ...] = ()


def wide_report(kind: str, what: int, language: str) -> WideReport:
    """Which misconceptions are held in an agency, a territory, a sector or a profession. Five queries at most."""
    rows = list(MisconceptionShare.objects.filter(kind=kind, what=what))
    many = [row for row in rows if row.share is not None]
    words = _Words({stands(number) for row in many for number in row.questions}, language)
    found = [
        Misconception(
            row.tag,
            row.share or 0,
            row.people,
            tuple(words.tempting(row.tag, question) for question in sorted(map(stands, row.questions))),
        )
        for row in many
    ]
    found.sort(key=lambda one: -one.share)
    return WideReport(last_counted(), tuple(found), tuple(row.tag for row in rows if row.share is None))


def last_counted() -> date | None:
    """The day what many take for true was last counted, if ever. One query."""
    return MisconceptionShare.objects.order_by("-counted_on").values_list("counted_on", flat=True).first()


def told(kind: str, model: type[_Thing]) -> QuerySet[_Thing]:
    """The agencies, territories, sectors or professions of which something may be shown."""
    shares = MisconceptionShare.objects.filter(kind=kind).order_by().values("what")
    return model._default_manager.filter(pk__in=shares)


def agencies_told(reach: Reach) -> QuerySet[Agency]:
    """The same of the agencies within `reach`."""
    return filter_agencies(reach, told(MisconceptionShare.Kind.AGENCY, Agency))


def territories_told(reach: Reach) -> QuerySet[Territory]:
    """The same of the territories within `reach`."""
    return filter_territories(reach, told(MisconceptionShare.Kind.TERRITORY, Territory))


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
    for person, question, marks, wrong in answers_that_count(Attempt.objects.filter(person__in=members)):
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
