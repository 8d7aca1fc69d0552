"""Whom a mandate still asks for something, by sector and profession, as a plan begins from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from concerted.capacity.models import MandateVersion
from concerted.capacity.queries.standing import episodes_on
from concerted.capacity.queries.wording import versions_in_force
from concerted.directory.models import TerritoryLink, name_among


@dataclass(frozen=True)
class TrainingNeed:
    """A mandate in one profession of a sector: posts it binds, posts where it is not in place, and its minutes.

    `again_months`: after how many months again, 0 where once is enough; `within_months`: when the first round is due.
    """

    code: str
    name: str
    sector: str
    profession: str
    bound: int
    missing: int
    minutes: int
    again_months: int
    within_months: int


#: What was done and still counts; the first time may be due soon for whoever never did it.
_DONE = Q(state__in=("current", "due_soon"), held_on__isnull=False)


def training_needs(parts: Collection[int], on: date, agency: int | None = None) -> list[TrainingNeed]:
    """Mandates that bind somebody in these territories or below them, by code, sector and profession. Two queries."""
    within = TerritoryLink.objects.filter(ancestor__in=parts).order_by().values("descendant")
    held = episodes_on(on).filter(position__territory__in=within).exclude(state="exempt").order_by()
    if agency is not None:
        held = held.filter(agency=agency)
    rows = held.values_list("mandate", "agency__sector__code", "position__profession__code").annotate(
        n=Count("position", distinct=True), here=Count("position", distinct=True, filter=_DONE)
    )
    versions = versions_in_force(on).select_related("mandate", "satisfied_by").order_by("mandate__code")
    named = {version.mandate_id: version for version in versions}
    found = [
        _need(named[mandate], sector, profession, bound, bound - here)
        for mandate, sector, profession, bound, here in rows
        if mandate in named
    ]
    return sorted(found, key=lambda need: (need.code, need.sector, need.profession))


def _need(version: MandateVersion, sector: str, profession: str, bound: int, missing: int) -> TrainingNeed:
    mandate = version.mandate
    return TrainingNeed(
        mandate.code,
        name_among(mandate.names, mandate.code),
        sector,
        profession,
        bound,
        missing,
        version.satisfied_by.minutes,
        version.months,
        version.first_due_months,
    )
