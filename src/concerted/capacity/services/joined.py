"""What is recorded of an entry that turns out to be a person who is here already."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from concerted.capacity.models import Evidence, Exemption, OutsideClaim, TakingBack
from concerted.capacity.services.evidence import record_evidence
from concerted.capacity.services.standing import refresh_people
from concerted.directory.models import Person


def carry_over(entry: Person, person: Person, at: datetime) -> None:
    """Make what was achieved, told and exempted under the entry hers. What she has already is left where it is.

    Evidence is never changed: each fact is written again about her, with the source it came from. Whoever asked to take
    one back asks it of the fact as it is written now.
    """
    facts = Evidence.objects.filter(subject_kind="person", subject_id=entry.pk, voided_by=None)
    for fact in facts.exclude(source_kind=Evidence.Source.VOID).select_related("credential"):
        written = record_evidence(
            person,
            fact.credential,
            source_kind=fact.source_kind,
            source_ref=fact.source_ref,
            achieved_on=fact.achieved_on,
            by=None,
            at=at,
        )
        _unless_there(TakingBack.objects.filter(evidence=fact), evidence=written)
    for claim in OutsideClaim.objects.filter(person=entry):
        _unless_there(OutsideClaim.objects.filter(pk=claim.pk), person=person)
    for exemption in Exemption.objects.filter(subject_kind="person", subject_id=entry.pk):
        _unless_there(Exemption.objects.filter(pk=exemption.pk), subject_id=person.pk)
    # What was achieved is counted as it is written; an exemption that came over is not.
    refresh_people([person.pk])


def _unless_there(rows: QuerySet[Any], **facts: object) -> None:
    try:
        with transaction.atomic():
            rows.update(**facts)
    except IntegrityError:
        # She has told the same of herself: hers stands.
        return
