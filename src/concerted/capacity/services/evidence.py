from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from concerted.capacity.access import EVIDENCE, EXEMPTION
from concerted.capacity.models import Credential, Evidence, Exemption, Mandate
from concerted.capacity.services.standing import refresh_people
from concerted.directory.models import Person
from concerted.kit import access
from concerted.ledger.services import record


class NotRecorded(Exception):
    """What was sent cannot stand as a fact; the message says why and what to do."""


@transaction.atomic
def record_evidence(
    person: Person,
    credential: Credential,
    *,
    source_kind: str,
    source_ref: str,
    achieved_on: date,
    by: Person | None,
    at: datetime,
) -> Evidence:
    """Write one fact about a person and bring her standing up to date.

    The same source recorded twice is one fact: the first is returned. `by` None is the system (she completed a module).
    Raises `NotRecorded` for a day after `at`.
    """
    if by is not None:
        access.allow(by, "U", EVIDENCE, person)
    if achieved_on > at.date():
        raise NotRecorded(_("The day of completion lies in the future. Write the day it was completed."))
    key = {
        "subject_kind": "person",
        "subject_id": person.pk,
        "credential": credential,
        "source_kind": source_kind,
        "source_ref": source_ref,
    }
    evidence, made = Evidence.objects.get_or_create(
        **key, defaults={"achieved_on": achieved_on, "recorded_at": at, "by": by}
    )
    if made:
        record("evidence recorded", by=by, object_kind="evidence", object_id=evidence.pk, about=person)
        refresh_people([person.pk])
    return evidence


@transaction.atomic
def void_evidence(evidence: Evidence, *, reason: str, by: Person, at: datetime) -> Evidence:
    """Take a fact back by a later row; the fact itself stays. Raises `NotRecorded` when it was taken back already."""
    person = Person.objects.get(pk=evidence.subject_id)
    access.allow(by, "D", EVIDENCE, person)
    try:
        with transaction.atomic():
            void = Evidence.objects.create(
                subject_kind=evidence.subject_kind,
                subject_id=evidence.subject_id,
                credential=evidence.credential,
                achieved_on=evidence.achieved_on,
                source_kind="void",
                source_ref=f"evidence:{evidence.pk}",
                recorded_at=at,
                by=by,
                voids=evidence,
            )
    except IntegrityError as error:
        raise NotRecorded(_("This record was already taken back.")) from error
    words: dict[str, Any] = {"reason": reason}
    record("evidence taken back", by=by, object_kind="evidence", object_id=evidence.pk, about=person, words=words)
    refresh_people([evidence.subject_id])
    return void


@transaction.atomic
def grant_exemption(
    person: Person,
    mandate: Mandate,
    *,
    from_day: date,
    until_day: date,
    reason: str,
    authority: str,
    by: Person | None,
    at: datetime,
) -> Exemption:
    """Free a person from a mandate for a time. Raises `NotRecorded` when the days are the wrong way round."""
    if by is not None:
        access.allow(by, "C", EXEMPTION, person)
    if until_day <= from_day:
        raise NotRecorded(_("The exemption ends before it starts. Write a later last day."))
    exemption = Exemption.objects.create(
        subject_kind="person",
        subject_id=person.pk,
        mandate=mandate,
        from_day=from_day,
        until_day=until_day,
        reason=reason,
        authority=authority,
        by=by,
        at=at,
    )
    record("exemption granted", by=by, object_kind="exemption", object_id=exemption.pk, about=person)
    refresh_people([person.pk], [mandate.pk])
    return exemption
