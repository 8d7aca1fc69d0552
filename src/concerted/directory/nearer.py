"""Where nobody nearer coordinates: only there whoever coordinates the country decides about single people."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from concerted.directory.models import Role, TerritoryLink


def _coordinators() -> QuerySet[Role]:
    held = Role.in_force(timezone.localdate()).filter(role=Role.Name.LOCAL_COORDINATOR, scope_kind="territory")
    return held.filter(person__is_active=True).order_by()


def nobody_nearer(territories: Callable[[], Collection[int]], *besides: int | None) -> Callable[[], bool]:
    """Whether nobody coordinates any of these territories, but for the people (ids) it is about or who told of it."""
    return lambda: not _coordinators().filter(scope_id__in=territories()).exclude(person__in=besides).exists()


def somebody_nearer(territory: str, *besides: str) -> Exists:
    """The same for a query, the other way round: of the territory in that field, but the people in these fields."""
    above: Any = TerritoryLink.objects.filter(descendant=OuterRef(OuterRef(territory))).order_by().values("ancestor")
    held = _coordinators().filter(scope_id__in=above)
    for field in besides:
        held = held.exclude(person=OuterRef(field))
    return Exists(held)
