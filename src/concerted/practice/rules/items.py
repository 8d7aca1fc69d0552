"""What answers tell about a question: how hard it is, whether it tells people apart, which options do no work. Pure.

A question is counted in sums alone (`practice.models.ItemCount`): people, how many were right, and for the rest of
their paper, in per cent, the sum, the sum of squares and the sum over those who were right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

#: Statistics of a question are about answers of people at work: as with all of them, ten people are the fewest shown.
FEWEST_COUNTED = 10
#: Below this number of people discrimination is luck, and so is an option that nobody chose.
FEWEST_JUDGED = 30
TOO_EASY, TELLS_LITTLE = 0.9, 0.2
#: Shares are shown in steps, and never as nobody or everybody.
STEP, LOWEST, HIGHEST = 5, 5, 95
#: What may be said of a question.
EASY, FLAT, IDLE = "easy", "flat", "idle"


@dataclass(frozen=True)
class Sums:
    """The sums over some people's answers to a question."""

    people: int = 0
    right: int = 0
    rest: int = 0
    rest_squared: int = 0
    rest_right: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.people + other.people,
            self.right + other.right,
            self.rest + other.rest,
            self.rest_squared + other.rest_squared,
            self.rest_right + other.rest_right,
        )

    @property
    def difficulty(self) -> float:
        """The share of people who were right: the higher, the easier.

        >>> Sums(people=4, right=3).difficulty
        0.75
        """
        return self.right / self.people if self.people else 0.0

    @property
    def discrimination(self) -> float | None:
        """How far being right here goes with being right elsewhere, -1 to 1; None where either never varies.

        The corrected item-total correlation: Pearson's r between the answer (0 or 1) and the score on the other
        questions. Leaving the question out of its own total: S. Henrysson, "Correction of item-total correlations in
        item analysis", Psychometrika 28 (1963), 211-218.

        >>> round(Sums(people=4, right=2, rest=200, rest_squared=15000, rest_right=150).discrimination, 3)
        0.707
        >>> Sums(people=4, right=4, rest=200, rest_squared=15000, rest_right=200).discrimination is None
        True
        """
        n = self.people
        spread = (n * self.right - self.right**2) * (n * self.rest_squared - self.rest**2)
        return (n * self.rest_right - self.rest * self.right) / sqrt(spread) if spread > 0 else None


def people_shown(sums: Sums) -> int:
    """At least so many people: down to the next step, so that one more seldom moves what is shown.

    >>> people_shown(Sums(people=14))
    10
    """
    return sums.people - sums.people % STEP


def share_shown(sums: Sums) -> int:
    """The share of people who were right as it may be shown, in per cent.

    >>> share_shown(Sums(people=12, right=12)), share_shown(Sums(people=12, right=7))
    (95, 60)
    """
    return min(max(round(100 * sums.difficulty / STEP) * STEP, LOWEST), HIGHEST)


def flags_of(sums: Sums, options: Mapping[str, int], wrong: Iterable[str]) -> tuple[str, ...]:
    """What to look at in a question; nothing while too few have answered.

    `options`: option -> people who chose it; `wrong`: the options that are not right.

    >>> flags_of(Sums(people=40, right=39, rest=2000, rest_squared=150000, rest_right=1950), {"b": 1}, ["b", "c"])
    ('easy', 'flat', 'idle')
    >>> flags_of(Sums(people=29, right=29), {}, ["b"])
    ()
    """
    if sums.people < FEWEST_JUDGED:
        return ()
    told = sums.discrimination
    found = {
        EASY: sums.difficulty >= TOO_EASY,
        FLAT: told is not None and told < TELLS_LITTLE,
        IDLE: any(not options.get(key) for key in wrong),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def chosen_in(kind: str, answer: Any) -> tuple[str, ...]:
    """The options somebody chose; none where a question is not answered by choosing.

    >>> chosen_in("multiple", ["a", "c"]), chosen_in("single", "b"), chosen_in("short", "b")
    (('a', 'c'), ('b',), ())
    """
    if kind == "multiple":
        return tuple(dict.fromkeys(answer))
    return (answer,) if kind in ("single", "hotspot") else ()


def wrong_of(kind: str, marking: Mapping[str, Any], options: Iterable[str]) -> tuple[str, ...]:
    """The options of a question that are not right.

    >>> wrong_of("multiple", {"right": ["a", "c"]}, ["a", "b", "c"])
    ('b',)
    """
    if kind not in ("single", "hotspot", "multiple"):
        return ()
    right = marking["right"] if kind == "multiple" else [marking["right"]]
    return tuple(key for key in options if key not in right)


def tags_in(marking: Mapping[str, Any]) -> frozenset[str]:
    """The misconceptions that an answer to a question may show.

    >>> sorted(tags_in({"right": "b", "tags": {"a": "low", "c": ""}, "tag": "form"}))
    ['form', 'low']
    """
    return frozenset(filter(None, [*marking.get("tags", {}).values(), marking.get("tag", "")]))
