from typing import Any

from concerted.directory.access import where_agency, where_territory
from concerted.kit.access import Where, row


def _where_plan(plan: Any) -> Where:
    """A kept plan stands in the agency or the territory it was kept for; without one it is the nation's."""
    if plan.agency is not None:
        return where_agency(plan.agency)
    return where_territory(plan.territory) if plan.territory is not None else Where()


PLAN = row(
    "staffing and resource plan",
    where=_where_plan,
    supervisor="R",
    manager="CRU a",
    local_coordinator="RU r",
    national_coordinator="CRU",
    auditor="R",
)
