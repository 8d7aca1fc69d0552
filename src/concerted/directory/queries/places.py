from django.db.models import QuerySet

from concerted.directory.access import filter_territories
from concerted.directory.models import ProposedPlace, Territory
from concerted.kit.access import Reach


def places_that_wait(reach: Reach) -> QuerySet[ProposedPlace]:
    """Agencies and territories that wait for a second person, within `reach`, the oldest first."""
    waiting = ProposedPlace.objects.select_related("sector", "territory", "by").order_by("at", "pk")
    if reach.everywhere:
        return waiting
    return waiting.filter(territory__in=filter_territories(reach, Territory.objects.all()).order_by().values("pk"))
