from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import EVIDENCE, EXEMPTION
from concerted.capacity.jobs import announce
from concerted.capacity.models import Credential, Evidence, Exemption, Mandate, TakingBack
from concerted.capacity.services import parts
from concerted.capacity.services.seconds import alone_from_of_taking_back
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
    When she now holds every part of a larger credential (the modules of a programme), that is recorded as well.
    Raises `NotRecorded` for a day after `at`.
    """
    if by is not None:
        access.allow(by, "U", EVIDENCE, person)
    if achieved_on > timezone.localdate(at):
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
        _complete_wholes(person, credential, at)
    return evidence


def _complete_wholes(person: Person, credential: Credential, at: datetime) -> None:
    for whole, day, ref in parts.completed_through(person, credential):
        record_evidence(person, whole, source_kind="module", source_ref=ref, achieved_on=day, by=None, at=at)


@transaction.atomic
def propose_taking_back(evidence: Evidence, *, reason: str, by: Person, at: datetime) -> TakingBack:
    """Ask that a fact no longer counts; a second person decides.

    Raises `NotRecorded` without a reason, when somebody asked already, and for what was taken back.
    """
    person = Person.objects.get(pk=evidence.subject_id)
    access.allow(by, "D", EVIDENCE, person)
    if not reason.strip():
        raise NotRecorded(_("Say why this record is wrong: the second person reads it."))
    _refuse_if_void(evidence)
    try:
        with transaction.atomic():
            alone_at = alone_from_of_taking_back(by=by, at=at)
            asked = TakingBack.objects.create(evidence=evidence, reason=reason.strip(), by=by, at=at, alone_at=alone_at)
    except IntegrityError as error:
        raise NotRecorded(_("Somebody has already asked to take this record back. It waits for a decision.")) from error
    words = {"reason": reason}
    record("taking back asked", by=by, object_kind="evidence", object_id=evidence.pk, about=person, words=words)
    if alone_at:
        announce.enqueue("taking_back", asked.pk)
    return asked


@transaction.atomic
def decide_taking_back(taking_id: int, *, accept: bool, by: Person | None, at: datetime) -> None:
    """The second person takes the fact back by a later row, or leaves it; the fact itself stays either way. What was
    completed through it (a programme, through its module) is taken back with it.

    `by` None: there is no second person, and the day of waiting is over.
    """
    asked = TakingBack.objects.select_for_update().select_related("evidence").filter(pk=taking_id).first()
    if asked is None:
        raise NotRecorded(_("Somebody has already decided this one. Nothing was changed."))
    person = Person.objects.get(pk=asked.evidence.subject_id)
    if by is not None:
        access.allow(by, "D", EVIDENCE, person)
    if by is not None and asked.by_id == by.pk and accept:
        raise NotRecorded(_("You asked for this yourself. A second person decides."))
    asked.delete()
    if not accept:
        words = {"reason": asked.reason}
        record("evidence left", by=by, object_kind="evidence", object_id=asked.evidence_id, about=person, words=words)
    else:
        _take_back(person, asked.evidence, asked.reason, by, at)
        _complete_wholes(person, asked.evidence.credential, at)


def _refuse_if_void(evidence: Evidence) -> None:
    if evidence.source_kind == "void" or Evidence.objects.filter(voids=evidence).exists():
        raise NotRecorded(_("This record was already taken back."))


def _take_back(person: Person, evidence: Evidence, reason: str, by: Person | None, at: datetime) -> None:
    """With it goes what was completed through it alone, and whatever was asked about that."""
    _void(evidence, by=by, at=at)
    words = {"reason": reason}
    record("evidence taken back", by=by, object_kind="evidence", object_id=evidence.pk, about=person, words=words)
    refresh_people([person.pk])
    for whole in parts.unfounded_through(evidence):
        TakingBack.objects.filter(evidence=whole).delete()
        _take_back(person, whole, reason, by, at)


def _void(evidence: Evidence, *, by: Person | None, at: datetime) -> Evidence:
    return Evidence.objects.create(
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
    """Free a person from a mandate for a time.

    Raises `NotRecorded` for days the wrong way round, for herself, and for what is recorded already.
    """
    if by is not None:
        access.allow(by, "C", EXEMPTION, person)
        if by.pk == person.pk:
            raise NotRecorded(_("This is about yourself. Another coordinator decides."))
    if until_day <= from_day:
        raise NotRecorded(_("The exemption ends before it starts. Write a later last day."))
    key = {
        "subject_kind": "person",
        "subject_id": person.pk,
        "mandate": mandate,
        "from_day": from_day,
        "until_day": until_day,
    }
    exemption, made = Exemption.objects.get_or_create(
        **key, defaults={"reason": reason, "authority": authority, "by": by, "at": at}
    )
    if not made:
        raise NotRecorded(_("This exemption is already recorded. Nothing was changed."))
    record("exemption granted", by=by, object_kind="exemption", object_id=exemption.pk, about=person)
    refresh_people([person.pk], [mandate.pk])
    return exemption
