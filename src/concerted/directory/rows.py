"""The directory's rows of the access table."""

from typing import Any

from concerted.directory.access import where_agency, where_person, where_territory
from concerted.kit.access import Where, row


def _where_position(position: Any) -> Where:
    place = where_agency(position.agency)
    return Where(position.person_id, place.agencies, place.territories)


EVERYBODY = {
    "practitioner": "R",
    "local_coordinator": "CU r",
    "national_coordinator": "CU",
}
TERRITORY = row("territory", where=where_territory, **EVERYBODY)
AGENCY = row("agency", where=where_agency, **EVERYBODY)
PERSON = row(
    "directory entry of another",
    where=where_person,
    practitioner="RU o",
    supervisor="R a",
    manager="R a",
    trainer="R a",
    local_coordinator="R r",
    national_coordinator="R",
    administrator="R",
)
POSITION = row(
    "position",
    where=_where_position,
    practitioner="R o",
    manager="CRU a",
    local_coordinator="CRU r",
    national_coordinator="CRU",
)
ROLE = row(
    "accounts and roles",
    where=where_territory,
    manager="C",
    local_coordinator="C→2",
    national_coordinator="C→2",
    administrator="C→2",
    auditor="R",
)
AUDIENCE = row(
    "audience and import",
    manager="R",
    local_coordinator="CRU",
    national_coordinator="CRU",
    auditor="R",
)
