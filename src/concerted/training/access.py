from typing import Any

from concerted.directory.access import where_agency, where_group, where_person, where_territory
from concerted.kit.access import Where, row
from concerted.practice.models import CaseMember, TableSeat

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

#: What answers tell about a question: shares of ten people or more, nobody's answer.
ITEMS = row(
    "item statistics",
    trainer="G*",
    author="G*",
    national_coordinator="G*",
    auditor="G*",
)

#: What many in a group take for true: shares of five people or more, for who trains it and who coordinates above it.
MISCONCEPTIONS = row(
    "misconceptions in an open group",
    where=where_group,
    trainer="G* g",
    local_coordinator="G* r",
    national_coordinator="G*",
    auditor="G*",
)

#: The same of more than a group: shares of ten people or more, counted once a week, none by which another can be had.
MISCONCEPTIONS_WIDE = row(
    "misconceptions beyond a group",
    manager="G*",
    trainer="G*",
    author="G*",
    local_coordinator="G*",
    national_coordinator="G*",
    auditor="G*",
)
MISCONCEPTIONS_AGENCY = row(
    "misconceptions in an agency",
    where=where_agency,
    manager="G* a",
    local_coordinator="G* r",
    national_coordinator="G*",
    auditor="G*",
)
MISCONCEPTIONS_TERRITORY = row(
    "misconceptions in a territory",
    where=where_territory,
    local_coordinator="G* r",
    national_coordinator="G*",
    auditor="G*",
)
#: Of a sector or a profession in the whole country: no place and no agency can be read from it.
MISCONCEPTIONS_SECTOR = row(
    "misconceptions of a sector or profession",
    trainer="G*",
    author="G*",
    national_coordinator="G*",
    auditor="G*",
)


def _seat(group: Any) -> Where:
    """Hers is a case study she works on alone, or in a group she is a member of."""
    return Where(owned=lambda by: CaseMember.objects.filter(group=group, person=by.pk).exists())


def _led(group: Any) -> Where:
    """A group is led by who opened it, and by the trainer of the group of the directory it was opened for."""
    groups = frozenset({group.group_id} if group.group_id else ())
    return Where(groups=groups, owned=lambda by: group.leader_id == by.pk)


#: Documents, questions and what was written, for those who work on it. No manager reads it.
CASE_SEAT = row("case study one works on", where=_seat, practitioner="CRU o")
#: All answers, the notes for who leads, and when the next documents come out.
CASE_LED = row(
    "case study one leads",
    where=_led,
    trainer="CRU o; CRU g",
    local_coordinator="CRU o",
    national_coordinator="CRU o",
)


def _sits(table: Any) -> Where:
    return Where(owned=lambda by: TableSeat.objects.filter(table=table, person=by.pk).exists())


def _sat_or_opened(table: Any) -> Where:
    return Where(
        owned=lambda by: table.opened_by_id == by.pk or TableSeat.objects.filter(table=table, person=by.pk).exists()
    )


#: A case conference at one table: whoever may play scenarios opens one, or sits down where somebody gave her the link.
TABLE = row("table of a case conference", practitioner="RC")
#: What only this seat knows, and what it does. Nobody else reads it, and not who opened the table.
TABLE_SEAT = row("seat at a table", where=_sits, practitioner="U o")
#: Who knew what when, once the case is finished.
TABLE_BACK = row("look back at a table", where=_sat_or_opened, practitioner="R o")
#: That a stand-in plays a seat, and that the table waits no longer.
TABLE_LED = row("table one opened", where=lambda table: Where(person_id=table.opened_by_id), practitioner="U o")
