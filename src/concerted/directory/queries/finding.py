import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from concerted.directory.access import people_in
from concerted.directory.models import Person, Position
from concerted.kit.access import Reach
from concerted.kit.forms import LEAST_LETTERS

MOST_FOUND = 20


@dataclass(frozen=True)
class PersonFound:
    """A person as a search shows her: who, and where she works."""

    public: uuid.UUID
    name: str
    agencies: tuple[str, ...]


def find_people(
    words: str,
    reach: Reach,
    on: date,
    *,
    besides: Person | None,
    by_name: Reach | None = None,
    hidden_too: bool = True,
) -> list[PersonFound]:
    """People within reach whose name holds these words or whose address is this one; at most 20. Two queries.

    Who asked not to be shown to colleagues is found by her whole address only, and so is whoever lies outside
    `by_name`, where that is narrower than `reach`. With `hidden_too` False, who is hidden is not found at all.
    """
    words = " ".join(words.split())
    if len(words) < LEAST_LETTERS:
        return []
    named = Q(name__icontains=words, hidden=False)
    if by_name is not None and not by_name.everywhere:
        named &= Q(pk__in=people_in(by_name).order_by().values("pk"))
    fitting = named | Q(email__iexact=words) | Q(entered_address__email__iexact=words)
    others = people_in(reach).filter(fitting)
    if not hidden_too:
        others = others.filter(hidden=False)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    people = list(others.order_by("name", "id")[:MOST_FOUND])
    where = agencies_of(people, on)
    return [PersonFound(person.public, person.name, tuple(where[person.pk])) for person in people]


def agencies_of(people: Iterable[Person], on: date) -> dict[int, list[str]]:
    """The names of the agencies each of these people (by id) works at on a day. One query."""
    where: dict[int, list[str]] = defaultdict(list)
    rows: Any = Position.objects.filter(Q(until=None) | Q(until__gt=on), person__in=list(people), since__lte=on)
    for person, agency in rows.order_by("agency__name", "id").values_list("person_id", "agency__name"):
        where[person].append(agency)
    return where
