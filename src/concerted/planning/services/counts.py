"""Counting a month: what is new is added, what was wrong is corrected with a reason, nothing is ever changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.directory.models import Agency, Person, Territory
from concerted.ledger.services import record_many
from concerted.planning.models import Count
from concerted.planning.queries.counting import agencies_counted_by, counted_by, open_agencies
from concerted.planning.queries.counts import Place, counts_by_part
from concerted.planning.rules.counts import CountOf
from concerted.planning.rules.parts import run_by
from concerted.planning.services.crossings import look_at_lines

#: Who counted: the territory's id, the month, and the agency's id or None for the whole territory.
Part = tuple[int, date, int | None]
#: Signs of a reason that are kept.
LONGEST_REASON = 200


class CountRefused(Exception):
    """The month cannot be counted so; the message says why and what to do.

    `refused`: of several, the message of each that cannot.
    """

    def __init__(self, refused: Mapping[Part, str]) -> None:
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
    agency: Agency | None = None,
    why: str = "",
    by: Person | None,
    at: datetime,
) -> Written:
    """Keep what was counted in a territory in a month, of all of it or of one agency; None takes a number back, a
    number not named stays.

    Sent twice, it is kept once. Raises `CountRefused` for a month that has not ended, for a correction without a
    reason, and for a service that the agency does not run.
    """
    part = (territory.pk, month, agency.pk if agency else None)
    return count_months({part: told}, why=why, by=by, at=at)


@transaction.atomic
def count_months(
    told: Mapping[Part, Mapping[CountOf, int | None]],
    *,
    why: str = "",
    reasons: Mapping[tuple[Part, CountOf], str] | None = None,
    through: str = "",
    by: Person | None,
    at: datetime,
) -> Written:
    """The same of many territories, agencies and months at once, all or nothing. Its queries do not grow with them.

    `reasons`: of single numbers, in place of `why`. `through`: the key of the program that sent them, for the trail.
    """
    agencies = _agencies(told, by)
    pks, months = {territory for territory, _month, _agency in told}, [month for _territory, month, _agency in told]
    # Two windows at once: the second waits here, and finds what the first wrote. In one order, so that none waits for
    # the other for ever.
    list(Territory.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    parts = counts_by_part(pks, min(months), max(months)) if months else {}
    held = {part: parts.get(part[:2], {}).get(part[2], {}) for part in told}
    fresh = {part: _fresh(one, held[part]) for part, one in told.items()}
    changed = {part: [of for of in one if of in held[part]] for part, one in fresh.items()}
    why_of = _reasons(changed, why.strip(), reasons or {})
    refused = {
        part: _not_now(part[1], all(why_of[part, of] for of in changed[part]), at)
        or _not_theirs(one, agencies.get(part[2]))
        for part, one in told.items()
    }
    if any(refused.values()):
        raise CountRefused({part: words for part, words in refused.items() if words})
    fresh = {part: one for part, one in fresh.items() if one}
    rows = [row for part, one in fresh.items() for row in _rows(part, one, why_of, by, at)]
    Count.objects.bulk_create(rows)
    services: dict[Place, set[str]] = defaultdict(set)
    for (territory, month, _agency), one in fresh.items():
        services[territory, month] |= {of.service for of in one}
    look_at_lines(services, at=at)
    key = {"key": through} if through else {}
    words = [(part[0], _words(part, len(one), len(changed[part]), agencies) | key) for part, one in fresh.items()]
    record_many("month counted", words, by=by, object_kind="territory")
    change = sum(map(len, changed.values()))
    return Written(len(rows) - change, change, sum(map(len, told.values())) - len(rows))


def _agencies(told: Iterable[Part], by: Person | None) -> dict[int | None, Agency]:
    """The agencies that are named. Somebody who may not count in one of the territories, or for one of the agencies,
    finds nothing; nor does an agency in a territory that is not its own.
    """
    told = list(told)
    whole = {territory for territory, _month, agency in told if agency is None}
    if whole and by is not None and set(counted_by(by).filter(pk__in=whole).values_list("pk", flat=True)) != whole:
        raise Http404
    asked = {agency for _territory, _month, agency in told if agency is not None}
    if not asked:
        return {}
    rows = open_agencies() if by is None else agencies_counted_by(by)
    found: dict[int | None, Agency] = {row.pk: row for row in rows.filter(pk__in=asked)}
    for territory, _month, agency in told:
        if agency is not None and (agency not in found or found[agency].territory_id != territory):
            raise Http404
    return found


def _words(part: Part, numbers: int, corrected: int, agencies: Mapping[int | None, Agency]) -> dict[str, Any]:
    """What the audit trail says of a month that was counted."""
    words: dict[str, Any] = {"month": part[1].isoformat(), "numbers": numbers, "corrected": corrected}
    return words if part[2] is None else words | {"agency": agencies[part[2]].name}


def _fresh(told: Mapping[CountOf, int | None], held: Mapping[CountOf, int]) -> dict[CountOf, int | None]:
    return {of: value for of, value in told.items() if held.get(of) != value}


def _not_theirs(told: Iterable[CountOf], agency: Agency | None) -> str:
    """Why an agency cannot count these; empty where it can."""
    if agency is None or {of.service for of in told} <= set(run_by(agency.sector.code)):
        return ""
    return _("%(agency)s does not run this service. An agency counts its own only.") % {"agency": agency.name}


def _reasons(
    changed: Mapping[Part, Iterable[CountOf]], why: str, reasons: Mapping[tuple[Part, CountOf], str]
) -> dict[tuple[Part, CountOf], str]:
    """Of each number that is corrected, why: its own reason, else that of all."""
    return {(part, of): reasons.get((part, of), "").strip() or why for part, one in changed.items() for of in one}


def _not_now(month: date, explained: bool, at: datetime) -> str:
    """Why a month cannot be counted so; empty where it can."""
    if month > timezone.localdate(at).replace(day=1):
        return _("This month has not begun. Count it when it is over.")
    if not explained:
        return _("Another number stands there already. Say why it is corrected.")
    return ""


def _rows(
    part: Part,
    fresh: Mapping[CountOf, int | None],
    why_of: Mapping[tuple[Part, CountOf], str],
    by: Person | None,
    at: datetime,
) -> Iterable[Count]:
    for of, value in fresh.items():
        yield Count(
            territory_id=part[0],
            month=part[1],
            agency_id=part[2],
            service=of.service,
            counted=of.counted,
            to=of.to,
            value=value,
            why=why_of.get((part, of), "")[:LONGEST_REASON],
            by=by,
            at=at,
        )
