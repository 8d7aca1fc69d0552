"""A plan beside what came as plain values, for JSON."""

from typing import Any

from concerted.directory.models import Territory
from concerted.directory.queries import places_in_words
from concerted.planning.queries.beside import BesideMonth, BesidePlan, PlanBeside


def beside_values(found: PlanBeside) -> dict[str, Any]:
    """Each service of a plan, territory by territory and month by month, as all who may read the plan see it.

    `areas` of a month: how many of how many lowest areas counted; null where the territory counts as one. One query.
    """
    every = {line.territory.pk for lines in found.services.values() for line in lines}
    names = places_in_words(Territory.objects.filter(pk__in=every))
    return {
        "title": found.told.plan.title,
        "fingerprint": found.told.fingerprint,
        "territories_not_known_here": found.without,
        "made_for_agency": None if found.agency is None else found.agency.name,
        "services": {
            service: [_line(line, names[line.territory.pk]) for line in lines]
            for service, lines in found.services.items()
        },
    }


def _line(line: BesidePlan, name: str) -> dict[str, Any]:
    return {
        "territory": name,
        "agency": None if line.agency is None else line.agency.name,
        "unit": line.unit,
        "state": line.state.value,
        "months": [_month(one) for one in line.months],
    }


def _month(one: BesideMonth) -> dict[str, Any]:
    areas = None if one.areas is None else {"counted": one.counted, "of": one.areas}
    said = {"low": one.low, "mid": one.mid, "high": one.high}
    return {"month": f"{one.month:%Y-%m}", "plan": said, "counted": one.came, "areas": areas}
