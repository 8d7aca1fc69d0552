"""The moves of all seats, moment by moment, give where a case conference stands and who knows what. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from concerted.practice.scenario.conditions import Effect
from concerted.practice.scenario.conference import Ask, Conference, Decision, Moment, Outcome
from concerted.practice.scenario.playing import NotOpen, changed

#: Who made a move: a person, the programme for a seat nobody took, or nobody before the time ran out.
PERSON, STAND_IN, ABSENT = "person", "stand-in", "absent"


@dataclass(frozen=True)
class Move:
    """What a seat does in a moment: facts it tells (fact -> the seats that hear it), a question, a decision."""

    tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ask: str = ""
    decision: str = ""
    by: str = PERSON


@dataclass(frozen=True)
class Turn:
    """A moment that is over, with the move of every seat."""

    moment: str
    moves: Mapping[str, Move]


@dataclass(frozen=True)
class Heard:
    """A seat heard a fact. `turn`: counted from 0."""

    fact: str
    by: str
    to: str
    turn: int
    day: int


@dataclass(frozen=True)
class Asked:
    """A question one seat put to another."""

    ask: Ask
    by: str
    turn: int
    day: int


@dataclass(frozen=True)
class Sitting:
    """Where the case stands: the open moment, or the outcome; numbers, the day, and what was heard and asked."""

    moment: Moment | None
    outcome: Outcome | None
    values: Mapping[str, int]
    day: int
    lost: int
    days: tuple[int, ...]
    heard: tuple[Heard, ...]
    asked: tuple[Asked, ...]

    def knows(self, seat: str) -> frozenset[str]:
        """The facts this seat has heard from others."""
        return frozenset(one.fact for one in self.heard if one.to == seat)


def stand(conference: Conference, turns: Sequence[Turn]) -> Sitting:
    """Where the case stands after these turns, in order."""
    values: dict[str, int] = {one.name: one.start for one in conference.variables}
    heard: list[Heard] = []
    asked: list[Asked] = []
    days: list[int] = []
    lost = 0
    for number, turn in enumerate(turns):
        day = conference.by_key[turn.moment].day + lost
        days.append(day)
        for seat, move in _in_order(conference, turn):
            new = tuple(_hearings(conference, heard, seat, move, number, day))
            values = changed(conference.named, values, _effects_of(conference, heard, new))
            heard += new
            if move.ask:
                asked.append(Asked(conference.asked[move.ask], seat, number, day))
        # Decisions come after all was said: nobody's place in the list is an advantage.
        for decision in _decisions(conference, turn):
            values = changed(conference.named, values, decision.changes)
            lost += decision.lost
    moment = _next(conference, turns, values, heard)
    seen = _seen(conference, values, heard)
    outcome = None if moment else next(one for one in conference.outcomes if one.holds(seen))
    day = moment.day + lost if moment else (days[-1] if days else 0)
    return Sitting(moment, outcome, values, day, lost, tuple(days), tuple(heard), tuple(asked))


def _in_order(conference: Conference, turn: Turn) -> Iterator[tuple[str, Move]]:
    """The moves in the order of the seats, whoever was first."""
    return ((seat, turn.moves[seat]) for seat in conference.seated if seat in turn.moves)


def _hearings(
    conference: Conference, heard: Sequence[Heard], seat: str, move: Move, turn: int, day: int
) -> Iterator[Heard]:
    """Who hears something for the first time by this move."""
    known = {(one.fact, one.to) for one in heard}
    for fact, seats in move.tells.items():
        for one in seats:
            if (fact, one) not in known:
                yield Heard(fact, seat, one, turn, day)


def _effects_of(conference: Conference, before: Iterable[Heard], new: Iterable[Heard]) -> Iterator[Effect]:
    """What a fact changes the first time it reaches somebody who needs it, and somebody who does not."""
    reached = {(one.fact, one.to in conference.facts[one.fact][1].needed) for one in before}
    for one in new:
        fact = conference.facts[one.fact][1]
        needed = one.to in fact.needed
        if (one.fact, needed) not in reached:
            reached.add((one.fact, needed))
            yield from fact.when_told if needed else fact.when_spilled


def _decisions(conference: Conference, turn: Turn) -> Iterator[Decision]:
    offered = conference.by_key[turn.moment].decisions
    for seat, move in _in_order(conference, turn):
        yield from (one for one in offered.get(seat, ()) if one.key == move.decision)


def _seen(conference: Conference, values: Mapping[str, int], heard: Iterable[Heard]) -> dict[str, int]:
    """The numbers a moment or an outcome asks about: variables, and how many seats have heard each fact."""
    counts = dict.fromkeys(conference.facts, 0)
    for one in heard:
        counts[one.fact] += 1
    return {**values, **counts}


def _next(
    conference: Conference, turns: Sequence[Turn], values: Mapping[str, int], heard: Iterable[Heard]
) -> Moment | None:
    keys = [one.key for one in conference.moments]
    first = keys.index(turns[-1].moment) + 1 if turns else 0
    seen = _seen(conference, values, heard)
    return next((one for one in conference.moments[first:] if one.holds(seen)), None)


def open_decisions(conference: Conference, sitting: Sitting, seat: str) -> tuple[Decision, ...]:
    """What this seat can decide now, in the writer's order."""
    if sitting.moment is None:
        return ()
    knows = sitting.knows(seat) | {fact.key for fact in conference.seated[seat].facts}
    seen = {**sitting.values, **{fact: int(fact in knows) for fact in conference.facts}}
    return tuple(one for one in sitting.moment.decisions.get(seat, ()) if one.holds(seen))


