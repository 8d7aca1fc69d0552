"""What is told of every unit: a territory, or the services that are run as one for the nation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np

from concerted.maths.arrays import Whole
from concerted.planning.rules.projection.scale import in_order, of_ten


class Measure(StrEnum):
    """A planned figure, by the word that files write for it."""

    CONTACTS = "contacts"
    EXTRA_CONTACTS = "extra_contacts"
    OPEN_CASES = "open_cases"
    EXTRA_CASES = "extra_cases"
    POSTS = "posts"
    EXTRA_POSTS = "extra_posts"
    COVER_POSTS = "cover_posts"
    TRAINING_HOURS = "training_hours"
    SLACK_HOURS = "slack_hours"
    SUPERVISION_HOURS = "supervision_hours"
    ONE_OFF = "one_off"
    RECURRENT = "recurrent"


#: Told for all services together.
MONEY = (Measure.ONE_OFF, Measure.RECURRENT)
#: Whole hundredths of what chance moves, of shape (units, 1 + draws, months, services): the first course is the plan.
#: A measure that is not here is moved by nothing.
Courses = dict[Measure, Whole]
#: Whole hundredths of what no surprise moves, such as training, of shape (units, months, services).
Steady = dict[Measure, Whole]


@dataclass(frozen=True, eq=False)
class Told:
    """A measure of some units: the plan itself, and what nine and one in ten draws pass; (units, months, services)."""

    planned: Whole
    low: Whole
    high: Whole

    @classmethod
    def of(cls, courses: Whole) -> "Told":
        """Of courses; where nothing is left to chance, low and high are the plan."""
        planned = courses[:, 0]
        ordered = in_order(np.moveaxis(courses[:, 1:], 1, -1))
        if (ordered[..., 0] == planned).all() and (ordered[..., -1] == planned).all():
            return cls(planned, planned, planned)
        return cls(planned, *of_ten(ordered))

    @classmethod
    def joined(cls, parts: Sequence["Told"]) -> "Told":
        """The units of all parts, in their order."""
        every = [np.concatenate([getattr(part, name) for part in parts]) for name in ("planned", "low", "high")]
        return cls(*every)

    def raised(self, steady: Whole) -> "Told":
        """The same with what no surprise moves added: whatever is added to every draw is added to low and high."""
        if not steady.any():
            return self
        return Told(self.planned + steady, self.low + steady, self.high + steady)

    def replaced(self, rows: Sequence[int], others: Sequence["Told"]) -> "Told":
        """The same with other units in some rows."""
        made = {}
        for name in ("planned", "low", "high"):
            made[name] = getattr(self, name).copy()
            for row, other in zip(rows, others, strict=True):
                made[name][row] = getattr(other, name)[0]
        return Told(**made)


T = TypeVar("T")


class Later(dict[Measure, T]):
    """Measures that are worked out when somebody looks at them: a page shows a few, a file all. `known` are those there
    are; `in` says nothing of them before they are looked at.
    """

    def __init__(self, known: Iterable[Measure], work: Callable[[Measure], T]) -> None:
        self.known = tuple(known)
        self._work = work

    def __missing__(self, measure: Measure) -> T:
        if measure not in self.known:
            raise KeyError(measure)
        self[measure] = self._work(measure)
        return self[measure]
