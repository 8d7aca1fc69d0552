"""Counting a month: what is new is added, what was wrong is corrected with a reason, nothing is ever changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Person, Territory
from concerted.kit import access
from concerted.ledger.services import record
from concerted.planning.access import COUNTING
from concerted.planning.models import Count
from concerted.planning.queries.counts import counts_held
from concerted.planning.rules.counts import CountOf
from concerted.planning.services.crossings import look_at_lines


class CountRefused(Exception):
    """The month cannot be counted so; the message says why and what to do."""


@dataclass(frozen=True)
class Written:
    """How many numbers were new, how many replaced another, and how many stood so already."""

    create: int = 0
    change: int = 0
    skip: int = 0


@transaction.atomic
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
    if by is not None:
        access.allow(by, "C", COUNTING, territory)
    if month > _this_month(at):
        raise CountRefused(_("This month has not begun. Count it when it is over."))
    # Two windows at once: the second waits here, and finds what the first wrote.
    Territory.objects.select_for_update().get(pk=territory.pk)
    held = counts_held([territory.pk], month, month).get((territory.pk, month), {})
    fresh = {of: value for of, value in told.items() if held.get(of) != value}
    changed = [of for of in fresh if of in held]
    if changed and not why.strip():
        raise CountRefused(_("Another number stands there already. Say why it is corrected."))
    Count.objects.bulk_create(_rows(territory, month, fresh, held, why.strip(), by, at))
    if fresh:
        look_at_lines(territory, month, {of.service for of in fresh}, at=at)
        words = {"month": month.isoformat(), "numbers": len(fresh), "corrected": len(changed)}
        record("month counted", by=by, object_kind="territory", object_id=territory.pk, words=words)
    return Written(len(fresh) - len(changed), len(changed), len(told) - len(fresh))


def _this_month(at: datetime) -> date:
    return timezone.localdate(at).replace(day=1)


def _rows(
    territory: Territory,
    month: date,
    fresh: Mapping[CountOf, int | None],
    held: Mapping[CountOf, int],
    why: str,
    by: Person | None,
    at: datetime,
) -> Iterable[Count]:
    for of, value in fresh.items():
        reason = why if of in held else ""
        yield Count(
            territory=territory,
            month=month,
            service=of.service,
            counted=of.counted,
            to=of.to,
            value=value,
            why=reason[:200],
            by=by,
            at=at,
        )