def untold(conference: Conference, sitting: Sitting, seat: str) -> dict[str, tuple[str, ...]]:
    """The facts this seat can still tell somebody: fact -> the seats that have not heard it. Only its own."""
    known = {(one.fact, one.to) for one in sitting.heard}
    found = {
        fact.key: tuple(one for one in conference.others(seat) if (fact.key, one) not in known)
        for fact in conference.seated[seat].facts
    }
    return {fact: seats for fact, seats in found.items() if seats}


def open_asks(conference: Conference, sitting: Sitting, seat: str) -> tuple[Ask, ...]:
    """What this seat may ask: of others, about what it has not heard."""
    known = sitting.knows(seat)
    return tuple(one for one in conference.asks if one.to != seat and one.about not in known)


def check_move(conference: Conference, sitting: Sitting, seat: str, move: Move) -> None:
    """Raises NotOpen with the part that this seat cannot do now."""
    can = untold(conference, sitting, seat)
    for fact, seats in move.tells.items():
        if not set(seats) <= set(can.get(fact, ())):
            raise NotOpen(fact)
    if move.ask and move.ask not in {one.key for one in open_asks(conference, sitting, seat)}:
        raise NotOpen("ask")
    decisions = {one.key for one in open_decisions(conference, sitting, seat)}
    if move.decision not in (decisions or {""}):
        raise NotOpen("decision")


def stand_in(conference: Conference, sitting: Sitting, seat: str) -> Move:
    """What the programme does for a seat nobody took: it tells each thing to those who need it and nobody else, and
    takes the first decision that a protocol supports.
    """
    open_facts = untold(conference, sitting, seat)
    needing = {
        fact.key: tuple(one for one in open_facts.get(fact.key, ()) if one in fact.needed)
        for fact in conference.seated[seat].facts
    }
    tells = {fact: seats for fact, seats in needing.items() if seats}
    offered = open_decisions(conference, sitting, seat)
    chosen = next((one for one in offered if one.supported), offered[0] if offered else None)
    return Move(tells, "", chosen.key if chosen else "", STAND_IN)


def move_as_plain(move: Move) -> dict[str, Any]:
    """A move as JSON, but for who made it."""
    return {
        "tells": {fact: list(seats) for fact, seats in move.tells.items()},
        "ask": move.ask,
        "decision": move.decision,
    }


def move_from_plain(plain: Mapping[str, Any], by: str) -> Move:
    return Move({fact: tuple(seats) for fact, seats in plain["tells"].items()}, plain["ask"], plain["decision"], by)
