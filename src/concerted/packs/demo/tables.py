"""Two tables of the demonstration, one open and one played to its end, and what many others decided."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from concerted.directory.models import Person, Position
from concerted.practice.models import ChoiceCount, ConferenceTable, Scenario
from concerted.practice.scenario.sitting import Move, stand_in
from concerted.practice.services import conference_of, table_at
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
    _count_decisions(scenario)


def _count_decisions(scenario: Scenario) -> None:
    """What tables of other places left behind: numbers of people, and no table."""
    assert scenario.published is not None
    conference = conference_of(scenario.published.pk)
    sectors = {seat.key: seat.sector for seat in conference.seats}
    for moment in conference.moments:
        for seat, decisions in moment.decisions.items():
            place = f"{moment.key}.{seat}"
            for n, decision in enumerate(decisions):
                people = {"people": max(24 - 7 * n + len(place) % 5, 1)}
                ChoiceCount.objects.update_or_create(
                    version=scenario.published,
                    passage=place,
                    choice=decision.key,
                    sector=sectors[seat],
                    defaults=people,
                )


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
