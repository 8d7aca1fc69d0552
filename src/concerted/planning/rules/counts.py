"""Counts of what happened in a month in a territory: of what, and what of it may be shown to others.

Numbers of people under ten could lead to one woman. Others than those who count there see them as "fewer than ten", and
the rest in fives; sums are made of what is shown, never of what is not. So nothing that is shown depends on a number
that is withheld, whichever sums, months or corrections somebody puts beside each other (ADR 30).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

#: Fewer people than these are not told apart.
FEWEST = 10
#: Numbers of people are shown to others in steps of so many.
STEP = 5
#: No territory counts more in a month; more is a mistake in typing.
MOST = 10_000_000


class Counted(StrEnum):
    """What is counted in a month, by the word that files write for it."""

    #: Who turned to the service, answered or not.
    CONTACTS = "contacts"
    ANSWERED = "answered"
    #: Sent on to another service.
    REFERRED = "referred"
    OPEN_CASES = "open_cases"
    #: Mean days from the referral to the first meeting there, of those who met in the month.
    WAIT_DAYS = "wait_days"
    POSTS_FILLED = "posts_filled"
    TRAINING_HOURS = "training_hours"
    #: Whole units of money.
    SPENT = "spent"


#: Numbers of people who turned to a service.
PEOPLE = frozenset({Counted.CONTACTS, Counted.ANSWERED, Counted.REFERRED, Counted.OPEN_CASES})
#: Counted on the way from one service to another.
ON_THE_WAY = frozenset({Counted.REFERRED, Counted.WAIT_DAYS})


@dataclass(frozen=True, order=True)
class CountOf:
    """What a number is of: a service by its word, what is counted there, and for ways the service they lead to."""

    service: str
    counted: str
    to: str = ""


@dataclass(frozen=True)
class Shown:
    """A number as others see it. `value` None: not counted, or, where `few`, fewer than ten."""

    value: int | None = None
    few: bool = False


@dataclass(frozen=True)
class Total:
    """A sum of what is shown: five for each number under ten. `few` and `missing`: of how many that was so."""

    value: int
    few: int = 0
    missing: int = 0


def shown_to_others(counts: Mapping[CountOf, int]) -> dict[CountOf, Shown]:
    """The counts of one territory and month as others see them.

    A mean wait of a few is the wait of one of them: it is shown only where ten or more were referred that way.

    >>> line = CountOf("helpline", "contacts")
    >>> shown_to_others({line: 137, CountOf("shelter", "contacts"): 4})[line]
    Shown(value=135, few=False)
    """
    return {of: _shown(of, value, counts) for of, value in counts.items()}


def _shown(of: CountOf, value: int, counts: Mapping[CountOf, int]) -> Shown:
    if of.counted in PEOPLE:
        return Shown(few=True) if value < FEWEST else Shown(in_steps(value))
    if of.counted == Counted.WAIT_DAYS:
        few = counts.get(CountOf(of.service, Counted.REFERRED, of.to), 0) < FEWEST
        return Shown(few=True) if few else Shown(value)
    return Shown(value)


def in_steps(value: int) -> int:
    """The nearest step, halves cannot be.

    >>> [in_steps(n) for n in (10, 12, 13, 17, 18)]
    [10, 10, 15, 15, 20]
    """
    return (value + STEP // 2) // STEP * STEP


def total_of(shown: Iterable[Shown | None]) -> Total:
    """The sum of what is shown; of what is not counted nothing is added, and it is told how often.

    >>> total_of([Shown(135), Shown(few=True), None])
    Total(value=140, few=1, missing=1)
    """
    value = few = missing = 0
    for one in shown:
        if one is None:
            missing += 1
        elif one.few:
            few += 1
            value += STEP
        else:
            value += one.value or 0
    return Total(value, few, missing)
