from typing import Any

from concerted.directory.access import above, where_agency, where_group, where_person, where_territory
from concerted.directory.models import Agency
from concerted.directory.nearer import nobody_nearer
from concerted.directory.rules import bounds_of
from concerted.kit.access import Where, row


def _where_counted(place: Any) -> Where:
    """Counts are asked for an agency or for a territory."""
    return where_agency(place) if isinstance(place, Agency) else where_territory(place)


def _where_claim(claim: Any) -> Where:
    """A claim stands where the agency that tells of it stands, or nowhere, and belongs to its person."""
    if claim.agency is None:
        return Where(claim.person_id, unled=lambda: True)
    place = where_agency(claim.agency)
    unled = nobody_nearer(place.territories, claim.person_id, claim.by_id)
    return Where(claim.person_id, place.agencies, place.territories, unled=unled)


def where_mandate(version: Any) -> Where:
    """A version (or its wording) stands in the territory its audience keeps within, and in all above; or nowhere."""
    bounds = bounds_of(version.audience_version.rule)
    lines = [above([territory]) for territory in bounds]
    return Where(territories=lambda: frozenset.intersection(*(line() for line in lines))) if lines else Where()


MANDATE = row(
    "mandate",
    where=where_mandate,
    practitioner="R",
    local_coordinator="R; C→2 r",
    national_coordinator="R; C→2",
    administrator="R",
    auditor="R",
)
#: One person's standing, reasons included.
STANDING = row(
    "training record of one person",
    where=where_person,
    practitioner="RX o",
    manager="R a",
    auditor="R",
)
#: Counts over agencies and territories, without names.
PICTURE = row(
    "mandate status roll-up",
    where=_where_counted,
    supervisor="G*",
    manager="G* a",
    trainer="G*",
    local_coordinator="G* r",
    national_coordinator="G*",
    auditor="G*",
)
#: The same counts over the people of a group, for who trains it and who coordinates above it.
GROUP_COUNTS = row(
    "mandate status of an open group",
    where=where_group,
    trainer="G* g",
    local_coordinator="G* r",
    national_coordinator="G*",
    auditor="G*",
)
#: The overdue by name: her own manager only.
BOARD = row("names of the overdue", where=where_agency, manager="RX a")
EVIDENCE = row("evidence of training", where=where_person, practitioner="R o", auditor="R", administrator="D→2")
OUTSIDE = row(
    "evidence of training outside",
    where=_where_claim,
    practitioner="CR o",
    manager="CR a",
    local_coordinator="RU r",
    national_coordinator="RU n",
    auditor="R",
)
#: What holds in a territory: a plan funded, a duty handed down.
TERRITORY_FACT = row(
    "fact about a territory",
    where=where_territory,
    local_coordinator="RC r",
    national_coordinator="RC",
    auditor="R",
)
EXEMPTION = row(
    "exemption",
    where=where_person,
    practitioner="R o",
    manager="R a",
    local_coordinator="RC r",
    national_coordinator="RC n",
    auditor="R",
)
