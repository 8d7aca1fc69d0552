"""A case conference at one table: who opens it, who sits down, and what each seat does."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from concerted.directory.models import Person
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify, set_aside
from concerted.practice import services as practice
from concerted.practice.models import ConferenceTable, Scenario
from concerted.practice.scenario.sitting import Move
from concerted.training.access import TABLE, TABLE_LED, TABLE_SEAT
from concerted.training.queries.words import title_of

_KIND = "conference table"


@transaction.atomic
def open_table(scenario: Scenario, pace_hours: int, *, by: Person, at: datetime) -> ConferenceTable:
    """Open a table for a case conference; whoever has its link sits down. Raises `TableRefused`."""
    access.allow(by, "C", TABLE)
    table = practice.open_table(scenario, pace_hours=pace_hours, by=by, at=at)
    record("table opened", by=by, object_kind=_KIND, object_id=table.pk)
    return table


@transaction.atomic
def sit_down(table: ConferenceTable, seat: str, *, language: str, by: Person, at: datetime) -> None:
    """Take a seat that nobody took. Raises `TableRefused`."""
    access.allow(by, "C", TABLE)
    table = practice.lock_table(table.pk)
    if practice.take_table_seat(table, seat, language=language, by=by, at=at):
        record("table seat taken", by=by, object_kind=_KIND, object_id=table.pk, about=by)


@transaction.atomic
def act_at_table(table: ConferenceTable, moment: str, move: Move, *, by: Person, at: datetime) -> None:
    """Tell, ask and decide in the moment she was shown. Raises `TableRefused`; nothing is stored then."""
    access.allow(by, "U", TABLE_SEAT, table)
    table = practice.lock_table(table.pk)
    _tell_the_others(table, practice.make_move(table, moment, move, by=by, at=at), by, at)


@transaction.atomic
def get_up(table: ConferenceTable, *, by: Person, at: datetime) -> None:
    """Leave her seat, with the same record as everybody; no line of the ledger tells of it. Raises `TableRefused`."""
    access.allow(by, "U", TABLE_SEAT, table)
    table = practice.lock_table(table.pk)
    _tell_the_others(table, practice.leave_table_seat(table, by=by, at=at), by, at)


@transaction.atomic
def let_stand_in(table: ConferenceTable, seat: str, *, by: Person, at: datetime) -> None:
    """Let the programme play a free seat of a table she opened. Raises `TableRefused`."""
    access.allow(by, "U", TABLE_LED, table)
    table = practice.lock_table(table.pk)
    closed = practice.seat_stand_in(table, seat, at)
    record("table stand-in seated", by=by, object_kind=_KIND, object_id=table.pk)
    _tell_the_others(table, closed, by, at)


@transaction.atomic
def wait_no_longer(table: ConferenceTable, moment: str, *, by: Person, at: datetime) -> None:
    """Close the moment the page showed, at a table she opened. Pressed twice, it goes on once."""
    access.allow(by, "U", TABLE_LED, table)
    table = practice.lock_table(table.pk)
    _closed_early(table, practice.close_moment(table, moment, at), by, at)


def look_at_tables_due(*, at: datetime) -> None:
    """Close every moment whose time is over, each table by itself: run twice, it closes one moment once.

    What goes wrong at one table keeps no other waiting. Raises `ExceptionGroup` at the end with every error there was,
    each with the number of its table.
    """
    due = ConferenceTable.objects.filter(due_at__lte=at).order_by("due_at")
    errors = []
    # Not the first few hundred: were so many broken, those after them would wait for ever.
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                table = practice.lock_table(pk)
                _closed_early(table, practice.time_out(table, at), None, at)
        except Exception as error:
            error.add_note(f"conference table {pk}")
            errors.append(error)
    if errors:
        raise ExceptionGroup("tables that could not go on", errors)


def _closed_early(table: ConferenceTable, closed: int, by: Person | None, at: datetime) -> None:
    if closed:
        record("table moment closed", by=by, object_kind=_KIND, object_id=table.pk)
    _tell_the_others(table, closed, by, at)


def _tell_the_others(table: ConferenceTable, closed: int, by: Any, at: datetime) -> None:
    """Tell those who play over days that the case has gone on; those who play at once see it on the page."""
    if not closed or not table.pace_hours:
        return
    kind, page = ("table_over", "table_back") if table.finished_at else ("table_turn", "table_moment")
    over = len(practice.table_at(table).turns)
    moment = reverse("training:table_moment", args=[table.key])
    for seat in table.seats.exclude(person=None).select_related("person"):
        set_aside(seat.person, moment, at=at)
        if seat.person != by:
            link = reverse(f"training:{page}", args=[table.key])
            facts = {"case": title_of(table.version.version_id, seat.language)}
            notify(seat.person, kind, facts=facts, link=link, dedupe=f"{kind}:{seat.pk}:{over}", at=at, mail=True)
