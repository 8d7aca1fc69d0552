"""How a case conference is played: a move of each seat closes a moment, and the last moment ends the case."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from concerted.practice.models import Attempt, ConferenceTable, TableMove, TableSeat
from concerted.practice.scenario.playing import NotOpen
from concerted.practice.scenario.sitting import ABSENT, PERSON, Move, check_move, move_as_plain, stand_in
from concerted.practice.services.attempts import finish_attempt, open_attempt
from concerted.practice.services.counting import count_decisions
from concerted.practice.services.table_state import TableAt, table_at

#: A moment that all play at the same time is given up on after a day, so that nobody waits for ever.
LIVE_HOURS = 24


class TableRefused(Exception):
    """This cannot be done at the table; the message says why and what to do. Nothing was changed."""


def waits_until(table: ConferenceTable, at: datetime) -> datetime:
    """How long a moment that opens at `at` waits for those at the table."""
    return at + timedelta(hours=table.pace_hours or LIVE_HOURS)


def refuse_finished(table: ConferenceTable) -> None:
    """Raise `TableRefused` where nothing can be done any more."""
    if table.finished_at is not None:
        raise TableRefused(_("This case is finished. You can look back at it."))


def make_move(table: ConferenceTable, moment: str, move: Move, *, by: Any, at: datetime) -> int:
    """Act in the moment she was shown, at a table that `lock_table` gave; how many moments this closed.

    The same form again is the same move. Raises `TableRefused` when the case has gone on, when she acted otherwise
    before, or when something in it is not hers to do; nothing is stored then.
    """
    seat = table.seats.filter(person=by).first()
    if seat is None:
        raise TableRefused(_("You have no seat at this table."))
    now = table_at(table)
    before = now.move_of(seat.seat, moment)
    if before is not None:
        if before.by == PERSON and move_as_plain(before) == move_as_plain(move):
            return 0
        raise TableRefused(_("Something was already done from your seat here, and it stands. Nothing was changed."))
    refuse_finished(table)
    if now.sitting.moment is None or now.sitting.moment.key != moment:
        raise TableRefused(_("The case has gone on from there. Here is where you are."))
    _refuse_closed(now, seat.seat, move)
    TableMove.objects.create(seat=seat, moment=moment, move=move_as_plain(move), by=PERSON, at=at)
    return go_on(table, at, over=len(now.turns))


def _refuse_closed(now: TableAt, seat: str, move: Move) -> None:
    """Raise `TableRefused` with the part of a move that this seat cannot do now."""
    try:
        check_move(now.conference, now.sitting, seat, move)
    except NotOpen as closed:
        if closed.args[0] == "decision":
            raise TableRefused(_("Choose one of your decisions. What you ticked is still here.")) from None
        if closed.args[0] == "ask":
            raise TableRefused(_("This question is not open to you. Choose another, or none.")) from None
        raise TableRefused(_("One of the things is not yours to tell, or was told already. Look again.")) from None


def go_on(table: ConferenceTable, at: datetime, *, over: int) -> int:
    """Let stand-ins act, and open the next moment whenever all seats have acted; how many moments this closed.

    `over`: how many were over before. Without any person at it a table waits: the programme does not play by itself.
    """
    seats = list(table.seats.all())
    if not any(seat.person_id for seat in seats):
        return 0
    while True:
        now = table_at(table)
        moment, closed = now.sitting.moment, len(now.turns) - over
        if closed:
            table.due_at = waits_until(table, at)
        if moment is None:
            _finish(table, seats, at)
            return closed
        idle = [seat for seat in seats if seat.stand_in and seat.seat not in now.moved]
        _write(moment.key, {seat: stand_in(now.conference, now.sitting, seat.seat) for seat in idle}, at)
        if len(now.moved) + len(idle) < len(seats):
            table.save(update_fields=["due_at"])
            return closed


def close_moment(table: ConferenceTable, moment: str, at: datetime) -> int:
    """Wait no longer in this moment: the programme plays free seats from now on, and who kept silent did nothing.

    For a table that `lock_table` gave. Pressed twice, it goes on once: `moment` is the one the page showed. How many
    moments this closed.
    """
    now = table_at(table)
    if table.finished_at is not None or now.sitting.moment is None or now.sitting.moment.key != moment:
        return 0
    seats = list(table.seats.all())
    if not any(seat.person_id for seat in seats):
        return 0
    table.seats.filter(person=None).update(stand_in=True)
    silent = [seat for seat in seats if seat.person_id and seat.seat not in now.moved]
    _write(moment, {seat: Move(by=ABSENT) for seat in silent}, at)
    return go_on(table, at, over=len(now.turns))


def time_out(table: ConferenceTable, at: datetime) -> int:
    """Close the open moment of a table that `lock_table` gave, once its time is over; how many moments this closed."""
    if table.due_at is None or table.due_at > at:
        return 0
    moment = table_at(table).sitting.moment
    closed = close_moment(table, moment.key, at) if moment is not None else 0
    if not closed:
        # Nobody has sat down yet.
        table.due_at = waits_until(table, at)
        table.save(update_fields=["due_at"])
    return closed


def _write(moment: str, moves: dict[TableSeat, Move], at: datetime) -> None:
    TableMove.objects.bulk_create(
        TableMove(seat=seat, moment=moment, move=move_as_plain(move), by=move.by, at=at) for seat, move in moves.items()
    )


def _finish(table: ConferenceTable, seats: list[TableSeat], at: datetime) -> None:
    # A clock that was put back does not keep the last one from acting.
    table.due_at, table.finished_at = None, max(at, table.opened_at)
    table.save(update_fields=["due_at", "finished_at"])
    acted = set(TableMove.objects.filter(seat__table=table, by=PERSON).order_by().values_list("seat", flat=True))
    here = [seat for seat in seats if seat.person_id and seat.pk in acted]
    # After the first time she knows what follows.
    count_decisions(table, [seat for seat in here if practised(table, seat, at).no == 1])


def practised(table: ConferenceTable, seat: TableSeat, at: datetime) -> Attempt:
    """Enter into the record of who sits there that she practised this case: as a scenario, without a mark."""
    scenario, since = table.version.scenario_id, seat.taken_at or at
    attempt = open_attempt(seat.person, "scenario", scenario, table.version_id, language=seat.language, at=since)
    return finish_attempt(attempt, score=100, passed=True, at=at)
