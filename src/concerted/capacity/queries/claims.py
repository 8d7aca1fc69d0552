from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from concerted.capacity.models import OutsideClaim
from concerted.directory.models import TerritoryLink
from concerted.directory.nearer import somebody_nearer
from concerted.kit.access import Reach

#: For so long whoever recorded a claim finds how it was decided.
LATELY = timedelta(days=90)


def _within(reach: Reach, by: Any) -> QuerySet[OutsideClaim]:
    claims = OutsideClaim.objects.select_related("person", "agency", "credential", "by")
    if reach.everywhere:
        return claims
    inside = TerritoryLink.objects.filter(ancestor__in=reach.territories).order_by().values("descendant")
    seen = Q(agency__in=reach.agencies) | Q(agency__territory__in=inside)
    if reach.own:
        seen |= Q(person=by)
    if reach.unled:
        seen |= Q(agency=None) | ~Q(somebody_nearer("agency__territory", "person", "by"))
    return claims.filter(seen)


def claims_waiting(reach: Reach, by: Any) -> QuerySet[OutsideClaim]:
    """Claims nobody has decided yet, oldest first, as far as the reader may see."""
    return _within(reach, by).filter(state=OutsideClaim.State.WAITING)


def claims_refused(reach: Reach, by: Any, at: datetime) -> QuerySet[OutsideClaim]:
    """Claims not accepted lately, with the reason, newest first."""
    refused = _within(reach, by).filter(state=OutsideClaim.State.REFUSED, decided_at__gte=at - LATELY)
    return refused.order_by("-decided_at", "-id")


def claims_elsewhere(reach: Reach, own: int) -> int:
    """How many claims wait with somebody nearer than she, who sees `own`; 0 where she has no such limit. One query."""
    if not reach.unled or reach.everywhere:
        return 0
    return OutsideClaim.objects.filter(state=OutsideClaim.State.WAITING).count() - own
