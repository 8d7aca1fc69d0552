"""Two entries that may be one person, as who joins them reads them: never more than she may see of either already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from concerted.directory import hooks
from concerted.directory.access import people_in
from concerted.directory.models import Person, Position
from concerted.directory.queries.finding import MOST_FOUND, PersonFound, agencies_of
from concerted.directory.queries.people import positions_of, roles_of
from concerted.kit.access import Reach


@dataclass(frozen=True)
class Side:
    """One of two entries: the posts she holds, how much is recorded about her, whether she signs in with it."""

    person: Person
    posts: tuple[Position, ...]
    counts: tuple[str, ...]
    roles: int
    signs_in: bool


def side_of(person: Person, on: date) -> Side:
    """One entry as it is shown beside another: posts held today, and numbers. Three queries and one for each count."""
    posts = positions_of(person)
    # As on her page: where she will work, or did, is not for everybody who may see where she works.
    held = tuple(one for one in posts if one.since <= on and (one.until is None or one.until > on))
    roles = sum(1 for role in roles_of(person) if role.until is None or role.until > on)
    counts = tuple(hooks.counted_of(person))
    return Side(person, held, counts, roles, person.has_account)


def namesakes_of(person: Person, reach: Reach, on: date) -> list[PersonFound]:
    """Others within reach who are called the same and did not ask to stay hidden; at most 20. Two queries."""
    same = people_in(reach).filter(name__iexact=person.name, hidden=False).exclude(pk=person.pk)
    return _shown(same.order_by("id")[:MOST_FOUND], on)


def _shown(people: Iterable[Person], on: date) -> list[PersonFound]:
    found = list(people)
    where = agencies_of(found, on)
    return [PersonFound(person.public, person.name, tuple(where[person.pk])) for person in found]


def entry_that_remains(public: Any) -> Person | None:
    """The entry that one with this key was joined to, or None. Whether the asker may see it is for who calls."""
    return Person.objects.filter(joined_entries__public=public, erased_at=None).first()
