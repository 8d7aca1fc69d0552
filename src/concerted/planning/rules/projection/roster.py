"""Seats of a service whose contacts are answered at once, hour by hour of the week.

The seats an hour needs are a step function of its load, and its load is the week's contacts times its share. So the
seat-hours of a whole week are a step function of the week's contacts: their steps are worked out once and sorted, and
any number of months, territories and draws are one search each. It is the integer that a loop over the hours gives.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil, log2

import numpy as np
from numpy.typing import ArrayLike

from concerted.maths.arrays import Floats, Whole
from concerted.maths.demand import HOURS, hour_profile
from concerted.maths.queueing import Definition, ErlangA, StaffingTable, staffing_table
from concerted.planning.rules.plan.service import Open, Queue, Service

#: A made-up day, to borrow where nobody counted: few contacts before dawn, most in the early evening.
EVENING = 1 + 0.7 * np.sin(2 * np.pi * (np.arange(HOURS) % 24 - 13) / 24)


def shape_of(queue: Queue) -> Floats:
    """Shares of a week's contacts by hour."""
    if isinstance(queue.shape, list):
        return hour_profile(queue.shape)
    shape = EVENING if queue.shape == "evening" else np.ones(HOURS)
    shares: Floats = shape / shape.sum()
    return shares


def open_hours(said: Open) -> np.ndarray:
    """Which hours of the week the service is open, Monday midnight first."""
    hours = np.arange(HOURS)
    day, hour = hours // 24 + 1, hours % 24
    return np.isin(day, said.days) & (hour >= said.since) & (hour < said.until)


@dataclass(frozen=True, eq=False)
class Roster:
    """How many seats each hour of a week needs, and how many whole shifts fill, for any number of contacts a week."""

    queue: Queue
    shares: Floats
    doors: np.ndarray
    table: StaffingTable

    @classmethod
    def of(cls, service: Service, most: float) -> "Roster":
        """For up to `most` contacts a week. What comes when the doors are closed is not answered."""
        queue = service.queue
        assert queue is not None
        shares, doors = shape_of(queue), open_hours(service.open)
        peak = max(1.0, most * float(shares.max()) * queue.minutes / 60)
        said = queue.model_dump(exclude={"shape", "shift_hours"})
        return cls(queue, shares, doors, _table(2 ** ceil(log2(peak) + 0.01), *said.values()))

    @property
    def covering(self) -> Floats:
        """The largest share of each shift, in each of its open hours: whoever is there for it is there all along."""
        inside = np.where(self.doors, self.shares, 0).reshape(-1, self.queue.shift_hours)
        filled = np.repeat(inside.max(axis=1), self.queue.shift_hours)
        return np.where(self.doors, filled, 0)

    def seats(self, a_week: ArrayLike, *, whole_shifts: bool = False) -> Whole:
        """Seats by hour, of shape (..., 168)."""
        shares = self.covering if whole_shifts else self.shares
        loads = np.asarray(a_week, dtype=float)[..., None] * shares * self.queue.minutes / 60
        return np.where(self.doors, self.table.agents(np.where(self.doors, loads, 0)), 0)

    def steps(self, *, whole_shifts: bool = False) -> Floats:
        """Contacts a week at which one more seat-hour is needed, ascending."""
        shares = (self.covering if whole_shifts else self.shares)[self.doors]
        limits = self.table.capacity[self.queue.never_alone :]
        per_share = limits / (self.queue.minutes / 60)
        return np.sort(np.divide.outer(per_share, shares[shares > 0]).ravel())

    def seat_hours(self, a_week: Floats, steps: Floats) -> Whole:
        """Seat-hours a week for each number of contacts: the floor, and a seat-hour for each step passed."""
        floor = self.queue.never_alone * int(self.doors.sum())
        return floor + np.searchsorted(steps, a_week, side="left")

    def lost(self, a_week: float, seats: Whole) -> Floats:
        """Women a week, by hour, who do not get through: they find it closed, or hang up before anybody answers."""
        rate = a_week * self.shares
        if self.queue.patience_minutes is None:
            return np.where((seats > 0) & self.doors, 0.0, rate)
        line = ErlangA(rate, self.queue.minutes / 60, self.queue.patience_minutes / 60, seats)
        return np.where((seats > 0) & self.doors, rate * np.asarray(line.p_abandon), rate)


@cache
def _table(
    most: float,
    minutes: float,
    patience: float | None,
    answer: float,
    within: float,
    definition: Definition,
    floor: int,
) -> StaffingTable:
    """The table is the same whatever it was built up to, so a few sizes serve all."""
    return staffing_table(
        most,
        minutes,
        patience=patience,
        service_level=answer,
        threshold=within / 60,
        at_least=floor,
        definition=definition,
    )
