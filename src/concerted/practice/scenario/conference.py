"""A case conference without its words: seats with facts of their own, moments, decisions, outcomes. Pure.

    seat      its key                     police
    fact      seat.fact                   police.message       known to this seat alone at the beginning
    look back seat.fact.why               police.message.why
    question  asks.question               asks.contact         what one seat may ask another
    moment    its key                     opening
    for one   moment.seat                 opening.police       what only this seat reads
    decision  moment.seat.decision        opening.police.a     and opening.police.a.why, opening.police.a.basis
    outcome   its key                     kept                 and kept.her and so on, as the ending of a scenario

In a condition the name of a fact is a number, too: for a decision of a seat 1 when that seat knows it; for a moment or
an outcome how many seats have heard it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from concerted.practice.scenario.conditions import Condition, Effect, parse_condition, parse_effects
from concerted.practice.scenario.story import Band, Variable


class Conditional:
    """Whatever holds only `when` its condition does; without one, in any case."""

    when: str

    @cached_property
    def condition(self) -> Condition | None:
        return parse_condition(self.when) if self.when else None

    def holds(self, values: Mapping[str, int]) -> bool:
        return self.condition is None or self.condition.holds(values)


def _effects(written: str) -> tuple[Effect, ...]:
    return parse_effects(written) if written else ()


@dataclass(frozen=True)
class Fact:
    """What one seat knows. `needed`: the seats that need it for her safety. `locates`: it tells where she can be found.

    `told`, `spilled`: what changes when the first of those who need it hears it, and the first of those who do not.
    """

    key: str
    needed: tuple[str, ...] = ()
    locates: bool = False
    told: str = ""
    spilled: str = ""

    @cached_property
    def when_told(self) -> tuple[Effect, ...]:
        return _effects(self.told)

    @cached_property
    def when_spilled(self) -> tuple[Effect, ...]:
        return _effects(self.spilled)


@dataclass(frozen=True)
class Seat:
    """A place at the table, for somebody of a sector."""

    key: str
    sector: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Ask:
    """A question that any other seat may put to one seat; a fact answers it."""

    key: str
    to: str
    about: str


@dataclass(frozen=True)
class Decision(Conditional):
    """Something a seat can do in a moment. `lost`: the days it costs. `supported`: a protocol supports it."""

    key: str
    when: str = ""
    effects: str = ""
    lost: int = 0
    supported: bool = False

    @cached_property
    def changes(self) -> tuple[Effect, ...]:
        return _effects(self.effects)


@dataclass(frozen=True)
class Moment(Conditional):
    """A point of the case at which every seat acts once. `day`: counted from the first."""

    key: str
    day: int
    when: str = ""
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome(Conditional):
    """How it may end; the first that holds."""

    key: str
    when: str = ""


@dataclass(frozen=True)
class Conference:
    """A whole case: `moments` in their order, `outcomes` with the one that always holds last."""

    variables: tuple[Variable, ...]
    seats: tuple[Seat, ...]
    asks: tuple[Ask, ...]
    moments: tuple[Moment, ...]
    outcomes: tuple[Outcome, ...]

    @cached_property
    def named(self) -> dict[str, Variable]:
        return {variable.name: variable for variable in self.variables}

    @cached_property
    def seated(self) -> dict[str, Seat]:
        return {seat.key: seat for seat in self.seats}

    @cached_property
    def by_key(self) -> dict[str, Moment]:
        return {moment.key: moment for moment in self.moments}

    @cached_property
    def asked(self) -> dict[str, Ask]:
        return {ask.key: ask for ask in self.asks}

    @cached_property
    def facts(self) -> dict[str, tuple[Seat, Fact]]:
        """Every fact with the seat that knows it at the beginning."""
        return {fact.key: (seat, fact) for seat, fact in self.all_facts()}

    def all_facts(self) -> Iterator[tuple[Seat, Fact]]:
        return ((seat, fact) for seat in self.seats for fact in seat.facts)

    def others(self, seat: str) -> tuple[str, ...]:
        """Every seat but this one."""
        return tuple(one.key for one in self.seats if one.key != seat)


def as_plain(conference: Conference) -> dict[str, Any]:
    """The conference as JSON; `from_plain` reads it back."""
    return {
        "variables": [
            [one.name, one.start, one.low, one.high, one.shown, [[b.code, b.low, b.high] for b in one.bands]]
            for one in conference.variables
        ],
        "seats": [
            [
                one.key,
                one.sector,
                [[f.key, list(f.needed), f.locates, f.told, f.spilled] for f in one.facts],
            ]
            for one in conference.seats
        ],
        "asks": [[one.key, one.to, one.about] for one in conference.asks],
        "moments": [
            [
                one.key,
                one.day,
                one.when,
                {
                    seat: [[d.key, d.when, d.effects, d.lost, d.supported] for d in decisions]
                    for seat, decisions in one.decisions.items()
                },
            ]
            for one in conference.moments
        ],
        "outcomes": [[one.key, one.when] for one in conference.outcomes],
    }


def from_plain(plain: Mapping[str, Any]) -> Conference:
    """A conference out of JSON that `as_plain` wrote."""
    return Conference(
        tuple(map(_variable, plain["variables"])),
        tuple(
            Seat(key, sector, tuple(Fact(fact, tuple(needed), *rest) for fact, needed, *rest in facts))
            for key, sector, facts in plain["seats"]
        ),
        tuple(Ask(*one) for one in plain["asks"]),
        tuple(
            Moment(key, day, when, {seat: tuple(Decision(*one) for one in held) for seat, held in decisions.items()})
            for key, day, when, decisions in plain["moments"]
        ),
        tuple(Outcome(*one) for one in plain["outcomes"]),
    )


def _variable(plain: list[Any]) -> Variable:
    name, start, low, high, shown, bands = plain
    return Variable(name, start, low, high, shown, tuple(Band(*band) for band in bands))
