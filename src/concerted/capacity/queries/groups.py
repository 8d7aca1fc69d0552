"""The standing of a group: how many of its people hold what is asked of them, and nobody's name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from concerted.capacity.queries.standing import WEIGHT, episodes_on
from concerted.capacity.queries.wording import MandateNamed, mandates_in_force
from concerted.capacity.rules import Count
from concerted.directory.models import Group, Membership
from concerted.directory.rules import FEWEST


@dataclass(frozen=True)
class GroupStanding:
    """How many people are in a group on a day, and how they stand under each mandate that binds enough of them.

    `left_out` names the mandates that bind some, but too few.
    """

    people: int
    mandates: tuple[tuple[MandateNamed, Count], ...] = ()
    left_out: tuple[MandateNamed, ...] = ()

    @property
    def too_few(self) -> bool:
        return self.people < FEWEST


def group_standing(group: Group, on: date) -> GroupStanding:
    """Counts of people, not of positions: who holds two posts is counted once, by the post that asks most of her.

    Three queries; one where the group is too small to be counted.
    """
    members = Membership.held_on(on).filter(group=group).order_by()
    people = members.count()
    if people < FEWEST:
        return GroupStanding(people)
    worst: dict[tuple[int, int], str] = {}
    states = episodes_on(on).filter(position__person__in=members.values("person")).order_by()
    for mandate, person, state in states.values_list("mandate_id", "position__person_id", "state"):
        kept = worst.get((mandate, person))
        if kept is None or WEIGHT[state] < WEIGHT[kept]:
            worst[mandate, person] = state
    numbers = Counter((mandate, state) for (mandate, _person), state in worst.items())
    asked = Counter(mandate for mandate, _person in worst)
    named = [mandate for mandate in mandates_in_force(on) if asked[mandate.id]]
    return GroupStanding(
        people,
        tuple((mandate, _count(mandate.id, numbers)) for mandate in named if asked[mandate.id] >= FEWEST),
        tuple(mandate for mandate in named if asked[mandate.id] < FEWEST),
    )


def _count(mandate: int, numbers: Counter[tuple[int, str]]) -> Count:
    return Count(**{state: numbers[mandate, state] for state in WEIGHT})
