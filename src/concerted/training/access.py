from typing import Any

from concerted.directory.access import where_person
from concerted.kit.access import Where, row

MODULE = row(
    "module",
    practitioner="R",
    trainer="R",
    author="R",
    translator="R",
    national_coordinator="R",
    auditor="R",
)
#: A module brought from a document: one proposes, a second person publishes.
MODULE_PROPOSAL = row("module from a document", author="C→2", national_coordinator="C→2")
#: What holds here, written into the lessons: national law, numbers, services.
LOCAL = row("local words in lessons", trainer="R", author="R", national_coordinator="RU", auditor="R")


def _own(thing: Any) -> Where:
    return Where(person_id=thing.person_id)


#: Her own way through a module: what she read, answered, completed.
TAKING = row("own training record", where=_own, practitioner="CRUX o")
CERTIFICATE = row("own certificate", where=_own, practitioner="RU o")
#: Saying that somebody's certificate is no longer good: whoever coordinates where she works.
REVOCATION = row(
    "revocation of a certificate",
    where=lambda certificate: where_person(certificate.person),
    local_coordinator="C r",
    national_coordinator="C",
)
#: Where sectors choose differently in a scenario: shares of five people or more, nobody's answer.
PARTING = row(
    "choices in a scenario by sector",
    trainer="G*",
    author="G*",
    local_coordinator="G*",
    national_coordinator="G*",
    auditor="G*",
)
