from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from concerted.capacity.models import OutsideClaim
from concerted.directory.models import TerritoryLink
from concerted.kit.access import Reach

#: For so long whoever recorded a claim finds how it was decided.
LATELY = timedelta(days=90)


def _within(reach: Reach, by: Any) -> QuerySet[OutsideClaim]:
    claims = OutsideClaim.objects.select_related("person", "agency", "credential", "by")
    if reach.everywhere:
        return claims
    inside = TerritoryLink.objects.filter(ancestor__in=reach.territories).order_by().values("descendant")
    own = Q(person=by) if reach.own else Q()
    return claims.filter(own | Q(agency__in=reach.agencies) | Q(agency__territory__in=inside))


def claims_waiting(reach: Reach, by: Any) -> QuerySet[OutsideClaim]:
    """Claims nobody has decided yet, oldest first, as far as the reader may see."""
    return _within(reach, by).filter(state=OutsideClaim.State.WAITING)


def claims_refused(reach: Reach, by: Any, at: datetime) -> QuerySet[OutsideClaim]:
    """Claims not accepted lately, with the reason, newest first."""
    refused = _within(reach, by).filter(state=OutsideClaim.State.REFUSED, decided_at__gte=at - LATELY)
    return refused.order_by("-decided_at", "-id")
