from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from concerted.directory.access import filter_agencies, filter_groups, filter_territories, people_shown_to
from concerted.directory.models import Agency, Group, Person, Position, Role, Territory, name_among
from concerted.kit.access import Reach


def find_person_by_email(email: str) -> Person | None:
    """The person with this address, whatever its capitals. For services only: a page that told would be an oracle."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def colleagues(by: Any, on: date) -> QuerySet[Person]:
    """The people `by` may find who hold a position on that day."""
    held = Position.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on).order_by()
    return people_shown_to(by).filter(pk__in=held.values("person")).order_by("name", "id")


@dataclass(frozen=True)
class Post:
    """Where somebody works now, in names."""

    agency: str
    territory: str
    profession: str


#: What `post_named` makes a post of.
POST = ("agency__name", "territory__name", "profession__code", "profession__names")


def posts_held(person: int, on: date) -> QuerySet[Position]:
    """The positions she (by id) holds on a day, the latest first."""
    held = Position.objects.filter(Q(until=None) | Q(until__gt=on), person=person, since__lte=on)
    return held.order_by("-since", "-id")


def post_named(agency: str, territory: str, code: str, names: dict[str, str]) -> Post:
    """A post out of the columns of POST, the profession in the language of the interface."""
    return Post(agency, territory, name_among(names, code))


def positions_of(person: Person) -> QuerySet[Position]:
    """All positions she ever held, newest first, with what their names need."""
    return person.positions.all().select_related("agency", "profession", "territory").order_by("-since", "id")


def leads_among(people: Collection[int], on: date) -> set[int]:
    """Those of these people (ids) who are lead contacts on that day: they hold a role and are not hidden. One query."""
    held = Role.in_force(on).filter(person__in=people, person__hidden=False)
    return set(held.order_by().values_list("person_id", flat=True))


def roles_of(person: Person) -> QuerySet[Role]:
    """All roles she was ever given, newest first."""
    return Role.objects.filter(person=person).select_related("by", "confirmed_by").order_by("-since", "-id")


def roles_in_reach(reach: Reach, on: date) -> QuerySet[Role]:
    """Roles in force or waiting on a day, whose scope lies within `reach`."""
    rows = Role.objects.filter(Q(until=None) | Q(until__gt=on)).select_related("person", "by", "confirmed_by")
    if not reach.everywhere:
        agencies = filter_agencies(reach, Agency.objects.all()).order_by().values("pk")
        territories = filter_territories(reach, Territory.objects.all()).order_by().values("pk")
        groups = filter_groups(reach, Group.objects.all()).order_by().values("pk")
        rows = rows.filter(
            Q(scope_kind="agency", scope_id__in=agencies)
            | Q(scope_kind="territory", scope_id__in=territories)
            | Q(scope_kind="group", scope_id__in=groups)
        )
    return rows.order_by("role", "person__name", "id")
