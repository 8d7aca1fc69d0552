from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from concerted.directory.access import GROUP, filter_groups, people_shown_to
from concerted.directory.models import Group, Membership, Person
from concerted.directory.queries.finding import agencies_of
from concerted.kit import access
from concerted.kit.access import Reach

#: Names on the page of a group; a group is smaller, or it is an audience.
MOST_NAMED = 500


@dataclass(frozen=True)
class MemberShown:
    """A member whose name the reader may see: where she works, and whether the reader may open her page."""

    membership: Membership
    agencies: tuple[str, ...]
    opens: bool


@dataclass(frozen=True)
class Members:
    """How many people are in a group on a day, and those of them the reader may see by name."""

    people: int
    shown: tuple[MemberShown, ...]

    @property
    def unnamed(self) -> int:
        return self.people - len(self.shown)


def groups_in_reach(by: Any, on: date, *, closed: bool = False) -> QuerySet[Group]:
    """The groups `by` may read, open or closed, with `people`: how many are members on that day."""
    today = Q(memberships__since__lte=on) & (Q(memberships__until=None) | Q(memberships__until__gt=on))
    groups = filter_groups(access.reach(by, "R", GROUP), Group.objects.filter(closed_on__isnull=not closed))
    return groups.select_related("territory").annotate(people=Count("memberships", filter=today))


def open_groups(reach: Reach) -> QuerySet[Group]:
    """The groups within `reach` that are not closed."""
    return filter_groups(reach, Group.objects.filter(closed_on=None)).order_by("name", "id")


def people_in_group(group: Group, on: date) -> int:
    """How many people are in the group on that day."""
    return Membership.held_on(on).filter(group=group).count()


def members_of(group: Group, by: Any, on: date) -> Members:
    """The members of a group on a day, names only as far as `by` may see them in the directory, or added them herself.

    Whoever adds somebody knows her; who sees no other names must still be able to take her out again. Three queries.
    """
    held = Membership.held_on(on).filter(group=group).annotate(opens=Q(person__in=people_shown_to(by).values("pk")))
    named = held.filter(Q(opens=True) | Q(by=by)).select_related("person")
    lines: list[Any] = list(named.order_by("person__name", "id")[:MOST_NAMED])
    where = agencies_of([line.person for line in lines], on)
    shown = tuple(MemberShown(line, tuple(where[line.person_id]), line.opens) for line in lines)
    return Members(people_in_group(group, on), shown)


def membership_of(group: Group, person: Person, on: date) -> Membership | None:
    """Her membership of the group on that day, if she has one."""
    return Membership.held_on(on).filter(group=group, person=person).select_related("group").first()
