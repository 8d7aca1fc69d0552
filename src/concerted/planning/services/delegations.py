"""A duty to be handed down: what is promised and needed, kept once and recorded of each authority."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.models import TerritoryFact
from concerted.capacity.services import record_fact
from concerted.directory.models import Person, Territory
from concerted.kit import access
from concerted.ledger.services import record
from concerted.planning.access import DELEGATION
from concerted.planning.models import Delegation, Share
from concerted.planning.rules.funding import Need, funded


class DelegationRefused(Exception):
    """The delegation cannot be kept; the message says why and what to do."""


@dataclass(frozen=True)
class Promise:
    """What one authority is promised and needs; `source`: where the estimate comes from."""

    territory: Territory
    funds: int
    low: int
    mid: int
    high: int
    source: str

    @property
    def need(self) -> Need:
        return Need(self.funds, self.low, self.mid, self.high)


@transaction.atomic
def keep_delegation(
    *,
    code: str,
    duty: str,
    basis: str,
    currency: str,
    year: int,
    promises: Sequence[Promise],
    by: Person | None,
    at: datetime,
) -> Delegation:
    """Keep a delegation with all its authorities, and record of each in how many of a hundred likely cases its funds
    cover its need. `by` None is the system. Raises `DelegationRefused` without an authority, or with one twice.
    """
    if by is not None:
        access.allow(by, "C", DELEGATION)
    ids = [promise.territory.pk for promise in promises]
    if not ids:
        raise DelegationRefused(_("Name at least one authority."))
    if len(set(ids)) != len(ids):
        raise DelegationRefused(_("An authority stands here twice. Put both lines into one."))
    kept = Delegation.objects.create(code=code, duty=duty, basis=basis, currency=currency, year=year, by=by, at=at)
    Share.objects.bulk_create(
        Share(
            delegation=kept,
            territory=one.territory,
            funds=one.funds,
            low=one.low,
            mid=one.mid,
            high=one.high,
            source=one.source,
        )
        for one in promises
    )
    record("delegation kept", by=by, object_kind="delegation", object_id=kept.pk)
    found = funded([promise.need for promise in promises])
    for promise, line in zip(promises, found.lines, strict=True):
        record_fact(
            promise.territory,
            TerritoryFact.Kind.PLAN_FUNDED,
            about=code,
            value=f"{line.chance:.1f}",
            source=f"{duty} {year}",
            holds_from=timezone.localdate(at),
            by=by,
            at=at,
        )
    return kept
