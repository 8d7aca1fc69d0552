"""The case studies there are, and where she stands in each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from concerted.directory.access import GROUP, people_shown_to
from concerted.directory.models import Group, Person
from concerted.directory.queries.finding import MOST_FOUND
from concerted.directory.queries.groups import open_groups
from concerted.kit import access
from concerted.kit.markdown import plain
from concerted.practice.models import Case, CaseAnswer, CaseGroup, CaseMember
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.languages import in_order, languages_of_case
from concerted.training.queries.words import words_in


@dataclass(frozen=True)
class CaseLine:
    """One case study of the catalogue. `state`: new, begun or done."""

    code: str
    title: SectionShown
    summary: SectionShown
    minutes: int
    state: str


@dataclass(frozen=True)
class GroupLine:
    """A group she is in or leads, with the title of its case study. `title` is None where that is no longer there."""

    public: UUID
    name: str
    title: SectionShown | None
    leads: bool
    finished: bool


def case_lines(person: Person, language: str) -> tuple[list[CaseLine], list[GroupLine]]:
    """The catalogue, what she has begun first, and her groups, the newest first. Four queries, however many
    there are.
    """
    held = list(Case.objects.filter(published__isnull=False).select_related("published"))
    shown = text.read_sections([one.published.version_id for one in held if one.published], language)
    heads = {
        one.pk: {section.key: section for section in shown[one.published.version_id]} for one in held if one.published
    }
    states: dict[int, str] = {}
    groups = []
    mine = (
        CaseGroup.objects.filter(Q(leader=person) | Q(members__person=person)).distinct().order_by("-opened_at", "-id")
    )
    for group in mine:
        leads = group.leader_id == person.pk
        if not leads and states.get(group.case_id) != "begun":
            states[group.case_id] = "done" if group.finished_at else "begun"
        if group.alone_id is None:
            title = heads.get(group.case_id, {}).get("title")
            groups.append(GroupLine(group.public, group.name, title, leads, group.finished_at is not None))
    lines = [
        CaseLine(
            one.code,
            heads[one.pk]["title"],
            heads[one.pk]["summary"],
            one.published.minutes if one.published else 0,
            states.get(one.pk, "new"),
        )
        for one in held
    ]
    return sorted(lines, key=lambda line: in_order(line.state, line.title, language)), groups


def groups_led_by(person: Person) -> QuerySet[CaseGroup]:
    """The groups a person leads through a case study that is not finished, the newest first."""
    return CaseGroup.objects.filter(leader=person.pk, finished_at=None).order_by("-opened_at", "-id")


def case_at(code: str) -> Any:
    """The published case study with this code and the languages it can be read in; None for none. One query."""
    held = Case.objects.select_related("published").annotate(languages=languages_of_case())
    return held.filter(code=code, published__isnull=False).first()


def alone_at(case: Case, person: Person) -> CaseGroup | None:
    """Her latest way through a case study by herself. One query."""
    return CaseGroup.objects.filter(case=case, alone=person).first()


def groups_to_open_for(person: Person) -> QuerySet[Group]:
    """The groups of the directory that are open and that she may read."""
    return open_groups(access.reach(person, "R", GROUP))


def people_to_add(group: CaseGroup, reader: Person, words: str) -> list[Person]:
    """Whom she may find by these words, and who is not in the group yet; twenty at most. One query."""
    found = people_shown_to(reader).filter(Q(name__icontains=words) | Q(email__iexact=words), is_active=True)
    there = CaseMember.objects.filter(group=group).order_by().values("person")
    return list(found.exclude(Q(pk__in=there) | Q(pk=group.leader_id)).order_by("name", "id")[:MOST_FOUND])


def written_by(person: Person, reading: text.ReadingLanguage) -> Iterator[tuple[str, str, str, date, str]]:
    """What she wrote last on case studies, for her own file: title, question, her words, the day, comments on them.

    Three queries and one for each version of a case study.
    """
    answers = CaseAnswer.objects.filter(by=person).select_related("group__version").prefetch_related("comments")
    for answer in answers.order_by("at", "id"):
        words = words_in(answer.group.version.version_id, reading)
        question = words.get(answer.question)
        said = " / ".join(comment.text for comment in answer.comments.all())
        day = timezone.localdate(answer.at)
        yield words["title"].markdown, plain(question.markdown) if question else "", answer.text, day, said
