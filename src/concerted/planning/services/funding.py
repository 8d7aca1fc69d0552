"""Money promised for a plan in a territory, recorded as a fact that readiness and the go-live gate read."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import TERRITORY_FACT
from concerted.capacity.models import TerritoryFact
from concerted.capacity.services import record_fact, take_fact_back
from concerted.directory.models import Person
from concerted.kit import access
from concerted.kit.digits import number
from concerted.ledger.services import record
from concerted.planning.access import PLAN
from concerted.planning.models import KeptPlan, PlanFunding
from concerted.planning.queries.plan_money import Asked, code_of

#: Letters of a plan's title and of a source that a fact has room for.
_TITLE, _ROOM = 50, 160


class FundingRefused(Exception):
    """The promise cannot be recorded; the message says why and what to do."""


@transaction.atomic
def record_funding(
    kept: KeptPlan, asked: Asked, amount: int, *, until: date, source: str, by: Person, at: datetime
) -> PlanFunding:
    """Record that money is promised for a plan in a territory, a year, from today until a day. It is in the plan's
    currency and prices, and the fact says in how many of a hundred likely cases it suffices.

    Raises `FundingRefused` where it ends before today, or nobody is named who promised it.
    """
    # Here, so that pages that do not plan load no arrays.
    from concerted.planning.queries.own_plans import plan_kept

    access.allow(by, "R", PLAN, kept)
    access.allow(by, "C", TERRITORY_FACT, asked.territory)
    today, source = timezone.localdate(at), source.strip()
    _refuse_hollow(source, until, today)
    money = plan_kept(kept).money
    fact = record_fact(
        asked.territory,
        TerritoryFact.Kind.PLAN_FUNDED,
        about=code_of(kept),
        value=f"{asked.chance(amount):.1f}",
        source=f"{kept.title[:_TITLE]}: {number(amount)} {money.currency} {money.year}, {source}"[:_ROOM],
        holds_from=today,
        holds_until=until,
        by=by,
        at=at,
    )
    held = PlanFunding.objects.filter(fact=fact).first()
    if held is not None:
        return held
    made = PlanFunding.objects.create(
        plan=kept,
        territory=asked.territory,
        amount=amount,
        currency=money.currency,
        year=money.year,
        since=today,
        until=until,
        low=asked.low,
        mid=asked.mid,
        high=asked.high,
        source=source[:_ROOM],
        fact=fact,
        by=by,
        at=at,
    )
    record("plan funding recorded", by=by, object_kind="plan funding", object_id=made.pk)
    return made


def _refuse_hollow(source: str, until: date, today: date) -> None:
    if until < today:
        raise FundingRefused(_("This money has ended already. Write the last day on which it is paid."))
    if not source:
        raise FundingRefused(_("Say who promised the money, and where it was decided."))


def end_funding(funding: PlanFunding, *, reason: str, by: Person, at: datetime) -> TerritoryFact:
    """Say that a promise holds no longer. Raises `NotRecorded` without a reason, or where it was done already."""
    access.allow(by, "R", PLAN, funding.plan)
    return take_fact_back(funding.fact, reason=reason, by=by, at=at)
