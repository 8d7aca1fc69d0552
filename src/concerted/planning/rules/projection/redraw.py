"""Answers again when one territory's values change: its draws are done again, those of the others stay as they were.

Every figure is a whole number of hundredths, so what a territory came to can be taken out of a sum and put back in
another way: the answer is that of the whole plan, to the last byte. Only what no surprise moves, such as training that
is shared out by people, is worked out for all territories each time.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from threading import Lock

from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.answer import Projection
from concerted.planning.rules.projection.chance import blocks_of
from concerted.planning.rules.projection.engine import finished, moved
from concerted.planning.rules.projection.measures import Measure
from concerted.planning.rules.projection.responses import NAMES, Responses, all_responses
from concerted.planning.rules.projection.team import Team
from concerted.planning.rules.projection.territory import Part, Stretch, courses_of

#: What all territories share of what chance moves. Words, funds and options move nothing.
_SHARED = (
    *("start", "months", "services", "referrals", "initiatives", "training", "costs"),
    *("uncertainty", "seed", "draws"),
)
#: One in so many territories may differ; where more do, doing all again costs little more.
FEW = 4
#: Territories kept one by one beside each plan: as they were, and as they were changed last.
NEAR = 8
#: Territories whose responses are kept beside each plan: those that are being changed.
HEARD = 2


def own_values(plan: Plan) -> dict[str, Hashable]:
    """What a territory has for itself of all that decides what chance moves there: equal values, equal bytes."""
    places, people = tuple(plan.territories), 0
    shares: list[list[float]] = [[] for _place in places]
    team = Team("territory", places)
    # Training that finds slack, and a history for all, are shared out: they change here when people change elsewhere.
    for _column, key in team.services(plan):
        if plan.services[key].queue and any(one.of == key for one in plan.training.values()):
            for row, share in enumerate(team.shares(plan, key).tolist()):
                shares[row].append(share)
    if any(one.contacts is not None and one.contacts.history for one in plan.services.values()):
        people = sum(place.people for place in plan.territories.values())
    return {
        key: (held.people, held.women, tuple(held.counted.items()), people, tuple(own))
        for (key, held), own in zip(plan.territories.items(), shares, strict=True)
    }


@dataclass(eq=False)
class _Held:
    """What chance moves in a plan, and in a few of its territories by themselves."""

    plan: Plan
    values: dict[str, Hashable]
    part: Part
    near: OrderedDict[tuple[str, Hashable], Part] = field(default_factory=OrderedDict)
    heard: OrderedDict[str, list[Responses]] = field(default_factory=OrderedDict)

    def serves(self, plan: Plan) -> bool:
        """Whether plans differ at most in what each territory has for itself."""
        if self.plan.territories.keys() != plan.territories.keys():
            return False
        return all(getattr(self.plan, name) == getattr(plan, name) for name in _SHARED)

    @property
    def size(self) -> int:
        """Bytes of it, with as many territories by themselves as there may be."""
        courses = sum(held.nbytes for held in self.part.drawn.values())
        reached = sum(one.contacts is not None for one in self.plan.services.values())
        response = len(NAMES) * reached * self.part.drawn[Measure.CONTACTS].nbytes
        return self.part.size + NEAR * courses + HEARD * response


class Answers:
    """Answers plans and keeps what the last few came to, in at most `most` bytes. Threads may share it: what is kept is
    never changed, and two who ask at once at worst do the same work twice.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: list[_Held] = []
        self._lock = Lock()

    def __call__(self, plan: Plan) -> Projection:
        """The answer of `project`, to the last byte. Raises what it raises."""
        values, held = own_values(plan), self._like(plan)
        if held is not None:
            differ = [key for key in plan.territories if values[key] != held.values[key]]
            if len(differ) * FEW <= len(plan.territories) or len(differ) <= 1:
                return finished(plan, self._again(held, plan, values, differ))
        held = _Held(plan, values, moved(plan))
        self._keep(held)
        return finished(plan, held.part)

    @property
    def size(self) -> int:
        """Bytes that are kept at most."""
        return sum(held.size for held in self._held)

    def forget(self) -> None:
        """As after a start."""
        with self._lock:
            self._held = []

    def _like(self, plan: Plan) -> _Held | None:
        with self._lock:
            found = next((held for held in self._held if held.serves(plan)), None)
            if found is not None:
                self._held = [found, *(held for held in self._held if held is not found)]
        return found

    def _keep(self, new: _Held) -> None:
        with self._lock:
            kept, size = [], 0
            for held in (new, *self._held):
                size += held.size
                if size <= self.most and (held is new or not held.serves(new.plan)):
                    kept.append(held)
            self._held = kept

    def _again(self, held: _Held, plan: Plan, values: dict[str, Hashable], differ: Iterable[str]) -> Part:
        old = [self._near(held, held.plan, key, held.values[key]) for key in differ]
        new = [self._near(held, plan, key, values[key]) for key in differ]
        return held.part.replaced(old, new) if new else held.part

    def _near(self, held: _Held, plan: Plan, territory: str, value: Hashable) -> Part:
        with self._lock:
            found = held.near.get((territory, value))
            if found is not None:
                held.near.move_to_end((territory, value))
                return found
        stretch = Stretch(territory, range(blocks_of(plan)))
        made = Part.of(territory, courses_of(plan, stretch, self._heard(held, territory)))
        with self._lock:
            held.near[territory, value] = made
            while len(held.near) > NEAR:
                held.near.popitem(last=False)
        return made

    def _heard(self, held: _Held, territory: str) -> list[Responses]:
        with self._lock:
            found = held.heard.get(territory)
            if found is not None:
                held.heard.move_to_end(territory)
                return found
        made = all_responses(held.plan, territory)
        with self._lock:
            held.heard[territory] = made
            while len(held.heard) > HEARD:
                held.heard.popitem(last=False)
        return made
