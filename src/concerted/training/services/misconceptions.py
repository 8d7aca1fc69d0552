"""What many take for true in agencies, territories, sectors and professions, counted once a week."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db import transaction
from django.utils import timezone

from concerted.directory.models import Agency, TerritoryLink
from concerted.directory.queries import newest_posts
from concerted.directory.rules import FEWEST
from concerted.maths.apart import OTHERS, shown_apart, told_apart
from concerted.practice.models import Attempt, QuestionVersion
from concerted.practice.rules import FEWEST_COUNTED, Sums, people_shown, share_shown, tags_in
from concerted.training.models import MisconceptionShare
from concerted.training.queries.answers import ANSWERED, answers_that_count

_AT_ONCE = 500
Kind = MisconceptionShare.Kind
#: Kind and number of an agency, a territory, a sector or a profession.
Scope = tuple[str, int]


@dataclass
class _Tag:
    """Who was asked about a misconception and who holds it, by agency and by profession; which questions find it."""

    asked: Counter[Scope] = field(default_factory=Counter)
    held: Counter[Scope] = field(default_factory=Counter)
    questions: set[int] = field(default_factory=set)


def count_misconceptions(*, at: datetime) -> int:
    """Count anew what is held where, and keep what may be shown; how many numbers that is.

    A person counts once for each misconception, in the agency and profession of her newest position, by the answers
    that count in her latest papers. Whoever has no position is in no number. The numbers change in one transaction.
    """
    on = timezone.localdate(at)
    tags = _counted(on)
    families = _families()
    latest = _latest({number for tag in tags.values() for number in tag.questions})
    rows = [
        row
        for name, tag in sorted(tags.items())
        for row in _shown(name, tag, families, sorted({latest[number] for number in tag.questions}), on)
    ]
    with transaction.atomic():
        MisconceptionShare.objects.all().delete()
        MisconceptionShare.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return len(rows)


def _counted(on: date) -> dict[str, _Tag]:
    """Misconception -> its counters, some hundred people at a time."""
    tags: dict[str, _Tag] = defaultdict(_Tag)
    for people in _chunks():
        posts = newest_posts(people, on)
        asked: dict[str, set[int]] = defaultdict(set)
        held: dict[str, set[int]] = defaultdict(set)
        for person, _question, marks, wrong in answers_that_count(Attempt.objects.filter(person__in=list(posts))):
            for tag in tags_in(marks.marking):
                asked[tag].add(person)
                tags[tag].questions.add(marks.number)
            for tag in wrong:
                held[tag].add(person)
        for tag, those in asked.items():
            for person in those:
                agency, profession = posts[person]
                for scope in ((str(Kind.AGENCY), agency), (str(Kind.PROFESSION), profession)):
                    tags[tag].asked[scope] += 1
                    tags[tag].held[scope] += person in held[tag]
    return tags


def _chunks() -> Iterator[list[int]]:
    done = Attempt.objects.filter(finished_at__isnull=False, what_kind__in=ANSWERED)
    people = done.order_by("person").values_list("person", flat=True).distinct().iterator(chunk_size=_AT_ONCE)
    while chunk := list(islice(people, _AT_ONCE)):
        yield chunk


def _families() -> list[dict[Scope, frozenset[Scope]]]:
    """Territories and sectors, each with its agencies."""
    above: dict[int, list[int]] = defaultdict(list)
    for ancestor, below in TerritoryLink.objects.order_by().values_list("ancestor_id", "descendant_id"):
        above[below].append(ancestor)
    territories: dict[Scope, set[Scope]] = defaultdict(set)
    sectors: dict[Scope, set[Scope]] = defaultdict(set)
    for agency, territory, sector in Agency.objects.order_by().values_list("pk", "territory_id", "sector_id"):
        cell = (str(Kind.AGENCY), agency)
        sectors[str(Kind.SECTOR), sector].add(cell)
        for place in above[territory]:
            territories[str(Kind.TERRITORY), place].add(cell)
    return [{name: frozenset(cells) for name, cells in family.items()} for family in (territories, sectors)]


def _latest(numbers: set[int]) -> dict[int, int]:
    """Version of a question -> its latest version among these, so that a question stands in a report once."""
    rows = list(QuestionVersion.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", "question_id"))
    last = {question: number for number, question in rows}
    return {number: last[question] for number, question in rows}


def _shown(
    name: str, tag: _Tag, families: list[dict[Scope, frozenset[Scope]]], questions: list[int], on: date
) -> Iterator[MisconceptionShare]:
    """The numbers of one misconception that may be shown, all at the same time."""
    agencies = {scope: people for scope, people in tag.asked.items() if scope[0] == Kind.AGENCY}
    wholes = {scope: cells & agencies.keys() for family in families for scope, cells in family.items()}
    shown = shown_apart(agencies, [{scope: wholes[scope] for scope in family} for family in families], FEWEST_COUNTED)
    for scope in sorted(shown):
        yield _row(name, tag, scope, wholes.get(scope, frozenset({scope})), questions, on)
    for scope in _professions(tag.asked):
        yield _row(name, tag, scope, frozenset({scope}), questions, on)


def _professions(asked: Mapping[Scope, int]) -> list[Scope]:
    """The professions that may be told apart beside the number of all, which is that of the country."""
    people = {str(what): people for (kind, what), people in asked.items() if kind == Kind.PROFESSION}
    told = told_apart(people, FEWEST_COUNTED, beside_total=True)
    return [(str(Kind.PROFESSION), int(what)) for what in told if what != OTHERS]


def _row(
    name: str, tag: _Tag, scope: Scope, cells: frozenset[Scope], questions: list[int], on: date
) -> MisconceptionShare:
    sums = Sums(people=sum(tag.asked[cell] for cell in cells), right=sum(tag.held[cell] for cell in cells))
    share = share_shown(sums) if sums.right >= FEWEST else None
    kind, what = scope
    return MisconceptionShare(
        kind=kind,
        what=what,
        tag=name,
        people=people_shown(sums),
        share=share,
        questions=questions if share is not None else [],
        counted_on=on,
    )
