"""Which questions a paper holds, and until when. Pure: the same seed draws the same questions."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

#: How much longer somebody may take who asks for more time, whatever her reason.
MORE_TIME = 1.5


class TooFew(ValueError):
    """A pool asks for more questions than there are; `asked`, `held`: how many."""

    def __init__(self, asked: int, held: int) -> None:
        super().__init__(f"{asked} of {held}")
        self.asked, self.held = asked, held


def draw(pools: Sequence[tuple[Sequence[int], int]], seed: str) -> list[int]:
    """The questions of a paper, in the order of the pools; none twice.

    `pools`: (numbers of the questions there are, how many are drawn). Raises `TooFew`.

    >>> draw([([1, 2, 3], 2), ([3, 4], 1)], "a") == draw([([1, 2, 3], 2), ([3, 4], 1)], "a")
    True
    >>> sorted(draw([([1, 2], 2), ([2, 3], 1)], "b"))
    [1, 2, 3]
    """
    drawn: list[int] = []
    for held, asked in pools:
        free = [number for number in held if number not in drawn]
        if asked > len(free):
            raise TooFew(asked, len(free))
        drawn += sorted(free, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).digest())[:asked]
    return drawn


def ends_at(started: datetime, minutes: int, *, more_time: bool) -> datetime | None:
    """When a paper closes; None when there is no limit.

    >>> ends_at(datetime(2026, 5, 1, 9), 15, more_time=True)
    datetime.datetime(2026, 5, 1, 9, 23)
    """
    if not minutes:
        return None
    return started + timedelta(minutes=ceil(minutes * MORE_TIME) if more_time else minutes)


def opens_again(finished: datetime | None, hours: int, *, passed: bool) -> datetime | None:
    """From when a test may be taken once more; None when nothing has to be waited for.

    >>> opens_again(datetime(2026, 5, 1, 9), 12, passed=False)
    datetime.datetime(2026, 5, 1, 21, 0)
    """
    if finished is None or passed:
        return None
    return finished + timedelta(hours=hours)
