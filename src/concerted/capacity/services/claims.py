from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import OUTSIDE
from concerted.capacity.models import Credential, OutsideClaim
from concerted.capacity.services.evidence import NotRecorded, record_evidence
from concerted.directory.models import Agency, Person
from concerted.directory.services.positions import EARLIEST
from concerted.kit import access
from concerted.kit.dates import in_words
from concerted.ledger.services import record
from concerted.post.services import notify


@transaction.atomic
def claim_outside(
    person: Person,
    credential: Credential,
    *,
    agency: Agency,
    achieved_on: date,
    provider: str,
    by: Person,
    at: datetime,
) -> OutsideClaim:
    """Record training that happened elsewhere; it counts once a coordinator confirms it.

    `by` is her manager, or herself. Raises `NotRecorded` for a day in the future or too long ago, or a claim that is
    already there.
    """
    access.allow(by, "C", OUTSIDE, OutsideClaim(person=person, agency=agency))
    if achieved_on < EARLIEST:
        raise NotRecorded(
            _("%(day)s is too long ago for somebody at work today. Check the year.") % {"day": in_words(achieved_on)}
        )
    if achieved_on > timezone.localdate(at):
        raise NotRecorded(_("The day of completion lies in the future. Write the day it was completed."))
    try:
        with transaction.atomic():
            claim = OutsideClaim.objects.create(
                person=person,
                agency=agency,
                credential=credential,
                achieved_on=achieved_on,
                provider=provider,
                by=by,
                at=at,
            )
    except IntegrityError as error:
        raise NotRecorded(
            _("This training is already on record for that day. Leave it out, or correct the day.")
        ) from error
    record("outside training recorded", by=by, object_kind="outside claim", object_id=claim.pk, about=person)
    return claim


@transaction.atomic
def decide_claim(claim_id: int, *, accept: bool, reason: str = "", by: Person, at: datetime) -> OutsideClaim:
    """A coordinator confirms, which writes the evidence, or refuses and says why.

    Raises `NotRecorded` when it is decided already, when she recorded it herself or it is about her, and for a
    refusal without a reason: whoever recorded it needs one.
    """
    claim = OutsideClaim.objects.select_for_update().select_related("person", "agency", "credential").get(pk=claim_id)
    access.allow(by, "U", OUTSIDE, claim)
    if claim.state != OutsideClaim.State.WAITING:
        raise NotRecorded(_("Somebody has already decided this one. Nothing was changed."))
    if claim.by_id == by.pk:
        raise NotRecorded(_("You recorded this yourself. Somebody else confirms it."))
    if claim.person_id == by.pk:
        raise NotRecorded(_("This is about yourself. Another coordinator decides."))
    if not accept and not reason.strip():
        raise NotRecorded(_("Say why you do not accept it, so that whoever recorded it can mend it."))
    claim.state = OutsideClaim.State.CONFIRMED if accept else OutsideClaim.State.REFUSED
    claim.reason, claim.decided_by, claim.decided_at = reason.strip(), by, at
    claim.save()
    if accept:
        record_evidence(
            claim.person,
            claim.credential,
            source_kind="outside",
            source_ref=f"claim:{claim.pk}",
            achieved_on=claim.achieved_on,
            by=None,
            at=at,
        )
    verb = "outside training confirmed" if accept else "outside training refused"
    record(verb, by=by, object_kind="outside claim", object_id=claim.pk, about=claim.person)
    # Who recorded it hears of it too: many people it is about have no account.
    for person in {claim.person, claim.by}:
        notify(person, "claim_confirmed" if accept else "claim_refused", link=reverse("capacity:claims"), at=at)
    return claim
