"""Counting a month: what is new is added, what was wrong is corrected with a reason, nothing is ever changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Person, Territory
from concerted.ledger.services import record_many
from concerted.planning.models import Count
from concerted.planning.queries.counting import counted_by
from concerted.planning.queries.counts import Place, counts_held
from concerted.planning.rules.counts import CountOf
from concerted.planning.services.crossings import look_at_lines


class CountRefused(Exception):
    """The month cannot be counted so; the message says why and what to do.

    `refused`: of several, the message of each that cannot.
    """

    def __init__(self, refused: Mapping[Place, str]) -> None:
        super().__init__(next(iter(refused.values())))
        self.refused = refused


@dataclass(frozen=True)
class Written:
    """How many numbers were new, how many replaced another, and how many stood so already."""

    create: int = 0
    change: int = 0
    skip: int = 0


def count_month(
    territory: Territory,
    month: date,
    told: Mapping[CountOf, int | None],
    *,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> Written:
    """Keep what was counted in a territory in a month; None takes a number back, a number not named stays.

    Sent twice, it is kept once. Raises `CountRefused` for a month that has not ended, and for a correction without a
    reason.
    """
    return count_months({(territory.pk, month): told}, why=why, by=by, at=at)


@transaction.atomic
def count_months(
    told: Mapping[Place, Mapping[CountOf, int | None]], *, why: str = "", by: Person | None, at: datetime
) -> Written:
    """The same of many territories and months at once, all or nothing. Its queries do not grow with them."""
    pks = {territory for territory, _month in told}
    if by is not None and set(counted_by(by).filter(pk__in=pks).order_by().values_list("pk", flat=True)) != pks:
        raise Http404
    months = [month for _territory, month in told]
    # Two windows at once: the second waits here, and finds what the first wrote. In one order, so that none waits for
    # the other for ever.
    list(Territory.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    held = counts_held(pks, min(months), max(months)) if months else {}
    fresh = {place: _fresh(one, held.get(place, {})) for place, one in told.items()}
    changed = {place: sum(of in held.get(place, {}) for of in one) for place, one in fresh.items()}
    refused = {place: _refusal(place[1], changed[place], why, at) for place in told}
    if any(refused.values()):
        raise CountRefused({place: words for place, words in refused.items() if words})
    fresh = {place: one for place, one in fresh.items() if one}
    rows = [row for place, one in fresh.items() for row in _rows(place, one, held.get(place, {}), why.strip(), by, at)]
    Count.objects.bulk_create(rows)
    look_at_lines({place: {of.service for of in one} for place, one in fresh.items()}, at=at)
    words = [
        (territory, {"month": month.isoformat(), "numbers": len(one), "corrected": changed[territory, month]})
        for (territory, month), one in fresh.items()
    ]
    record_many("month counted", words, by=by, object_kind="territory")
    change = sum(changed.values())
    return Written(len(rows) - change, change, sum(map(len, told.values())) - len(rows))


def _fresh(told: Mapping[CountOf, int | None], held: Mapping[CountOf, int]) -> dict[CountOf, int | None]:
    return {of: value for of, value in told.items() if held.get(of) != value}


def _refusal(month: date, changed: int, why: str, at: datetime) -> str:
    """Why a month cannot be counted so; empty where it can."""
    if month > timezone.localdate(at).replace(day=1):
        return _("This month has not begun. Count it when it is over.")
    if changed and not why.strip():
        return _("Another number stands there already. Say why it is corrected.")
    return ""


def _rows(
    place: Place,
    fresh: Mapping[CountOf, int | None],
    held: Mapping[CountOf, int],
    why: str,
    by: Person | None,
    at: datetime,
) -> Iterable[Count]:
    for of, value in fresh.items():
        reason = why if of in held else ""
        yield Count(
            territory_id=place[0],
            month=place[1],
            service=of.service,
            counted=of.counted,
            to=of.to,
            value=value,
            why=reason[:200],
            by=by,
            at=at,
        )
