"""An instrument without its words: items in order, and what each level means for whoever decides. Words are sections:

    item        its key              legal-power
    level       key.level-n          legal-power.level-0 ... legal-power.level-3
    evidence    key.evidence         what counts as evidence
    default     key.default          which level counts while there is none

Pure: no Django, no clock, no database.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from concerted.text.rules import SectionText

#: What the system may know by itself, as a share of a hundred: posts filled, people trained in time, and in how many of
#: a hundred cases promised funds suffice.
FILLED = ("posts", "trained", "money")


@dataclass(frozen=True)
class Item:
    """One item. Below level `floor` it is a gap, from `ready` on it is met, between the two it is a condition.

    `fills`: one of FILLED where the system knows the answer; `at`: from which share on each level above 0 begins.
    """

    key: str
    levels: int
    floor: int
    ready: int
    fills: str = ""
    at: tuple[float, ...] = ()

    def level_of(self, share: float) -> int:
        """The level of a share of a hundred.

        >>> item = Item("staffed-posts", 4, 1, 2, "posts", (50, 80, 95))
        >>> item.level_of(49.9), item.level_of(50), item.level_of(100)
        (0, 1, 3)
        """
        return bisect_right(self.at, share)

    def section_of(self, level: int) -> str:
        """The key of the words of a level."""
        return f"{self.key}.level-{level}"


@dataclass(frozen=True)
class InstrumentShape:
    """The items in their order."""

    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        """The item of this key; None where there is none."""
        return next((item for item in self.items if item.key == key), None)


@dataclass(frozen=True)
class InstrumentText:
    """An instrument as it is written: its words under permanent keys, and their shape."""

    code: str
    sections: tuple[SectionText, ...]
    shape: InstrumentShape
    place: int = 0
    pack: str = ""


def as_plain(shape: InstrumentShape) -> dict[str, Any]:
    """The shape as the database keeps it."""
    return asdict(shape)


def from_plain(held: dict[str, Sequence[dict[str, Any]]]) -> InstrumentShape:
    """The shape the database kept.

    >>> shape = InstrumentShape((Item("money", 4, 1, 2, "money", (50, 80, 95)),))
    >>> from_plain(as_plain(shape)) == shape
    True
    """
    return InstrumentShape(tuple(Item(**{**item, "at": tuple(item["at"])}) for item in held["items"]))
