"""Where coordination broke in a case conference: who knew what when, what came late, what should have stayed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from concerted.practice.scenario.conference import Conference
from concerted.practice.scenario.sitting import ABSENT, Sitting, Turn, stand

#: What may break, the gravest first.
LOCATED, NOT_TOLD, LATE, SPILLED, LOST, UNANSWERED, AWAY = (
    "located",
    "not_told",
    "late",
    "spilled",
    "lost",
    "unanswered",
    "away",
)
KINDS = (LOCATED, NOT_TOLD, LATE, SPILLED, LOST, UNANSWERED, AWAY)


@dataclass(frozen=True)
class Break:
    """One place where coordination broke.

    `seat`: whose move it was. `others`: the seats it concerned. `part`: the key of the fact, question or decision.
    `turn`: the moment, counted from 0. `days`: lost by it; 0 where none can be counted.
    """

    kind: str
    seat: str
    part: str
    others: tuple[str, ...]
    turn: int
    days: int = 0


@dataclass(frozen=True)
class Known:
    """A fact and when each seat heard it: seat -> the turn. `owner` knew it at the beginning."""

    fact: str
    owner: str
    needed: tuple[str, ...]
    locates: bool
    heard: dict[str, int]


def who_knew(conference: Conference, sitting: Sitting) -> tuple[Known, ...]:
    """Every fact with the turn in which each other seat heard it, in the writer's order."""
    return tuple(
        Known(
            fact.key,
            seat.key,
            fact.needed,
            fact.locates,
            {one.to: one.turn for one in sitting.heard if one.fact == fact.key},
        )
        for seat, fact in conference.all_facts()
    )


def breaks(conference: Conference, turns: Sequence[Turn]) -> tuple[Break, ...]:
    """Where coordination broke, the gravest first, then in the order of the moments."""
    sitting = stand(conference, turns)
    found = [
        *_of_facts(conference, sitting),
        *_of_decisions(conference, turns),
        *_of_questions(conference, sitting),
        *_of_seats(turns),
    ]
    return tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), -one.days, one.turn)))


def _of_facts(conference: Conference, sitting: Sitting) -> Iterator[Break]:
    for one in who_knew(conference, sitting):
        missed = tuple(seat for seat in one.needed if seat not in one.heard)
        if missed:
            yield Break(NOT_TOLD, one.owner, one.fact, missed, len(sitting.days) - 1)
        late = {seat: turn for seat, turn in one.heard.items() if seat in one.needed and turn > 0}
        if late:
            turn = max(late.values())
            days = sitting.days[turn] - sitting.days[0]
            yield Break(LATE, one.owner, one.fact, tuple(late), turn, days)
        others = {seat: turn for seat, turn in one.heard.items() if seat not in one.needed}
        if others:
            kind = LOCATED if one.locates else SPILLED
            yield Break(kind, one.owner, one.fact, tuple(others), min(others.values()))


def _of_decisions(conference: Conference, turns: Sequence[Turn]) -> Iterator[Break]:
    for number, turn in enumerate(turns):
        for seat, decisions in conference.by_key[turn.moment].decisions.items():
            move = turn.moves.get(seat)
            for one in decisions:
                if move and one.key == move.decision and one.lost:
                    yield Break(LOST, seat, f"{turn.moment}.{seat}.{one.key}", (), number, one.lost)


def _of_questions(conference: Conference, sitting: Sitting) -> Iterator[Break]:
    """Questions whose answer never reached whoever asked. A fact that nobody there needs is rightly kept."""
    for one in sitting.asked:
        needed = conference.facts[one.ask.about][1].needed
        if one.by in needed and one.ask.about not in sitting.knows(one.by):
            yield Break(UNANSWERED, one.ask.to, one.ask.key, (one.by,), one.turn)


def _of_seats(turns: Sequence[Turn]) -> Iterator[Break]:
    for number, turn in enumerate(turns):
        for seat, move in turn.moves.items():
            if move.by == ABSENT:
                yield Break(AWAY, seat, turn.moment, (), number)
