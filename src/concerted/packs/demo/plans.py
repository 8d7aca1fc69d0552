"""A plan of the demonstration, made from its own directory, and paid for in one region."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from concerted.directory.models import Position, Territory
from concerted.maths.months import add_months
from concerted.packs.demo import country
from concerted.planning import services
from concerted.planning.queries.from_here import known_here, staff_named
from concerted.planning.queries.making import as_known, likely, plan_values, services_of
from concerted.planning.queries.moved import kept_inputs
from concerted.planning.queries.own_plans import text_of
from concerted.planning.queries.plan_money import asked_by

_BASE = "helpline"
#: Months since it began, so that what came stands beside it.
BEGUN = 9
_TITLE = "A helpline for all regions"
_FUND = "Equality fund of the ministry of finance, decision 12"

#: What came to services a month for 10,000 women before the plan began, as the demonstration counted it.
_CAME = {"helpline": 4.9, "advocacy": 4.6}


def write_plan(held: Mapping[str, Position], at: datetime) -> None:
    """A kept plan whose places, posts and training come from the demonstration itself."""
    nora, whole = held["nora"].person, Territory.objects.get(name=country.COUNTRY, parent=None)
    named, here = staff_named(), known_here(whole, timezone.localdate(at))
    chosen = likely(_BASE, named)
    start = add_months(timezone.localdate(at).replace(day=1), -BEGUN)
    numbers = as_known(_BASE, here, chosen)
    values = plan_values(_BASE, here, chosen, named, numbers, f"{start:%Y-%m}") | {"title": _TITLE}
    _as_counted(values["services"])
    as_one = [key for key, one in services_of(_BASE).items() if one.as_one]
    kept = services.keep_plan(
        _TITLE, "", {}, file=text_of(values), inputs=kept_inputs(here, chosen, as_one), agency=None, by=nora, at=at
    )
    asked = asked_by(kept)[0]
    until = timezone.localdate(at) + timedelta(days=500)
    services.record_funding(kept, asked, asked.mid, until=until, source=_FUND, by=nora, at=at)


def _as_counted(services: dict[str, Any]) -> None:
    """The line is there already; what reaches it, and advocates, is what was counted here and not in the example."""
    services["helpline"].pop("opens", None)
    for key, rate in _CAME.items():
        services[key]["contacts"] |= {"per_10000": rate, "source": "Counts of the months before the plan"}
