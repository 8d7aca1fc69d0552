"""A projection as plain values, for JSON and for text."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import (
    MONEY,
    TOTAL,
    VERSION,
    Band,
    Headlines,
    Measure,
    Projection,
    headlines,
    unit_of,
)
from concerted.planning.wording import FORMULAE, MEASURES, service_name, unit_name


def as_values(told: Projection) -> dict[str, Any]:
    """Everything a projection holds: each series of each unit, with the reason of each measure."""
    units = [*told.units, TOTAL]
    return {
        "title": told.plan.title,
        "engine": VERSION,
        "seed": told.plan.seed,
        "draws": told.plan.draws,
        "fingerprint": told.fingerprint,
        "months": list(told.months),
        "units": {unit: unit_name(told.plan, unit) for unit in units},
        "services": {key: service_name(told.plan, key) for key in told.plan.services},
        "headlines": asdict(headlines(told)),
        "measures": {measure.value: _measure(told, measure, units) for measure in Measure},
        "weeks": {f"{service}, {unit}": _week(told, service, unit) for service, unit in told.lines},
        "funds": _funds(told),
    }


def _measure(told: Projection, measure: Measure, units: list[str]) -> dict[str, Any]:
    services = [None] if measure in MONEY else list(told.plan.services)
    return {
        "what": str(MEASURES[measure]),
        "unit": unit_of(told.plan, measure),
        "reasons": {service or "all": _reason(told, measure, service) for service in services},
        "values": {
            unit: {
                service or "all": dict(
                    zip(("low", "mid", "high"), told.series(measure, unit, service).tolist(), strict=True)
                )
                for service in services
            }
            for unit in units
        },
        "sum_of_highs_last_month": {
            service or "all": round(told.sum_of_highs(measure, service, -1), 2) for service in services
        },
    }


def _reason(told: Projection, measure: Measure, service: str | None) -> dict[str, Any]:
    reason = told.estimate(measure, TOTAL, -1, service).reason
    return {
        "formula": str(FORMULAE[reason.formula]),
        "inputs": {one.place: one.value for one in reason.inputs},
        "sources": list(reason.sources),
        "exact": reason.exact,
    }


def _week(told: Projection, service: str, unit: str) -> dict[str, Any]:
    week = told.line(service, unit)
    return {
        "seats_needed": week.needed.tolist(),
        "seats_rostered": week.rostered.tolist(),
        "seats_there": week.there.tolist(),
        "not_getting_through": week.lost.round(3).tolist(),
        "not_getting_through_as_planned": week.lost_as_planned.round(3).tolist(),
    }


def _funds(told: Projection) -> dict[str, Any]:
    cover = told.cover
    first = cover.first_short
    return {
        "chance": dict(zip(told.units, cover.chance.round(3).tolist(), strict=True)),
        "moves": dict(zip(told.units, cover.moves.round(2).tolist(), strict=True)),
        "added": round(cover.added, 2),
        "first_short": None if first is None else told.units[first],
        "unfunded_from": None if told.unfunded_from is None else told.months[told.unfunded_from],
    }


def sources(told: Projection) -> list[str]:
    """Everything that was read for a projection, once each, by name."""
    services = [None, *told.plan.services]
    reasons = [
        told.estimate(measure, TOTAL, -1, service).reason
        for measure in Measure
        for service in services
        if (service is None) == (measure in MONEY)
    ]
    return sorted({source for reason in reasons for source in reason.sources})


def as_lines(told: Projection) -> Iterator[str]:
    """The headlines of a projection in words."""
    found, plan = headlines(told), told.plan
    yield plan.title
    yield f"{told.months[0]} to {told.months[-1]}, {len(plan.territories)} territories, {plan.draws} draws"
    yield ""
    if told.lines:
        yield f"Women who do not get through, a month:  {_band(found.lost)} with the posts there are"
        yield f"{'':39} {_band(found.lost_as_planned)} with the posts asked for"
    yield from _services(plan, found)
    money = f"{plan.money.currency} of {plan.money.year}"
    yield f"Money of the whole plan: {_band(found.money)} {money}; promised: {found.promised:,.0f}"
    if found.least_covered is not None:
        unit, chance = found.least_covered
        yield f"Promised money suffices least often in: {unit_name(plan, unit)}, {chance:.0%} of draws"
    if told.unfunded_from is not None:
        yield f"From {told.months[told.unfunded_from]} the month costs more than what is promised for it."


def _services(plan: Plan, found: Headlines) -> Iterator[str]:
    yield f"{'Posts in the last month':28} {'needed':>24} {'filled':>9} {'to hire':>8}  short from"
    for one in found.services:
        name = service_name(plan, one.service)
        yield f"  {name:26} {_band(one.posts):>24} {one.filled:9.1f} {one.to_hire:8}  {one.short_from or '–'}"


def _band(band: Band) -> str:
    digits = 1 if band.high < 1000 else 0
    return f"{band.mid:,.{digits}f} ({band.low:,.{digits}f} to {band.high:,.{digits}f})"
