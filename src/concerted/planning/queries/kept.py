from dataclasses import dataclass

from django.db.models import Q, QuerySet

from concerted.directory.access import filter_territories
from concerted.directory.models import Agency, Territory, TerritoryLink
from concerted.kit.access import Reach
from concerted.planning.models import KeptPlan


@dataclass(frozen=True)
class KeepFor:
    """For whom somebody may keep a plan: these agencies, these territories, and the nation where it is `everywhere`."""

    agencies: QuerySet[Agency]
    territories: QuerySet[Territory]
    reach: Reach

    @property
    def everywhere(self) -> bool:
        return self.reach.everywhere

    @property
    def an_agency(self) -> bool:
        """Whether there is an agency among them."""
        return bool(self.reach.agencies)

    @property
    def a_territory(self) -> bool:
        """Whether there is a territory among them."""
        return bool(self.reach.territories) and not self.everywhere

    @property
    def first(self) -> int | None:
        """The territory she coordinates, where it is one; all others are below it."""
        return next(iter(self.reach.territories)) if len(self.reach.territories) == 1 else None


def keep_for(reach: Reach) -> KeepFor:
    """For whom plans may be kept within a reach. Whoever keeps them for the nation chooses no territory."""
    agencies = Agency.objects.filter(pk__in=reach.agencies).order_by("name", "id")
    territories = Territory.objects.order_by("name", "id")
    # The nation's reach is everywhere, and its plans stand in no territory.
    own = territories.none() if reach.everywhere else filter_territories(reach, territories)
    return KeepFor(agencies, own, reach)


def kept_within(reach: Reach) -> QuerySet[KeptPlan]:
    """Kept plans that somebody may read, newest first."""
    plans = KeptPlan.objects.select_related("agency", "territory", "by")
    if reach.everywhere:
        return plans
    inside = TerritoryLink.objects.filter(ancestor__in=reach.territories).values("descendant")
    return plans.filter(Q(agency__in=reach.agencies) | Q(territory__in=inside) | Q(agency__territory__in=inside))
