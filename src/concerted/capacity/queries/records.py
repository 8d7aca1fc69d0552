from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from concerted.capacity.models import Evidence, Exemption, TakingBack
from concerted.directory.access import filter_agencies, people_led
from concerted.directory.models import Person, Position
from concerted.kit import digits
from concerted.kit.access import Reach


def evidence_of(person: Person, on: date | None = None) -> QuerySet[Evidence]:
    """What counts for a person, newest first; with `on`, what was achieved by that day."""
    facts = Evidence.objects.filter(subject_kind="person", subject_id=person.pk, voided_by=None)
    if on is not None:
        facts = facts.filter(achieved_on__lte=on)
    return facts.exclude(source_kind="void").select_related("credential").order_by("-achieved_on", "-id")


def counted_of(person: Person) -> str:
    """How many records of training count for her, in words. One query."""
    number = evidence_of(person).order_by().count()
    return ngettext("%(n)s record of training", "%(n)s records of training", number) % {"n": digits.number(number)}


@dataclass(frozen=True)
class ExemptionShown:
    """Who is exempt from what, until when, and who decided it; the reason stays with those who record it."""

    name: str
    mandate: str
    from_day: date
    until_day: date
    authority: str


def exemptions_from(on: date, reach: Reach) -> QuerySet[Exemption]:
    """Exemptions that hold on a day or begin later, of people within reach, the earliest first."""
    rows = Exemption.objects.filter(until_day__gt=on, subject_kind="person").select_related("mandate")
    if not reach.everywhere:
        held = filter_agencies(reach, Position.objects.order_by(), "agency")
        within = Q(subject_id__in=held.values("person"))
        rows = rows.filter(within | ~Q(subject_id__in=people_led()) if reach.unled else within)
    return rows.order_by("from_day", "id")


def exemptions_shown(exemptions: Iterable[Exemption]) -> list[ExemptionShown]:
    """These exemptions as a page shows them. One query for the names."""
    found = list(exemptions)
    names = dict(Person.objects.filter(pk__in={row.subject_id for row in found}).values_list("pk", "name"))
    return [
        ExemptionShown(names.get(row.subject_id, ""), row.mandate.name, row.from_day, row.until_day, row.authority)
        for row in found
    ]


@dataclass(frozen=True)
class TakingBackShown:
    """A fact somebody asked to take back: whose, what, and why."""

    id: int
    name: str
    credential: str
    achieved_on: date
    reason: str
    asked_by: str
    asked_by_id: int
    alone_at: datetime | None


def taking_back_asked() -> list[TakingBackShown]:
    """What waits for a second person, oldest first. Two queries."""
    asked = list(TakingBack.objects.select_related("evidence__credential", "by"))
    names = dict(Person.objects.filter(pk__in=[one.evidence.subject_id for one in asked]).values_list("pk", "name"))
    return [
        TakingBackShown(
            one.pk,
            names.get(one.evidence.subject_id, ""),
            one.evidence.credential.name,
            one.evidence.achieved_on,
            one.reason,
            one.by.name,
            one.by_id,
            one.alone_at,
        )
        for one in asked
    ]
