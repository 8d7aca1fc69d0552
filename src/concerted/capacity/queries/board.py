from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count as CountRows

from concerted.capacity.models import Episode
from concerted.capacity.queries.standing import episodes_on, reason
from concerted.capacity.queries.wording import MandateNamed, mandates_in_force
from concerted.capacity.rules import Count
from concerted.directory.models import Agency
from concerted.maths.months import monday_of

#: How far a manager looks ahead.
AHEAD = timedelta(days=90)


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


def agency_board(agency: Agency, on: date, *, page: int = 1, size: int = 25) -> AgencyBoard:
    """What a manager sees of her own staff. The number of queries does not depend on the number of people."""
    named = {mandate.id: mandate for mandate in mandates_in_force(on)}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = episodes_on(on).filter(agency=agency).order_by().values_list("mandate", "state")
    for mandate, state, number in rows.annotate(n=CountRows("id")):
        counts[mandate][state] = number
    overdue = episodes_on(on).filter(agency=agency, state="overdue").exclude(mandate=None)
    lines = overdue.select_related("position__person", "position__profession").order_by("due_on", "id")
    start = (page - 1) * size
    shown = [_line(episode, named) for episode in lines[start : start + size]]
    people = overdue.order_by().aggregate(n=CountRows("position__person", distinct=True))["n"]
    everyone = agency.positions.filter(since__lte=on).exclude(until__lte=on)
    by_mandate = tuple((m, Count(**counts[m.id])) for m in named.values() if m.id in counts)
    return AgencyBoard(
        agency,
        on,
        everyone.order_by().aggregate(n=CountRows("person", distinct=True))["n"],
        people,
        by_mandate,
        tuple(shown),
        sum(count.overdue for _m, count in by_mandate),
        _coming(agency, on, named),
        sum(m.minutes * (count.overdue + count.due_soon) for m, count in by_mandate),
    )


def _line(episode: Episode, named: dict[int, MandateNamed]) -> OverdueLine:
    mandate = named.get(episode.mandate_id)
    person = episode.position.person
    return OverdueLine(
        person.name,
        str(person.public),
        episode.position.profession.name,
        mandate.name if mandate else "",
        episode.due_on,
        reason(episode.why, episode.due_on, episode.held_on),
        mandate.minutes if mandate else 0,
    )


def _coming(agency: Agency, on: date, named: dict[int, MandateNamed]) -> tuple[ComingWeek, ...]:
    """Deadlines of the next weeks: episodes that end overdue unless something is done, by the week they fall due."""
    rows = (
        Episode.objects.filter(agency=agency, state="overdue", starts__gt=on, starts__lte=on + AHEAD)
        .select_related("position__person")
        .order_by("starts", "position__person__name")
    )
    weeks: dict[date, list[tuple[str, str]]] = defaultdict(list)
    for row in rows[:400]:
        mandate = named.get(row.mandate_id)
        if mandate:
            weeks[monday_of(row.starts)].append((row.position.person.name, mandate.name))
    return tuple(ComingWeek(week, tuple(lines)) for week, lines in sorted(weeks.items()))
