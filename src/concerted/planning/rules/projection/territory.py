"""What draws of a territory come to: a pure function, so that work lost with its worker is simply done again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from concerted.maths.arrays import Whole
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.chance import blocks_of
from concerted.planning.rules.projection.demand import levels
from concerted.planning.rules.projection.measures import Courses, Later, Measure, Told
from concerted.planning.rules.projection.responses import NAMES, Responses, responses
from concerted.planning.rules.projection.scale import hundredths, refuse_too_much, too_many_referred
from concerted.planning.rules.projection.spending import needs, spending
from concerted.planning.rules.projection.team import Team, worked

#: Contacts that a territory's women make in a month.
MOST = 1e9


@dataclass(frozen=True)
class Stretch:
    """Some blocks of draws of one territory."""

    territory: str
    blocks: range


@dataclass(frozen=True)
class Shard:
    """What one worker does at once."""

    plan: Plan
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, eq=False)
class Part:
    """What some territories come to by what chance moves: each one's figures and money, of shape (territories,
    1 + draws), and the courses of all of them added up.
    """

    territories: tuple[str, ...]
    measures: tuple[Measure, ...]
    told: Mapping[Measure, Told]
    drawn: Mapping[Measure, Whole]
    needs: Whole

    @classmethod
    def of(cls, territory: str, courses: Courses) -> "Part":
        """Of all the courses of one territory."""
        told = Later(courses, lambda measure: Told.of(courses[measure]))
        return cls((territory,), tuple(courses), told, courses, needs(courses))

    @classmethod
    def joined(cls, parts: Iterable["Part"]) -> "Part":
        """All parts as one; courses are added up as they come, so that memory does not grow with territories."""
        places: list[str] = []
        told: dict[Measure, list[Told]] = {}
        drawn: Courses = {}
        asked = []
        for part in parts:
            places += part.territories
            asked.append(part.needs)
            for measure in part.measures:
                held = part.drawn[measure]
                told.setdefault(measure, []).append(part.told[measure])
                if measure in drawn:
                    drawn[measure] += held
                else:
                    drawn[measure] = held.copy()
        every = {measure: Told.joined(held) for measure, held in told.items()}
        return cls(tuple(places), tuple(drawn), every, drawn, np.concatenate(asked))

    def replaced(self, old: Sequence["Part"], new: Sequence["Part"]) -> "Part":
        """The same with other courses for some territories: exact, since whole hundredths are added and taken away."""
        rows = [self.territories.index(part.territories[0]) for part in new]
        asked = self.needs.copy()
        asked[rows] = np.concatenate([part.needs for part in new])

        def told(measure: Measure) -> Told:
            return self.told[measure].replaced(rows, [part.told[measure] for part in new])

        def drawn(measure: Measure) -> Whole:
            made = self.drawn[measure].copy()
            for was, becomes in zip(old, new, strict=True):
                made += becomes.drawn[measure]
                made -= was.drawn[measure]
            return made

        return Part(self.territories, self.measures, Later(self.measures, told), Later(self.measures, drawn), asked)

    @property
    def size(self) -> int:
        """Bytes of it."""
        held = [*self.drawn.values(), self.needs]
        held += [getattr(told, name) for told in self.told.values() for name in ("planned", "low", "high")]
        return sum(one.nbytes for one in held)


@dataclass(frozen=True, eq=False)
class Piece:
    """Courses of some blocks of a territory whose other blocks are with other workers."""

    stretch: Stretch
    courses: Courses


Done = list[Part | Piece]


def work(shard: Shard) -> Done:
    """Pieces of the territories whose other draws are elsewhere, and the others as one part."""
    plan, whole = shard.plan, range(blocks_of(shard.plan))
    done: Done = [Piece(one, courses_of(plan, one)) for one in shard.stretches if one.blocks != whole]
    here = [one for one in shard.stretches if one.blocks == whole]
    if here:
        done.append(Part.joined(Part.of(one.territory, courses_of(plan, one)) for one in here))
    return done


def parts_of(plan: Plan, done: Iterable[Part | Piece]) -> list[Part]:
    """What workers gave back, in any order, as parts in the order of the plan, without pieces that lack another."""
    place = {key: row for row, key in enumerate(plan.territories)}
    parts: list[Part] = []
    pieces: dict[str, list[Piece]] = {}
    for one in done:
        if isinstance(one, Part):
            parts.append(one)
        else:
            pieces.setdefault(one.stretch.territory, []).append(one)
    for territory, held in pieces.items():
        held.sort(key=lambda piece: piece.stretch.blocks.start)
        if sum(len(piece.stretch.blocks) for piece in held) == blocks_of(plan):
            parts.append(Part.of(territory, _in_a_row([piece.courses for piece in held])))
    return sorted(parts, key=lambda part: place[part.territories[0]])


def courses_of(plan: Plan, stretch: Stretch, heard: Sequence[Responses] | None = None) -> Courses:
    """What chance moves, of shape (1, courses, months, services); `heard` are its `responses`, if they are at hand."""
    found = []
    for place, block in enumerate(stretch.blocks):
        known = responses(plan, stretch.territory, block) if heard is None else heard[place]
        found.append(_courses(plan, stretch.territory, known))
    return _in_a_row(found)


def _in_a_row(courses: Sequence[Courses]) -> Courses:
    if len(courses) == 1:
        return courses[0]
    return {measure: np.concatenate([one[measure] for one in courses], axis=1) for measure in courses[0]}


def flows(plan: Plan, territory: str, heard: Responses) -> dict[str, Whole]:
    """Contacts and open cases with and without the initiatives, of shape (1, courses, months, services)."""
    level = levels(plan, territory)
    found = []
    for name in NAMES:
        # One after the other, in the order of the plan: another order would round in another way.
        made = sum((level[column] * held[name] for column, held in heard.items()), np.zeros(()))
        found.append(made)
    for column, key in enumerate(plan.services):
        refuse_too_much(found[0][..., column], MOST, too_many_referred, key)
    return {name: hundredths(made)[None] for name, made in zip(NAMES, found, strict=True)}


def _courses(plan: Plan, territory: str, heard: Responses) -> Courses:
    found = flows(plan, territory, heard)
    team = Team("territory", (territory,))
    courses: Courses = {
        Measure.CONTACTS: found["contacts"],
        Measure.EXTRA_CONTACTS: found["contacts"] - found["contacts_without"],
        Measure.OPEN_CASES: found["open"],
        Measure.EXTRA_CASES: found["open"] - found["open_without"],
    }
    courses |= worked(plan, team, found)
    courses |= spending(plan, team, courses)
    return courses
