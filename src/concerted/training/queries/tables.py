"""Tables of case conferences: the list of her own, and one table with its seats."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from concerted.directory.models import Person, Sector
from concerted.kit.prepared import Prepared
from concerted.practice.models import Attempt, ConferenceTable, Scenario, TableSeat
from concerted.practice.scenario.conference import Seat
from concerted.practice.services import TableAt, conference_of, table_at, tables_at
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.languages import languages_of_scenario
from concerted.training.queries.look_back import Debrief, debrief_of
from concerted.training.queries.words import Words, words_in

#: How a seat stands for whoever looks at it.
YOURS, TAKEN, FREE, STAND_IN = "yours", "taken", "free", "stand-in"


@dataclass(frozen=True)
class TableLine:
    """A table of hers. `state`: turn, waiting or done; `seat`: what she sits on, None where she only opened it."""

    table: ConferenceTable
    title: SectionShown
    state: str
    seat: SectionShown | None


@dataclass(frozen=True)
class SeatShown:
    """A seat at a table. `acted`: whether it has done something in the open moment, never what."""

    key: str
    words: SectionShown
    sector: Sector | None
    state: str
    acted: bool


@dataclass(frozen=True)
class TableShown:
    """A table with its seats, as somebody who has its link sees it."""

    table: ConferenceTable
    words: Words
    at: TableAt
    seats: tuple[SeatShown, ...]

    @property
    def mine(self) -> SeatShown | None:
        return next((seat for seat in self.seats if seat.state == YOURS), None)

    @property
    def free(self) -> tuple[SeatShown, ...]:
        """Where she can still sit down: nobody there, or the programme."""
        return tuple(seat for seat in self.seats if seat.state in (FREE, STAND_IN))

    @property
    def moment(self) -> SectionShown | None:
        """The moment that is open; None once the case is finished."""
        return self.words[self.at.sitting.moment.key] if self.at.sitting.moment is not None else None


def tables() -> Any:
    """Tables as their pages need them."""
    return ConferenceTable.objects.select_related("version__scenario")


def conference_named(code: str) -> Any:
    """The published case conference with this code; None where there is none. One query."""
    held = Scenario.objects.select_related("published").annotate(languages=languages_of_scenario())
    return held.filter(code=code, seats__gt=0, published__isnull=False).first()


def sectors_at(seats: tuple[Seat, ...]) -> dict[str, Sector]:
    """Key of a seat -> the sector it is for. One query."""
    known = {one.code: one for one in Sector.objects.filter(code__in={seat.sector for seat in seats})}
    return {seat.key: known[seat.sector] for seat in seats if seat.sector in known}


def table_lines(person: Person, language: str) -> list[TableLine]:
    """The tables she opened or sits at, where it is her turn first. Four queries, however many there are."""
    seats = dict(TableSeat.objects.filter(person=person).order_by().values_list("table", "seat"))
    held = list(tables().filter(Q(opened_by=person) | Q(pk__in=seats)))
    shown = text.read_sections({one.version.version_id for one in held}, language)
    standing = tables_at(held)
    lines = []
    for one in held:
        words = {section.key: section for section in shown[one.version.version_id]}
        seat = seats.get(one.pk)
        turn = seat is not None and seat not in standing[one.pk].moved
        state = "done" if one.finished_at else "turn" if turn else "waiting"
        lines.append(TableLine(one, words["title"], state, words[seat] if seat else None))
    return sorted(lines, key=lambda line: ("turn", "waiting", "done").index(line.state))


_OPEN_SEATS = Prepared(
    lambda person: TableSeat.objects.filter(person=person, table__finished_at=None).order_by().values_list("table"), int
)


def turns_of(person: Person, language: str) -> list[TableLine]:
    """The tables that wait for what she does. One query for whoever sits at none that is open, else five."""
    # Asked first: her desk asks at each look, and most sit at no table.
    if not _OPEN_SEATS.rows(person.pk):
        return []
    return [line for line in table_lines(person, language) if line.state == "turn"]


def table_shown(table: ConferenceTable, person: Person, reading: text.ReadingLanguage) -> TableShown:
    """A table with its seats. Five queries at most, however many sit at it."""
    words = words_in(table.version.version_id, reading)
    at = table_at(table)
    held = {seat.seat: seat for seat in TableSeat.objects.filter(table=table)}
    sectors = sectors_at(at.conference.seats)
    seats = (
        SeatShown(key, words[key], sectors.get(key), _state(held[key], person), key in at.moved)
        for key in at.conference.seated
    )
    return TableShown(table, words, at, tuple(seats))


def _state(seat: TableSeat, person: Person) -> str:
    if seat.person_id == person.pk:
        return YOURS
    return TAKEN if seat.person_id else STAND_IN if seat.stand_in else FREE


def has_practised(person: Person, scenario: Scenario) -> bool:
    """Whether she has practised this case before, and may read how it ends. One query."""
    done = Attempt.objects.filter(person=person, what_kind="scenario", what=scenario.pk, finished_at__isnull=False)
    return done.exists()


@dataclass(frozen=True)
class EndingsShown:
    """How a case can end, and the look back that all its endings share."""

    endings: tuple[SectionShown, ...]
    debrief: Debrief


def endings_of(version_id: int, words: Words) -> EndingsShown:
    """How a case can end. No query after the first time."""
    endings = tuple(words[one.key] for one in conference_of(version_id).outcomes)
    return EndingsShown(endings, debrief_of("", words))
