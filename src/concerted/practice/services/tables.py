"""Who sits at the table of a case conference. How it is played stands in `table_moves`."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.practice.models import ConferenceTable, Scenario, TableSeat
from concerted.practice.services.table_moves import TableRefused, go_on, practised, refuse_finished, waits_until
from concerted.practice.services.table_state import conference_of, table_at


@transaction.atomic
def open_table(scenario: Scenario, *, pace_hours: int, by: Any, at: datetime) -> ConferenceTable:
    """A new table for a case conference, with every seat free."""
    if scenario.published is None or not scenario.seats:
        raise TableRefused(_("Nobody can sit down to this case."))
    table = ConferenceTable(version=scenario.published, opened_by=by, opened_at=at, pace_hours=pace_hours)
    table.due_at = waits_until(table, at)
    table.save()
    seats = conference_of(scenario.published.pk).seats
    TableSeat.objects.bulk_create(TableSeat(table=table, seat=seat.key) for seat in seats)
    return table


def lock_table(table_id: int) -> ConferenceTable:
    """A table as it is now, held until the caller's transaction ends: two people at once take turns."""
    return ConferenceTable.objects.select_for_update(of=("self",)).select_related("version").get(pk=table_id)


def take_table_seat(table: ConferenceTable, seat: str, *, language: str, by: Any, at: datetime) -> bool:
    """Sit down at a table that `lock_table` gave, on a seat that nobody took; whether it is done now.

    What a stand-in did from this seat stays, and she goes on from there. Pressed twice, she sits down once.
    """
    refuse_finished(table)
    mine = table.seats.filter(person=by).first()
    if mine is not None and mine.seat == seat:
        return False
    if mine is not None:
        raise TableRefused(_("You have a seat at this table already. Each person takes one."))
    held = table.seats.filter(seat=seat).first()
    if held is None:
        raise TableRefused(_("Choose one of the seats that are free."))
    if held.person_id is not None:
        raise TableRefused(_("Somebody else has just taken this seat. Choose one that is still free."))
    held.person, held.taken_at, held.language, held.stand_in = by, at, language, False
    held.save()
    return True


def leave_table_seat(table: ConferenceTable, *, by: Any, at: datetime) -> int:
    """Get up from a table that `lock_table` gave; how many moments this closed, since nobody waits for her now.

    It counts the same as playing to the end, and nothing tells the two apart: no case is worth being hurt by it. The
    programme goes on for her.
    """
    refuse_finished(table)
    mine = table.seats.filter(person=by).first()
    if mine is None:
        return 0
    practised(table, mine, at)
    mine.person, mine.taken_at, mine.language, mine.stand_in = None, None, "", True
    mine.save()
    return go_on(table, at, over=len(table_at(table).turns))


def seat_stand_in(table: ConferenceTable, seat: str, at: datetime) -> int:
    """Let the programme play a free seat at a table that `lock_table` gave; how many moments this closed."""
    refuse_finished(table)
    held = table.seats.filter(seat=seat).first()
    if held is None or held.person_id is not None:
        raise TableRefused(_("Somebody sits there by now, or there is no such seat. Look again."))
    held.stand_in = True
    held.save(update_fields=["stand_in"])
    return go_on(table, at, over=len(table_at(table).turns))
