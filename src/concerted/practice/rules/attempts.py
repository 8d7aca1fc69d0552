"""What an attempt comes to, and when the next may begin. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

#: Whoever used up the attempts allowed without passing may begin again this long after the first of them.
WAIT = timedelta(days=7)


def score(right_first: int, questions: int) -> int:
    """Per cent of questions right at the first answer, rounded down; 100 when there is nothing to ask.

    >>> score(2, 3), score(0, 0)
    (66, 100)
    """
    return 100 * right_first // questions if questions else 100


def opens_on(results: Iterable[tuple[bool, date]], most: int) -> date | None:
    """The day from which the next attempt may begin; None when no attempt stands in its way.

    `results`: (passed, day it was finished) of the finished attempts, oldest first. Only failures since the last pass
    count, so whoever renews what she holds starts afresh. At most `most` failures in `WAIT` (0: any number).

    >>> opens_on([(False, date(2026, 5, 1)), (False, date(2026, 5, 2))], 2)
    datetime.date(2026, 5, 8)
    >>> opens_on([(False, date(2026, 5, 1)), (True, date(2026, 5, 2))], 1) is None
    True
    """
    failed: list[date] = []
    for passed, day in results:
        failed = [] if passed else [*failed, day]
    return failed[-most] + WAIT if 0 < most <= len(failed) else None
