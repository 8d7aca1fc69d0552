from datetime import date, datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import OUTSIDE
from concerted.capacity.models import Credential, OutsideClaim
from concerted.capacity.proof import Proof
from concerted.capacity.services.evidence import NotRecorded, record_evidence
from concerted.directory.models import Agency, Person
from concerted.directory.services.positions import EARLIEST
from concerted.kit import access
from concerted.kit.dates import in_words
from concerted.ledger.services import record
from concerted.post.services import notify

#: Records of one person that wait at a time; more is a mistake, or fills the disk.
MOST_WAITING = 50


@transaction.atomic
def claim_outside(
    person: Person,
    credential: Credential | None,
    *,
    agency: Agency | None,
    achieved_on: date,
    provider: str,
    title: str = "",
    link: str = "",
    minutes: int = 0,
    proof: Proof | None = None,
    by: Person,
    at: datetime,
) -> OutsideClaim:
    """Record training that happened elsewhere; it counts once a coordinator confirms it.

    `by` is her manager, or herself; `agency` None: she works at none. Without `credential` it stands in her record
    under its `title`. Raises `NotRecorded` for a day in the future or too long ago, a claim that is already there, and
    when too many wait.
    """
    access.allow(by, "C", OUTSIDE, OutsideClaim(person=person, agency=agency))
    _refuse_unlikely(achieved_on, timezone.localdate(at))
    if OutsideClaim.objects.filter(person=person, state=OutsideClaim.State.WAITING).count() >= MOST_WAITING:
        raise NotRecorded(_("Many records wait already. Send more once these are decided."))
    try:
        with transaction.atomic():
            claim = OutsideClaim.objects.create(
                person=person,
                agency=agency,
                credential=credential,
                achieved_on=achieved_on,
                provider=provider,
                title=title,
                link=link,
                minutes=minutes,
                by=by,
                at=at,
            )
    except IntegrityError as error:
        raise NotRecorded(
            _("This training is already on record for that day. Leave it out, or correct the day.")
        ) from error
    if proof is not None:
        claim.proof.save(f"proof{proof.suffix}", ContentFile(proof.content))
    record("outside training recorded", by=by, object_kind="outside claim", object_id=claim.pk, about=person)
    return claim


def _refuse_unlikely(achieved_on: date, today: date) -> None:
    if achieved_on < EARLIEST:
        raise NotRecorded(
            _("%(day)s is too long ago for somebody at work today. Check the year.") % {"day": in_words(achieved_on)}
        )
    if achieved_on > today:
        raise NotRecorded(_("The day of completion lies in the future. Write the day it was completed."))


@transaction.atomic
def decide_claim(claim_id: int, *, accept: bool, reason: str = "", by: Person, at: datetime) -> OutsideClaim:
    """A coordinator confirms, which writes the evidence, or refuses and says why.

    Raises `NotRecorded` when it is decided already, when she recorded it herself or it is about her, and for a
    refusal without a reason: whoever recorded it needs one.
    """
    claims = OutsideClaim.objects.select_for_update(of=("self",)).select_related("person", "agency", "credential")
    claim = claims.get(pk=claim_id)
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
    if accept and claim.credential is not None:
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
