"""Two tables of the demonstration: one open with two seats taken, and one that was played to its end."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from concerted.directory.models import Person, Position
from concerted.practice.models import ConferenceTable, Scenario
from concerted.practice.scenario.sitting import Move, stand_in
from concerted.practice.services import table_at
from concerted.training import services as training

_CASE = "five-seats"
#: Seat -> login, at the table that was played.
_PLAYED = {"health": "amal", "advocate": "lina", "social": "ines"}
_OPEN = {"health": "amal", "police": "ines"}


def write_tables(held: Mapping[str, Position], at: datetime) -> None:
    """Both tables, opened by the trainer. Nothing where the pack brings no such case."""
    scenario = Scenario.objects.filter(code=_CASE, published__isnull=False).first()
    if scenario is None:
        return
    trainer = held["tove"].person
    _play(_open(scenario, _PLAYED, held, trainer, at - timedelta(days=9)), held, trainer, at - timedelta(days=2))
    _open(scenario, _OPEN, held, trainer, at)


def _open(
    scenario: Scenario, seats: Mapping[str, str], held: Mapping[str, Position], by: Person, at: datetime
) -> ConferenceTable:
    table = training.open_table(scenario, 72, by=by, at=at)
    for seat, login in seats.items():
        training.sit_down(table, seat, language="en", by=held[login].person, at=at)
    return table


def _play(table: ConferenceTable, held: Mapping[str, Position], by: Person, at: datetime) -> None:
    """Two play as the protocol has it; social services tell nothing before the second moment, and put off the court."""
    for seat in ("police", "programme"):
        training.let_stand_in(table, seat, by=by, at=at)
    while (now := table_at(table)).sitting.moment is not None:
        moment = now.sitting.moment.key
        for seat, login in _PLAYED.items():
            move = stand_in(now.conference, now.sitting, seat)
            if seat == "social" and moment == "opening":
                move = Move(decision=move.decision)
            if seat == "social" and moment == "phone":
                move = Move(move.tells, "", "c")
            training.act_at_table(table, moment, move, by=held[login].person, at=at)
