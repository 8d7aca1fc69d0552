"""Initiatives on the months of a plan, as the engine reckons with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import numpy as np

from concerted.maths.demand import Course
from concerted.planning.rules.plan.part import month_named, month_number
from concerted.planning.rules.plan.schema import Initiative, Plan
from concerted.planning.rules.projection.demand import course, since

#: An approach never arrives: what of it counts as nearly all.
NEARLY = 0.9


class Fullness(Enum):
    """Whether all of an effect is there in some month of the plan."""

    FULL = "full"
    NEARLY = "nearly"
    NEVER = "never"
    LATER = "later"


@dataclass(frozen=True)
class Placed:
    """An initiative on the months of its plan.

    `course`: corners of how much of its effect is there, as (months from the start of the plan, share).
    `full_from`: the first month of the plan in which all of it (of an approach, nine tenths) is there; None where there
    is none. `most`: the largest share that is there in a month of the plan. `earlier` and `later`: the months beside
    the one it begins in, where the plan has room for it.
    """

    key: str
    initiative: Initiative
    course: tuple[tuple[float, float], ...]
    fullness: Fullness
    full_from: str | None
    most: float
    earlier: str | None
    later: str | None


def placed(plan: Plan) -> Iterator[Placed]:
    """The initiatives of a plan in the order of its file."""
    for key, one in plan.initiatives.items():
        acts = course(plan, one)
        shares = acts.share(np.arange(plan.months) + 0.5)
        fullness, first = _fullness(plan, one, shares)
        yield Placed(
            key,
            one,
            tuple(_corners(acts, plan.months)),
            fullness,
            None if first is None else month_named(month_number(plan.start) + first),
            float(shares.max()),
            *_beside(plan, one),
        )


def _fullness(plan: Plan, one: Initiative, shares: np.ndarray) -> tuple[Fullness, int | None]:
    enough = NEARLY if one.ramp.shape == "approach" else 1 - 1e-9
    if shares.max() >= enough:
        kind = Fullness.NEARLY if one.ramp.shape == "approach" else Fullness.FULL
        return kind, int(np.argmax(shares >= enough))
    stopped = one.support_ends is not None and since(plan, one.support_ends) < plan.months - 1
    return (Fullness.NEVER if stopped else Fullness.LATER), None


def _corners(acts: Course, months: int) -> Iterator[tuple[float, float]]:
    """The ends of each month, and where the course bends; nothing where it begins after the plan."""
    if acts.start >= months:
        return
    bends = [acts.start + acts.ramp_length if acts.ramp == "linear" else acts.start]
    if acts.support_ends is not None:
        bends.append(acts.support_ends)
    first = max(acts.start, 0.0)
    times = sorted({first, *(float(n) for n in range(months + 1)), *bends})
    times = [at for at in times if first <= at <= months]
    if acts.start >= 0:
        yield first, 0.0
    yield from zip(times, acts.share(times).tolist(), strict=True)


def _beside(plan: Plan, one: Initiative) -> tuple[str | None, str | None]:
    """One month earlier and one later: within the plan, and no later than its support ends."""
    at, first = month_number(one.start), month_number(plan.start)
    last = first + plan.months - 1
    if one.support_ends is not None:
        last = min(last, month_number(one.support_ends))
    return (month_named(at - 1) if at > first else None), (month_named(at + 1) if at < last else None)
