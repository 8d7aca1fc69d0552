from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count as CountRows
from django.db.models import Q
from django.utils.translation import get_language

from concerted.capacity.models import Episode, Mandate
from concerted.capacity.queries.standing import reason
from concerted.capacity.queries.wording import MandateNamed, mandates_in_force
from concerted.capacity.rules import STATES, Count
from concerted.directory.models import Agency, Position, name_among
from concerted.kit.prepared import Prepared
from concerted.maths.months import monday_of

#: How far a manager looks ahead.
AHEAD = timedelta(days=90)
#: People on the first page of a board.
SIZE = 25


@dataclass(frozen=True)
class OverdueLine:
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
    mandates: tuple[tuple[MandateNamed, Count], ...]
    overdue: tuple[OverdueLine, ...]
    overdue_total: int
    coming: tuple[ComingWeek, ...]
    minutes: int

    @property
    def hours(self) -> int:
        return -(-self.minutes // 60)


def _open(agency: int, starts: date, stops: date) -> Any:
    """The overdue episodes of an agency that hold on a day.

    Nothing is overdue before its deadline: saying so adds no row away, and lets the index leave later ones unread.
    """
    held = Episode.objects.filter(agency=agency, state="overdue", starts__lte=starts, stops__gt=stops)
    return held.filter(due_on__lte=starts)


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
_OVERDUE = Prepared(
    lambda *asked: _open(*asked).order_by("due_on", "position_id", "mandate_id").values_list(*_LINE)[:SIZE],
    int,
    date,
    date,
)
_COUNTS = Prepared(
    lambda agency, starts, stops: (
        # Every mandate and state is named, so that the index is entered at the right day of each of them.
        Episode.objects.filter(agency=agency, starts__lte=starts, stops__gt=stops)
        .filter(mandate__in=Mandate.objects.order_by().values("pk"), state__in=STATES)
        .order_by()
        .values("mandate", "state")
        .annotate(n=CountRows("state"))
        .values_list("mandate", "state", "n")
    ),
    int,
    date,
    date,
)
_PEOPLE_OVERDUE = Prepared(
    lambda *asked: (
        Position.objects.filter(pk__in=_open(*asked).order_by().values("position"))
        .order_by()
        .values("agency")
        .annotate(n=CountRows("person", distinct=True))
        .values_list("n")
    ),
    int,
    date,
    date,
)
_PEOPLE = Prepared(
    lambda agency, since, until: (
        Position.objects.filter(Q(until=None) | Q(until__gt=until), agency=agency, since__lte=since)
        .order_by()
        .values("agency")
        .annotate(n=CountRows("person", distinct=True))
        .values_list("n")
    ),
    int,
    date,
    date,
)
_COMING = Prepared(
    lambda agency, after, upto: (
        Episode.objects.filter(agency=agency, state="overdue", starts__gt=after, starts__lte=upto, due_on__lte=upto)
        .order_by("starts", "position__person__name")
        .values_list("mandate_id", "starts", "position__person__name")[:400]
    ),
    int,
    date,
    date,
)


def _one(prepared: Prepared, *asked: Any) -> int:
    rows = prepared.rows(*asked)
    return int(rows[0][0]) if rows else 0


def agency_board(agency: Agency, on: date, *, page: int = 1, size: int = SIZE) -> AgencyBoard:
    """What a manager sees of her own staff. The number of queries does not depend on the number of people."""
    language = get_language() or "en"
    named = {mandate.id: mandate for mandate in mandates_in_force(on)}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for mandate, state, number in _COUNTS.rows(agency.pk, on, on):
        counts[mandate][state] = number
    if page == 1 and size == SIZE:
        lines = _OVERDUE.rows(agency.pk, on, on)
    else:
        rows = _open(agency.pk, on, on).order_by("due_on", "position_id", "mandate_id").values_list(*_LINE)
        lines = list(rows[(page - 1) * size : page * size])
    by_mandate = tuple((m, Count(**counts[m.id])) for m in named.values() if m.id in counts)
    return AgencyBoard(
        agency,
        on,
        _one(_PEOPLE, agency.pk, on, on),
        _one(_PEOPLE_OVERDUE, agency.pk, on, on),
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
        str(public),
        name_among(names, code, language),
        mandate.name if mandate else "",
        due_on,
        reason(why, due_on, held_on, language),
        mandate.minutes if mandate else 0,
    )


def _coming(agency: Agency, on: date, named: dict[int, MandateNamed]) -> tuple[ComingWeek, ...]:
    """Deadlines of the next weeks: episodes that end overdue unless something is done, by the week they fall due."""
    weeks: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for mandate_id, starts, person in _COMING.rows(agency.pk, on, on + AHEAD):
        mandate = named.get(mandate_id)
        if mandate:
            weeks[monday_of(starts)].append((person, mandate.name))
    return tuple(ComingWeek(week, tuple(lines)) for week, lines in sorted(weeks.items()))
