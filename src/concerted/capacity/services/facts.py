"""What holds in a territory, written down for those who decide on it later."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import TERRITORY_FACT
from concerted.capacity.models import TerritoryFact
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.models import Person, Territory
from concerted.kit import access
from concerted.ledger.services import record


@transaction.atomic
def record_fact(
    territory: Territory,
    kind: str,
    *,
    about: str,
    value: str,
    source: str,
    holds_from: date,
    holds_until: date | None = None,
    by: Person | None,
    at: datetime,
) -> TerritoryFact:
    """Write that something holds in a territory from a day on; what holds already is not written again.

    `holds_until`: the last day on which it holds, where that is known. `by` None is the system. Raises `NotRecorded`
    for a day after `at`: what may hold one day is no fact.
    """
    if by is not None:
        access.allow(by, "C", TERRITORY_FACT, territory)
    if holds_from > timezone.localdate(at):
        raise NotRecorded(_("This day lies in the future. Record it once it holds."))
    if holds_until is not None and holds_until < holds_from:
        raise NotRecorded(_("This ends before it begins. Correct one of the days."))
    held = TerritoryFact.objects.filter(territory=territory, kind=kind, about=about, voided_by=None).last()
    said = (value, source, holds_from, holds_until)
    if held is not None and (held.value, held.source, held.holds_from, held.holds_until) == said:
        return held
    fact = TerritoryFact.objects.create(
        territory=territory,
        kind=kind,
        about=about,
        value=value,
        source=source,
        holds_from=holds_from,
        holds_until=holds_until,
        recorded_at=at,
        by=by,
    )
    record("territory fact recorded", by=by, object_kind="territory fact", object_id=fact.pk)
    return fact


@transaction.atomic
def take_fact_back(fact: TerritoryFact, *, reason: str, by: Person, at: datetime) -> TerritoryFact:
    """Have a fact count no longer, by a later row. Raises `NotRecorded` without a reason, or where it was done."""
    access.allow(by, "C", TERRITORY_FACT, fact.territory)
    if not reason.strip():
        raise NotRecorded(_("Say why this record is wrong: whoever reads it later asks."))
    Territory.objects.select_for_update().get(pk=fact.territory_id)
    if fact.kind == TerritoryFact.Kind.VOID or TerritoryFact.objects.filter(voids=fact).exists():
        raise NotRecorded(_("This record was already taken back."))
    void = TerritoryFact.objects.create(
        territory=fact.territory,
        kind=TerritoryFact.Kind.VOID,
        about=fact.about,
        value=fact.value,
        source=f"fact:{fact.pk}",
        holds_from=fact.holds_from,
        recorded_at=at,
        by=by,
        voids=fact,
    )
    words = {"reason": reason.strip()}
    record("territory fact taken back", by=by, object_kind="territory fact", object_id=fact.pk, words=words)
    return void
