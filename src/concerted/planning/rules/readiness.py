"""Whether an authority is ready for a duty: item by item, with the reason, and never a sum of levels.

Pure: no Django, no clock, no database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

#: After so many days a rating has to be done again.
GOOD_FOR = 365
#: What stands for an item nobody answered, and for an answer that nothing shows.
SAFE_LEVEL = 0


class State(StrEnum):
    """What an authority is, before a duty is handed down."""

    NOT_ASSESSED = "not_assessed"
    GAPS = "gaps"
    CONDITIONAL = "conditional"
    READY = "ready"


class Mark(StrEnum):
    """What one item means for the decision."""

    GAP = "gap"
    CONDITION = "condition"
    MET = "met"


class Why(StrEnum):
    """Why an item counts with its level."""

    SHOWN = "shown"
    KNOWN = "known"
    NOT_SHOWN = "not_shown"
    NOT_KNOWN = "not_known"
    UNANSWERED = "unanswered"


class Form(Protocol):
    """An item of an instrument, as far as it decides."""

    @property
    def key(self) -> str: ...
    @property
    def floor(self) -> int: ...
    @property
    def ready(self) -> int: ...
    @property
    def fills(self) -> str: ...
    def level_of(self, share: float) -> int: ...


@dataclass(frozen=True)
class Answer:
    """What was answered: a level, and whether anything shows it. `level` None: nothing was chosen."""

    level: int | None
    shown: bool = False


@dataclass(frozen=True)
class Line:
    """One item with the level that counts, what that means, and why. `claimed`: the level that was chosen."""

    key: str
    level: int
    mark: Mark
    why: Why
    claimed: int | None = None


@dataclass(frozen=True)
class Readiness:
    """What was found. `old`: the rating it rests on is older than GOOD_FOR."""

    state: State
    lines: tuple[Line, ...] = ()
    old: bool = False

    def of(self, mark: Mark) -> tuple[Line, ...]:
        """The lines with this mark."""
        return tuple(line for line in self.lines if line.mark is mark)


def line_of(item: Form, answer: Answer | None, share: float | None) -> Line:
    """One item judged. Where the system knows, its share counts and nothing else; a level that nothing shows counts as
    SAFE_LEVEL.
    """
    claimed = answer.level if answer else None
    if item.fills:
        level = SAFE_LEVEL if share is None else item.level_of(share)
        why = Why.NOT_KNOWN if share is None else Why.KNOWN
    elif answer is None or claimed is None:
        level, why = SAFE_LEVEL, Why.UNANSWERED
    elif answer.shown or claimed <= SAFE_LEVEL:
        level, why = claimed, Why.SHOWN
    else:
        level, why = SAFE_LEVEL, Why.NOT_SHOWN
    mark = Mark.GAP if level < item.floor else Mark.CONDITION if level < item.ready else Mark.MET
    return Line(item.key, level, mark, why, claimed)


def judged(
    items: Sequence[Form], answers: Mapping[str, Answer], known: Mapping[str, float | None], *, age: int = 0
) -> Readiness:
    """What a rating of `age` days and what the system knows come to. `known`: what fills an item -> share of a hundred.

    One gap makes gaps, whatever the others say; a rating that is old is a condition by itself.
    """
    lines = tuple(line_of(item, answers.get(item.key), known.get(item.fills)) for item in items)
    marks, old = {line.mark for line in lines}, age > GOOD_FOR
    state = State.GAPS if Mark.GAP in marks else State.CONDITIONAL if Mark.CONDITION in marks or old else State.READY
    return Readiness(state, lines, old)


def plain(found: Readiness) -> dict[str, Any]:
    """As a statement keeps it."""
    return {
        "state": str(found.state),
        "old": found.old,
        "lines": [[line.key, line.level, str(line.mark), str(line.why)] for line in found.lines],
    }
