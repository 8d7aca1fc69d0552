import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from concerted.directory.access import filter_agencies
from concerted.directory.models import Person, Position
from concerted.kit.access import Reach

#: Fewer letters would list half a country.
LEAST_LETTERS, MOST_FOUND = 3, 20


@dataclass(frozen=True)
class PersonFound:
    """A person as a search shows her: who, and where she works."""

    public: uuid.UUID
    name: str
    agencies: tuple[str, ...]


def _reached(reach: Reach, on: date) -> QuerySet[Person]:
    people = Person.objects.filter(erased_at=None)
    if reach.everywhere:
        return people
    held = Position.objects.filter(Q(until=None) | Q(until__gt=on)).order_by()
    return people.filter(pk__in=filter_agencies(reach, held, "agency").values("person"))


def find_people(words: str, reach: Reach, on: date, *, besides: Person) -> list[PersonFound]:
    """People within reach whose name holds these words or whose address is this one; at most 20. Two queries.

    Who asked not to be shown to colleagues is found by her whole address only.
    """
    words = " ".join(words.split())
    if len(words) < LEAST_LETTERS:
        return []
    fitting = Q(name__icontains=words, hidden=False) | Q(email__iexact=words)
    people = list(_reached(reach, on).filter(fitting).exclude(pk=besides.pk).order_by("name", "id")[:MOST_FOUND])
    where = _agencies_of(people, on)
    return [PersonFound(person.public, person.name, tuple(where[person.pk])) for person in people]


def _agencies_of(people: Iterable[Person], on: date) -> dict[int, list[str]]:
    where: dict[int, list[str]] = defaultdict(list)
    rows: Any = Position.objects.filter(Q(until=None) | Q(until__gt=on), person__in=list(people), since__lte=on)
    for person, agency in rows.order_by("agency__name", "id").values_list("person_id", "agency__name"):
        where[person].append(agency)
    return where
