"""What rooms above want to know at once when the directory changes.

A room above adds its function in its own `AppConfig.ready`; it is called in the transaction of the change, so the
change and what follows from it are stored together or not at all.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

#: Called with the ids of positions that were made, ended or changed.
positions_changed: list[Callable[[Sequence[int]], object]] = []
#: Called with the ids of territories that now stand elsewhere in the tree, the moved one first.
territories_moved: list[Callable[[Sequence[int]], object]] = []
#: Called when the address of a person is another from now on: with her, the address before that whoever keeps her entry
#: saw (or None), and whether it was hers.
address_changed: list[Callable[[Any, str | None, bool], object]] = []
#: Called when an entry turns out to be a person who is here already: with the entry, with her, and when.
people_joined: list[Callable[[Any, Any, datetime], object]] = []
#: Called with the ids of positions about to be removed, because another position of hers holds their days.
positions_leaving: list[Callable[[Sequence[int]], object]] = []
#: Called with a person: how many of what a room keeps about her, in words. Never what it says.
counts_of_person: list[Callable[[Any], str]] = []
#: Called with the reader and a group: the label and the address of a page about it in a room above, or None.
ways_from_group: list[Callable[[Any, Any], tuple[str, str] | None]] = []
_AT_ONCE = 1000


def tell_positions_changed(ids: Iterable[int]) -> None:
    """Tell every listener, a thousand positions at a time."""
    rest = iter(ids)
    while chunk := list(islice(rest, _AT_ONCE)):
        for listener in positions_changed:
            listener(chunk)


def tell_territories_moved(ids: Sequence[int]) -> None:
    """Tell every listener which territories moved."""
    for listener in territories_moved:
        listener(ids)


def tell_address_changed(person: Any, before: str | None, hers: bool) -> None:
    """Tell every listener that she is reached elsewhere."""
    for listener in address_changed:
        listener(person, before, hers)


def tell_positions_leaving(ids: Sequence[int]) -> None:
    """Tell every listener which positions are about to be removed."""
    for listener in positions_leaving:
        listener(ids)


def counted_of(person: Any) -> list[str]:
    """How much the rooms above keep about her."""
    return [count(person) for count in counts_of_person]


def tell_people_joined(entry: Any, person: Any, at: datetime) -> None:
    """Tell every listener that what it keeps about the entry is about the person."""
    for listener in people_joined:
        listener(entry, person, at)


def ways_from(by: Any, group: Any) -> list[tuple[str, str]]:
    """The pages of rooms above about this group that `by` may open."""
    return [way for find in ways_from_group if (way := find(by, group)) is not None]
