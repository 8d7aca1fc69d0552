"""Whether there is a second person: weighty acts ask before they wait for one."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from concerted.directory.models import Role
from concerted.directory.rules import Scope


def roles_in_force(on: date) -> QuerySet[Role]:
    """The roles that open doors on that day: confirmed, or given by the system itself."""
    return Role.in_force(on)


def roles_that_wait(on: date) -> QuerySet[Role]:
    """The roles that were given and not yet confirmed, nor ended by that day."""
    waiting = Role.objects.filter(confirmed_by=None, by__isnull=False)
    return waiting.filter(Q(until=None) | Q(until__gt=on)).order_by("pk")


def another_holder_exists(roles: Collection[str], scope: Scope, *, besides: Iterable[int], on: date) -> bool:
    """Whether anybody besides these people (ids) holds one of the roles on that day, where it reaches `scope`.

    Only who can sign in counts: without an address nobody can be asked. One query.
    """
    reaches = Q(scope_kind="everywhere") | Q(scope_kind="territory", scope_id__in=scope.territories)
    if scope.kind == "agency":
        reaches |= Q(scope_kind="agency", scope_id=scope.id)
    held = roles_in_force(on).filter(reaches, role__in=roles)
    held = held.filter(person__is_active=True, person__erased_at=None, person__email__isnull=False)
    return held.exclude(person__in=list(besides)).exists()
