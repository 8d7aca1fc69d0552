"""Posts from work: WHO's workload indicators (WISN), caseloads, seat-hours, training release, published standards.

Hours, weeks and populations are the caller's; only a ratio of two of the same kind ever counts. Posts stay fractions
until somebody is hired: `hired` rounds up once, at the level where people are hired.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .figures import Figures, OutOfRange, above, at_least, share, whole
from .said import said


@dataclass(frozen=True)
class Activity:
    """Work that comes by the piece: how many pieces in a year, and the hours that one takes."""

    name: str
    volume: ArrayLike
    unit_hours: ArrayLike


@dataclass(frozen=True)
class Wisn:
    """WHO's workload indicators of staffing need, for one cadre (or an array of places of it)."""

    #: activity -> pieces that one full post can do in a year.
    standard_workloads: Mapping[str, Figures]
    #: Posts for the activities alone.
    direct_need: Figures
    #: Times so many, for the work that everybody of the cadre does beside them.
    category_factor: Figures
    #: Posts more, for the work that some do.
    individual_factor: Figures
    required: Figures
    #: Existing posts less those required; negative when short.
    gap: Figures
    #: Existing posts over those required: below 1 is short. Without end where nothing is required.
    ratio: Figures


def available_time(gross: ArrayLike, absences: Sequence[ArrayLike]) -> Figures:
    """WISN's available working time: `gross` less holidays, leave, sickness and training, all in one unit.

    >>> float(available_time(4.5 * 52, [10, 30, 15]))
    179.0
    """
    left = above("gross", gross) - sum((at_least("absences", part) for part in absences), np.zeros(()))
    return np.float64(1) * above("available time after absences", left)


def wisn(
    available_hours: ArrayLike,
    activities: Sequence[Activity],
    category_allowances: Sequence[ArrayLike],
    individual_allowance_hours: ArrayLike,
    existing: ArrayLike,
) -> Wisn:
    """Posts that the work of a year requires, against those that exist.

    `available_hours` a post has in a year; `category_allowances` are shares of everybody's time (supervision, notes),
    `individual_allowance_hours` the hours in a year of work that only some do, all added up. Required posts are the
    direct need x 1 / (1 - allowances) + individual hours / available hours.
    Source: WHO, Workload Indicators of Staffing Need, User's manual, 2010. It sees what came through the door; what
    never came, hours of the day and queues are not in it: pair it with `queueing`.

    >>> found = wisn(1519, [Activity("visits", 1200, 1.5)], [0.1, 0.05], 600, existing=1)
    >>> round(float(found.required), 3), round(float(found.ratio), 3)
    (1.789, 0.559)
    """
    hours = above("available_hours", available_hours)
    workloads = {one.name: np.float64(1) * (hours / above(one.name, one.unit_hours)) for one in activities}
    if len(workloads) < len(activities):
        raise OutOfRange(said("activities: two of them have one name. Give each a name of its own."))
    needs = [at_least(one.name, one.volume) / workloads[one.name] for one in activities]
    direct = sum(needs, np.float64(0))
    allowed = share("category_allowances", sum((at_least("allowance", a) for a in category_allowances), np.zeros(())))
    factor, individual = 1 / (1 - allowed), at_least("individual_allowance_hours", individual_allowance_hours) / hours
    required = direct * factor + individual
    posts = at_least("existing", existing)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(required > 0, posts / required, np.inf)
    one = np.float64(1)
    return Wisn(workloads, one * direct, one * factor, one * individual, one * required, posts - required, one * ratio)


def posts(seat_hours: ArrayLike, contract_hours: ArrayLike, shrinkage: ArrayLike) -> Figures:
    """Full posts that keep `seat_hours` staffed: seat-hours / (contract hours x (1 - shrinkage)).

    Both in the same span, a week for instance. Shrinkage is the share of paid hours off the floor; it divides, since
    multiplying by 1 + shrinkage books too few.

    >>> round(float(posts(168, 37.5, 0.30)), 6)
    6.4
    """
    paid = above("contract_hours", contract_hours) * (1 - share("shrinkage", shrinkage))
    return np.float64(1) * (at_least("seat_hours", seat_hours) / paid)


def hired(need: ArrayLike) -> Figures:
    """Whole posts: `need` rounded up, once, where people are hired. What is over by rounding alone is not a post.

    >>> [int(n) for n in hired([6.4, 6.0000000000001, 0])]
    [7, 6, 0]
    """
    given = at_least("need", need)
    return np.float64(1) * np.ceil(given - 1e-9 * np.clip(given, 1, 1e5))


@dataclass(frozen=True)
class Floor:
    """Agents by hour when nobody works alone, and the seat-hours that this alone costs."""

    agents: Figures
    seat_hours_for_the_floor: Figures


def never_alone(agents: ArrayLike, is_open: ArrayLike = True, least: ArrayLike = 2) -> Floor:
    """At least `least` agents in every hour that is open, none in those that are not; hours run along the last axis.

    >>> floor = never_alone([1, 3, 0], is_open=[True, True, False])
    >>> [int(n) for n in floor.agents], int(floor.seat_hours_for_the_floor)
    ([2, 3, 0], 1)
    """
    needed, doors = whole("agents", agents), np.asarray(is_open, dtype=np.bool_)
    if np.any((needed > 0) & ~doors):
        raise OutOfRange(
            said("agents: an hour that is closed needs agents. Open it, or move its calls to an hour that is.")
        )
    staffed = np.where(doors, np.maximum(needed, whole("least", least)), 0)
    return Floor(staffed, np.sum(staffed - needed, axis=-1))
