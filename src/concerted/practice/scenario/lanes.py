"""A case conference as it is drawn: a lane for each seat, what is handed from lane to lane, and its moments. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from concerted.practice.scenario.conditions import Unreadable, names_of
from concerted.practice.scenario.conference import Conference, Decision, Moment, Seat


@dataclass(frozen=True)
class HandOver:
    """A fact: the lane that knows it, and those that have to hear it; none of them: it is to be kept."""

    fact: str
    owner: int
    to: tuple[int, ...]
    locates: bool = False

    @property
    def kept(self) -> bool:
        """Whether nobody has to hear it."""
        return not self.to


@dataclass(frozen=True)
class Cell:
    """How much a seat can decide in a moment; `hanging`: of these, what is open only once it has heard `facts`."""

    decisions: int
    hanging: int = 0
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Round:
    """A moment with one cell a lane. `facts`: those that it hangs on itself."""

    moment: str
    day: int
    cells: tuple[Cell, ...]
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lanes:
    """The whole case: seats from the first lane on, hand-overs and moments from the top, endings at the foot."""

    seats: tuple[str, ...]
    hand_overs: tuple[HandOver, ...]
    rounds: tuple[Round, ...]
    endings: tuple[str, ...]


def lanes_of(case: Conference) -> Lanes:
    """The lanes of a case. Seats and facts that are not there are left out: the check names them.

    >>> from concerted.practice.scenario.conference import Fact
    >>> seats = (Seat("police", "police", (Fact("threat", ("health",)),)), Seat("health", "health", ()))
    >>> told = lanes_of(Conference((), seats, (), (Moment("opening", 0),), ()))
    >>> told.hand_overs[0].to, told.rounds[0].cells[1].decisions
    ((1,), 0)
    """
    at = {seat.key: lane for lane, seat in enumerate(case.seats)}
    handed = (
        HandOver(fact.key, at[seat.key], _lanes(fact.needed, at, at[seat.key]), fact.locates)
        for seat, fact in case.all_facts()
    )
    return Lanes(
        tuple(at), tuple(handed), tuple(_round(case, one) for one in case.moments), tuple(o.key for o in case.outcomes)
    )


def _lanes(seats: Iterable[str], at: dict[str, int], own: int) -> tuple[int, ...]:
    return tuple(sorted({at[seat] for seat in seats if seat in at} - {own}))


def _round(case: Conference, moment: Moment) -> Round:
    cells = tuple(_cell(case, seat, moment.decisions.get(seat.key, ())) for seat in case.seats)
    return Round(moment.key, moment.day, cells, _facts(case, moment.when))


def _cell(case: Conference, seat: Seat, decisions: Iterable[Decision]) -> Cell:
    """What the seat knows at the beginning holds nothing back, so it is not counted."""
    own = {fact.key for fact in seat.facts}
    hanging = [tuple(fact for fact in _facts(case, one.when) if fact not in own) for one in decisions]
    named = dict.fromkeys(fact for facts in hanging for fact in facts)
    return Cell(len(hanging), sum(map(bool, hanging)), tuple(named))


def _facts(case: Conference, when: str) -> tuple[str, ...]:
    """The facts a condition names, in the writer's order; none where it cannot be read."""
    try:
        names = names_of(when) if when else frozenset()
    except Unreadable:
        return ()
    return tuple(fact for fact in case.facts if fact in names)
