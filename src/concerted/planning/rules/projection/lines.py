"""The week of a service that answers at once, with the staff it has and with the staff it needs."""

from dataclasses import dataclass

import numpy as np

from concerted.maths.arrays import Floats, Whole
from concerted.maths.demand import shared_out
from concerted.planning.rules.plan.part import WEEKS
from concerted.planning.rules.plan.schema import Plan
from concerted.planning.rules.projection.roster import Roster
from concerted.planning.rules.projection.staffing import direct_hours


@dataclass(frozen=True, eq=False)
class Line:
    """A week, Monday midnight first. `needed` and `there` are seats by hour; `lost` and `lost_as_planned` women by hour
    who do not get through with the posts there are, and with those asked for; `lost_a_month`, `planned_a_month` are
    the same for the low, planned and high contacts of the month.
    """

    contacts: Floats
    needed: Whole
    rostered: Whole
    there: Whole
    lost: Floats
    lost_as_planned: Floats
    lost_a_month: Floats
    planned_a_month: Floats

    @property
    def worst_hour(self) -> int:
        """The hour of the week in which most women do not get through today."""
        return int(self.lost.argmax())


def line_of(plan: Plan, key: str, contacts: Floats, filled: float) -> Line:
    """Of a service whose month has `contacts` (low, planned, high) and `filled` posts."""
    service = plan.services[key]
    weekly = contacts / WEEKS
    roster = Roster.of(service, float(weekly.max()))
    needed, rostered = roster.seats(weekly[1]), roster.seats(weekly[1], whole_shifts=True)
    there = _spread(filled * direct_hours(key, service) / WEEKS, needed)
    lost, planned = (np.array([roster.lost(value, seats) for value in weekly.tolist()]) for seats in (there, rostered))
    return Line(
        weekly[1] * roster.shares,
        needed,
        rostered,
        there,
        lost[1],
        planned[1],
        lost.sum(axis=1) * WEEKS,
        planned.sum(axis=1) * WEEKS,
    )


def _spread(seat_hours: float, needed: Whole) -> Whole:
    """The seat-hours that the posts of today give, in the hours that need them most, as far as they go."""
    most = min(int(seat_hours + 1e-9), int(needed.sum()))
    return shared_out(most, needed) if most else np.zeros_like(needed)
