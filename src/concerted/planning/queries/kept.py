from django.db.models import Q, QuerySet

from concerted.directory.models import TerritoryLink
from concerted.kit.access import Reach
from concerted.planning.models import KeptPlan


def kept_within(reach: Reach) -> QuerySet[KeptPlan]:
    """Kept plans that somebody may read, newest first."""
    plans = KeptPlan.objects.select_related("agency", "territory", "by")
    if reach.everywhere:
        return plans
    inside = TerritoryLink.objects.filter(ancestor__in=reach.territories).values("descendant")
    return plans.filter(Q(agency__in=reach.agencies) | Q(territory__in=inside) | Q(agency__territory__in=inside))
