from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from concerted.capacity.models import Episode, Mandate, Recount
from concerted.capacity.queries.standing import reason
from concerted.capacity.queries.wording import MandateNamed, mandates_in_force
from concerted.capacity.rules import OVERDUE, STATES, Count
from concerted.directory.models import Agency, Position, name_among
from concerted.kit.prepared import Prepared
from concerted.maths.months import FAR, monday_of

#: How far a manager looks ahead.
AHEAD = timedelta(days=90)
#: People on the first page of a board.
SIZE = 25


# A tuple, not a dataclass: a board makes one for every line it shows.
class OverdueLine(NamedTuple):
    """A person of one's own agency, what is missing, since when, why, and how long it takes."""

    person: str
    person_public: str
    profession: str
    mandate: str
    since: date | None
    reason: str
    minutes: int


@dataclass(frozen=True)
class ComingWeek:
    """What falls due in a week, by name."""

    week: date
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AgencyBoard:
    """An agency on a day: counts by mandate, the overdue by name, the weeks ahead, and the hours to set free."""

    agency: Agency
    on: date
    people: int
    people_overdue: int
    moving: bool
    mandates: tuple[tuple[MandateNamed, Count], ...]
    overdue: tuple[OverdueLine, ...]
    overdue_total: int
    coming: tuple[ComingWeek, ...]
    minutes: int

    @property
    def hours(self) -> int:
        return -(-self.minutes // 60)


def _overdue(agency: int, on: date) -> Any:
    """The overdue episodes of an agency that hold on a day."""
    return Episode.objects.filter(agency=agency, state="overdue", starts__lte=on, stops__gt=on)


_FOREVER = Q(stops=FAR)


def _ends_after(on: date) -> Q:
    return Q(stops__gt=on, stops__lt=FAR)


_ORDER = ("starts", "position_id", "mandate_id")
_LINE = (
    "position__person__name",
    "position__person__public",
    "position__profession__code",
    "position__profession__names",
    "mandate_id",
    "due_on",
    "why",
    "held_on",
)
_OVERDUE = Prepared(lambda agency, on: _overdue(agency, on).order_by(*_ORDER).values_list(*_LINE)[:SIZE], int, date)


def _number(state: str, agency: int, on: date, stops: Q) -> Subquery:
    """How many positions a mandate finds in a state on a day, of the episodes that stop so.

    One question for each state, so that the index is entered at the right day of each of them. A plain function, not
    Django's Count: that would group by something first.
    """
    held = Episode.objects.filter(stops, agency=agency, mandate=OuterRef("pk"), state=state, starts__lte=on)
    number = Func(template="COUNT(*)", output_field=IntegerField())
    return Subquery(held.order_by().annotate(n=number).values("n"))


def _counts(agency: int, on: date) -> Any:
    """(mandate, number in each of STATES, and the overdue that end one day apart from them).

    What is overdue mostly stays so until something is done: asked for by that, the index leaves unread all that will
    be overdue one day, which is a row for everybody who is in place now.
    """
    numbers = [_number(state, agency, on, _FOREVER if state == OVERDUE else Q(stops__gt=on)) for state in STATES]
    return Mandate.objects.order_by().values_list("pk", *numbers, _number(OVERDUE, agency, on, _ends_after(on)))


def _people(agency: int, on: date) -> Any:
    """In one row: how many people hold a post in the agency, how many of them are overdue, and whether any number
    is on the move because a mandate is being counted again.
    """
    held = Episode.objects.filter(agency=agency, mandate__in=Mandate.objects.order_by().values("pk"), state=OVERDUE)
    # Wrapped, the first day leads SQLite to no index of its own: those that end are few, those that began are many.
    ending = held.filter(_ends_after(on)).alias(began=Coalesce("starts", "starts")).filter(began__lte=on)
    lasting = held.filter(_FOREVER, starts__lte=on)
    late = lasting.order_by().values("position").union(ending.order_by().values("position"), all=True)
    posts = Position.objects.filter(Q(until=None) | Q(until__gt=on), agency=agency, since__lte=on)
    overdue = _persons(Position.objects.filter(pk__in=late))
    moving = Exists(Recount.objects.filter(finished_at=None))
    return Agency.objects.filter(pk=agency).values_list(_persons(posts), overdue, moving)


def _persons(positions: Any) -> Subquery:
    number = Func(F("person"), function="COUNT", template="%(function)s(DISTINCT %(expressions)s)")
    return Subquery(positions.order_by().annotate(n=number).values("n"), output_field=IntegerField())


_COUNTS = Prepared(_counts, int, date)
_PEOPLE = Prepared(_people, int, date)
_COMING = Prepared(
    lambda agency, after, upto: (
        Episode.objects.filter(agency=agency, state=OVERDUE, starts__gt=after, starts__lte=upto)
        .order_by("starts", "position__person__name")
        .values_list("mandate_id", "starts", "position__person__name")[:400]
    ),
    int,
    date,
    date,
)


def agency_board(agency: Agency, on: date, *, page: int = 1, size: int = SIZE) -> AgencyBoard:
    """What a manager sees of her own staff. The number of queries does not depend on the number of people."""
    language = get_language() or "en"
    named = {mandate.id: mandate for mandate in mandates_in_force(on)}
    counts = {
        mandate: Count(current, soon, lasting + ending, *others)
        for mandate, current, soon, lasting, *others, ending in _COUNTS.rows(agency.pk, on)
        if current or soon or lasting or ending or any(others)
    }
    if page == 1 and size == SIZE:
        lines = _OVERDUE.rows(agency.pk, on)
    else:
        lines = list(_overdue(agency.pk, on).order_by(*_ORDER).values_list(*_LINE)[(page - 1) * size : page * size])
    people, people_overdue, moving = _PEOPLE.rows(agency.pk, on)[0]
    by_mandate = tuple((m, counts[m.id]) for m in named.values() if m.id in counts)
    return AgencyBoard(
        agency,
        on,
        people,
        people_overdue,
        bool(moving),
        by_mandate,
        tuple(_line(named, language, *line) for line in lines),
        sum(count.overdue for _m, count in by_mandate),
        _coming(agency, on, named),
        sum(m.minutes * (count.overdue + count.due_soon) for m, count in by_mandate),
    )


def _line(
    named: dict[int, MandateNamed],
    language: str,
    person: str,
    public: Any,
    code: str,
    names: dict[str, str],
    mandate_id: int,
    due_on: date | None,
    why: str,
    held_on: date | None,
) -> OverdueLine:
    mandate = named.get(mandate_id)
    return OverdueLine(
        person,
        _spelled(public),
        name_among(names, code, language),
        mandate.name if mandate else "",
        due_on,
        reason(why, due_on, held_on, language),
        mandate.minutes if mandate else 0,
    )


#: Identifiers in letters: those of one's own staff come again with every look at the board.
_spelled = lru_cache(maxsize=4096)(str)


def _coming(agency: Agency, on: date, named: dict[int, MandateNamed]) -> tuple[ComingWeek, ...]:
    """Deadlines of the next weeks: episodes that end overdue unless something is done, by the week they fall due."""
    weeks: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for mandate_id, starts, person in _COMING.rows(agency.pk, on, on + AHEAD):
        mandate = named.get(mandate_id)
        if mandate:
            weeks[monday_of(starts)].append((person, mandate.name))
    return tuple(ComingWeek(week, tuple(lines)) for week, lines in sorted(weeks.items()))
