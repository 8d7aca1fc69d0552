"""Where, and for which agencies, somebody may count."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from concerted.directory.access import filter_agencies, filter_territories
from concerted.directory.models import Agency, Territory
from concerted.directory.nearer import somebody_nearer
from concerted.kit import access
from concerted.planning.access import COUNTING


def counted_by(by: Any) -> QuerySet[Territory]:
    """The territories in which somebody may count: within her reach, and where that says so, where nobody is nearer."""
    reach = access.reach(by, "C", COUNTING)
    every = Territory.objects.all()
    inside = Q(pk__in=filter_territories(reach, every).order_by().values("pk"))
    return every.filter(inside | ~somebody_nearer("pk") if reach.unled else inside)


def agencies_counted_by(by: Any) -> QuerySet[Agency]:
    """The open agencies whose own counts somebody may enter, with their sector."""
    reach = access.reach(by, "C", COUNTING)
    every = open_agencies()
    inside = Q(pk__in=filter_agencies(reach, Agency.objects.all()).order_by().values("pk"))
    return every.filter(inside | ~somebody_nearer("territory") if reach.unled else inside)


def open_agencies() -> QuerySet[Agency]:
    """Agencies that are open today, by name, with their sector and territory."""
    today = timezone.localdate()
    found = Agency.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today)).select_related("sector", "territory")
    return found.order_by("name", "id")
