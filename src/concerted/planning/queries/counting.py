"""Where somebody may count."""

from typing import Any

from django.db.models import Q, QuerySet

from concerted.directory.access import filter_territories
from concerted.directory.models import Territory
from concerted.directory.nearer import somebody_nearer
from concerted.kit import access
from concerted.planning.access import COUNTING


def counted_by(by: Any) -> QuerySet[Territory]:
    """The territories in which somebody may count: within her reach, and where that says so, where nobody is nearer."""
    reach = access.reach(by, "C", COUNTING)
    every = Territory.objects.all()
    inside = Q(pk__in=filter_territories(reach, every).order_by().values("pk"))
    return every.filter(inside | ~somebody_nearer("pk") if reach.unled else inside)
