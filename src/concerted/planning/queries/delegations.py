"""Duties to be handed down, each with what funds and needs come to."""

from dataclasses import dataclass
from math import ceil

from django.db.models import Prefetch, QuerySet

from concerted.directory.access import filter_territories
from concerted.directory.models import Territory
from concerted.kit.access import Reach
from concerted.kit.digits import number
from concerted.planning.models import Delegation, Share, Signature, Statement
from concerted.planning.rules.funding import Funded, Funding, Need, funded


@dataclass(frozen=True)
class ShareShown:
    """One authority of a delegation, with what its funds come to and the last statement about it."""

    share: Share
    funding: Funding
    statement: Statement | None

    @property
    def chance(self) -> int:
        """In how many of a hundred likely cases funds suffice; never shown as more than it is."""
        return int(self.funding.chance + 1e-9)

    @property
    def receives(self) -> int:
        """What the smallest transfer gives it, below 0 what it takes, in whole units."""
        return round(self.funding.receives)

    @property
    def moved(self) -> str:
        """The same without its sign, as a page writes it."""
        return number(abs(self.receives))


@dataclass(frozen=True)
class DelegationShown:
    """A delegation with all its authorities, who is short first at the top."""

    delegation: Delegation
    lines: tuple[ShareShown, ...]
    first_short: ShareShown | None
    added: float

    @property
    def missing(self) -> str:
        """The money from outside, as a page writes it."""
        return number(ceil(self.added))


def _need(share: Share) -> Need:
    return Need(share.funds, share.low, share.mid, share.high)


def funding_of(share: Share) -> Funding:
    """What one authority's funds come to beside all others of the same delegation. One query."""
    shares = list(Share.objects.filter(delegation=share.delegation_id).order_by("id"))
    found = funded([_need(one) for one in shares])
    return found.lines[[one.pk for one in shares].index(share.pk)]


def statements(of: QuerySet[Statement] | None = None) -> QuerySet[Statement]:
    """Statements with their signatures, the newest first."""
    rows = Statement.objects.all() if of is None else of
    signatures = Prefetch("signatures", Signature.objects.select_related("by").order_by("at", "id"))
    return rows.select_related("share__territory", "share__delegation").prefetch_related(signatures)


def delegation_shown(delegation: Delegation) -> DelegationShown:
    """One delegation as its page shows it. Three queries."""
    last: dict[int, Statement] = {}
    for statement in statements(Statement.objects.filter(share__delegation=delegation)).order_by("at", "id"):
        last[statement.share_id] = statement
    shares = list(Share.objects.filter(delegation=delegation).select_related("territory").order_by("id"))
    found: Funded = funded([_need(share) for share in shares])
    lines = [ShareShown(one, line, last.get(one.pk)) for one, line in zip(shares, found.lines, strict=True)]
    first = None if found.first_short is None else lines[found.first_short]
    ordered = sorted(lines, key=lambda line: (line.funding.chance, -line.funding.short))
    return DelegationShown(delegation, tuple(ordered), first, found.added)


def delegations() -> QuerySet[Delegation]:
    """All delegations with their authorities, the newest first. Two queries."""
    return Delegation.objects.prefetch_related("shares__territory").order_by("-at", "-id")


def statements_in(reach: Reach) -> QuerySet[Statement]:
    """Statements about territories within reach, the newest first. Two queries."""
    within = filter_territories(reach, Territory.objects.all()).order_by().values("pk")
    return statements(Statement.objects.filter(share__territory__in=within)).order_by("-at", "-id")


def statements_about(territory: Territory) -> QuerySet[Statement]:
    """Statements about one territory, the newest first. Two queries."""
    return statements(Statement.objects.filter(share__territory=territory)).order_by("-at", "-id")
