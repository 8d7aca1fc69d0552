"""Whom the addresses of a staff list belong to, as far as who brings it may know."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.db.models.functions import Lower

from concerted.directory.access import filter_agencies
from concerted.directory.models import Person, Position
from concerted.directory.queries.entered import entered_under, owners_of
from concerted.kit.access import Reach


class Addresses:
    """`people`: those within reach who have one of these addresses, or were entered with it, by it in small letters.

    `taken`: the addresses of people elsewhere. An import must neither draw them in nor tell that they are here.
    Three queries, whoever the addresses belong to; one for who reaches everybody.
    """

    def __init__(self, emails: Collection[str], reach: Reach, today: date) -> None:
        inside = _within(reach, emails, today)
        owners = owners_of(emails)
        # Who reaches everybody reaches the owner of every address.
        entered = [] if inside is None else entered_under(emails)
        self.people: dict[str, Person] = {}
        for email, person in [*owners.items(), *((row.email.lower(), row.person) for row in entered)]:
            if inside is None or person.pk in inside:
                self.people.setdefault(email, person)
        self.taken = owners.keys() - self.people.keys()


def _within(reach: Reach, emails: Collection[str], today: date) -> set[int] | None:
    """Who of those with these addresses works within reach; None: everybody does."""
    if reach.everywhere:
        return None
    lower = [email.lower() for email in emails]
    held = Position.objects.filter(Q(until=None) | Q(until__gt=today)).order_by()
    held = held.annotate(hers=Lower("person__email"), entered=Lower("person__entered_address__email"))
    held = filter_agencies(reach, held.filter(Q(hers__in=lower) | Q(entered__in=lower)), "agency")
    return set(held.values_list("person", flat=True))
