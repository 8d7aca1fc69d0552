from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce, Lower

from concerted.directory.models import EnteredAddress, Person, Position


@dataclass(frozen=True)
class EntryShown:
    """An entry under her address, as she is asked about it: who was meant, and the posts she was entered with."""

    pk: int
    name: str
    at: date
    posts: tuple[Position, ...]


def address_shown(person: Person) -> str | None:
    """The address as who keeps the entry sees it: hers, else the one that was entered. One query."""
    entered = EnteredAddress.objects.filter(person=person).values_list("email", flat=True).first()
    return person.email or entered


def with_address(people: QuerySet[Person]) -> QuerySet[Any]:
    """These people, each with that address as `address`, or None."""
    return people.annotate(address=Coalesce("email", "entered_address__email"))


def entries_that_wait(owner: Any) -> QuerySet[EnteredAddress]:
    """Entries of others under this person's address, which she has not answered."""
    waiting = EnteredAddress.objects.filter(email__iexact=owner.email or "", answered_at=None, person__erased_at=None)
    return waiting.exclude(person=owner)


def entry_under_address_of(owner: Person, pk: int) -> EnteredAddress | None:
    """One entry of another under this person's address, answered or not."""
    return EnteredAddress.objects.filter(pk=pk, email__iexact=owner.email or "").first()


def entries_shown(owner: Person) -> list[EntryShown]:
    """The same as she reads them. Two queries, whatever their number."""
    posts = Position.objects.select_related("agency__territory", "profession").order_by("-since", "id")
    rows = entries_that_wait(owner).select_related("person")
    return [
        EntryShown(row.pk, row.person.name, row.at.date(), tuple(row.person.positions.all()))
        for row in rows.prefetch_related(Prefetch("person__positions", posts))
    ]


def owners_of(emails: Iterable[str]) -> dict[str, Person]:
    """People by their address in small letters. One query."""
    wanted = [email.lower() for email in emails]
    rows = Person.objects.annotate(lower=Lower("email")).filter(lower__in=wanted)
    return {row.email.lower(): row for row in rows if row.email}


def entered_under(emails: Iterable[str]) -> list[EnteredAddress]:
    """What was entered under any of these addresses, with its person, the oldest first. One query."""
    wanted = [email.lower() for email in emails]
    rows = EnteredAddress.objects.annotate(lower=Lower("email")).filter(lower__in=wanted, person__erased_at=None)
    return list(rows.select_related("person").order_by("at", "id"))
