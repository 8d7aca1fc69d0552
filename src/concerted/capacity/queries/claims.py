from django.db.models import Q, QuerySet

from concerted.capacity.models import OutsideClaim
from concerted.directory.models import TerritoryLink
from concerted.kit.access import Reach


def claims_waiting(reach: Reach) -> QuerySet[OutsideClaim]:
    """Claims nobody has decided yet, oldest first, as far as the reader may see."""
    claims = OutsideClaim.objects.filter(state=OutsideClaim.State.WAITING).select_related(
        "person", "agency", "credential", "by"
    )
    if reach.everywhere:
        return claims
    inside = TerritoryLink.objects.filter(ancestor__in=reach.territories).values("descendant")
    return claims.filter(Q(agency__in=reach.agencies) | Q(agency__territory__in=inside))
