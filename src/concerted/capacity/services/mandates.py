from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from concerted.capacity.access import MANDATE
from concerted.capacity.jobs import announce, recount_mandate
from concerted.capacity.models import Credential, Mandate, MandateVersion, Recount
from concerted.capacity.services.seconds import alone_from_of_mandate
from concerted.directory import queries as directory
from concerted.directory.models import AudienceVersion, Person, Position
from concerted.kit import access
from concerted.ledger.services import record


class MandateRefused(Exception):
    """The mandate cannot stand as written; the message says what to change."""


@dataclass(frozen=True)
class Wording:
    """Everything one version of a mandate says; see `MandateVersion`."""

    audience_version: AudienceVersion
    credential: Credential
    basis: str
    authority: str
    from_day: date
    cycle: str = "once"
    months: int = 0
    anchor: date | None = None
    first_due_months: int = 3
    warn_days: int = 90
    grace_days: int = 0
    until_day: date | None = None


def _refuse_nonsense(wording: Wording, *, on: date) -> None:
    if wording.until_day and wording.until_day <= wording.from_day:
        raise MandateRefused(_("The mandate ends before it starts. Write a later last day."))
    if wording.cycle != "once" and not wording.months:
        raise MandateRefused(_("It comes round again, but not when. Say after how many months it is due again."))
    if wording.cycle == "fixed" and not wording.anchor:
        raise MandateRefused(_("The calendar day is missing. Say on which one it is due, for example 31 January 2027."))
    if not directory.in_audience(wording.audience_version, max(on, wording.from_day)).exists():
        raise MandateRefused(
            _(
                "This mandate reaches nobody: no position fits its audience. "
                "Widen the audience or add the positions first."
            )
        )


def _as_written(wording: Wording) -> dict[str, Any]:
    """The columns of a version that says this."""
    said = {**vars(wording)}
    said["satisfied_by"] = said.pop("credential")
    said["months"] = 0 if wording.cycle == "once" else wording.months
    said["anchor"] = wording.anchor if wording.cycle == "fixed" else None
    return said


@transaction.atomic
def propose_mandate(
    code: str, names: dict[str, str], wording: Wording, *, new: bool = False, by: Person | None, at: datetime
) -> MandateVersion:
    """Write the next version of a mandate. It binds nobody until it is confirmed.

    `new`: the code must be free, since somebody writes a mandate of her own and not the next version of another's.

    The version before it stops binding on the day this one starts. Where nobody else could confirm it, it takes effect
    a day later by itself (`alone_at`), announced to managers and coordinators. Raises `MandateRefused` when it makes
    no sense, reaches nobody, starts before a version that is in force, takes a code that is another's, or when
    another version waits.
    """
    if by is not None:
        access.allow(by, "C", MANDATE, wording)
    _refuse_nonsense(wording, on=timezone.localdate(at))
    mandate, made = Mandate.objects.get_or_create(code=code, defaults={"names": names})
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    written = _as_written(wording)
    if mandate.versions.filter(published_at=None, by=by, **written).exists():
        raise MandateRefused(
            _("You have already written this version. It waits for a second person: ask a colleague to confirm it.")
        )
    if new and not made:
        raise MandateRefused(
            _("A mandate has this code already. Open it and write its next version, or choose another code.")
        )
    before = mandate.versions.filter(published_at__isnull=False).order_by("-from_day").first()
    if by is not None and before is not None:
        # The next version ends this one: whoever may not write it may not end it.
        access.allow(by, "C", MANDATE, before)
    if mandate.versions.filter(published_at=None).exists():
        raise MandateRefused(
            _("A version of this mandate already waits for a second person. Confirm it or withdraw it first.")
        )
    if _starts_too_early(mandate, wording.from_day):
        raise MandateRefused(
            _("A version of this mandate already starts on that day or later. Choose a later first day.")
        )
    no = (mandate.versions.aggregate(last=Max("no"))["last"] or 0) + 1
    version = MandateVersion.objects.create(mandate=mandate, no=no, by=by, **written)
    record("mandate proposed", by=by, object_kind="mandate version", object_id=version.pk)
    if by is not None:
        version.alone_at = alone_from_of_mandate(version, by=by, at=at)
    if version.alone_at:
        version.save(update_fields=["alone_at"])
        announce.enqueue("mandate", version.pk)
    return version


def _starts_too_early(mandate: Mandate, from_day: date) -> bool:
    return mandate.versions.filter(published_at__isnull=False, from_day__gte=from_day).exists()


@transaction.atomic
def withdraw_mandate(version_id: int, *, by: Person, at: datetime) -> None:
    """Take back a proposal that nobody has confirmed yet. Raises `MandateRefused` once it is in force."""
    version = _locked(version_id)
    access.allow(by, "C", MANDATE, version)
    if version.published_at:
        raise MandateRefused(_("This version is in force. Write the next version instead."))
    record("mandate withdrawn", by=by, object_kind="mandate version", object_id=version.pk)
    mandate = version.mandate
    version.delete()
    if not mandate.versions.exists():
        mandate.delete()


def _locked(version_id: int) -> MandateVersion:
    """The version with its mandate locked, so that two people never decide on one mandate at the same time."""
    version = MandateVersion.objects.select_related("mandate", "audience_version").filter(pk=version_id).first()
    if version is None:
        raise MandateRefused(_("This version was withdrawn meanwhile. Nothing was changed."))
    Mandate.objects.select_for_update().get(pk=version.mandate_id)
    version.refresh_from_db(fields=["published_at"])
    return version


@transaction.atomic
def confirm_mandate(version_id: int, *, by: Person | None, at: datetime) -> Recount:
    """A second person puts a proposed version in force; a recount starts and boards say so until it is done."""
    version = _locked(version_id)
    if by is not None:
        access.allow(by, "C", MANDATE, version)
    if version.published_at:
        raise MandateRefused(_("This version is already in force. Write a new version to change it."))
    if by is not None and version.by_id == by.pk:
        raise MandateRefused(_("You wrote this version. A second person confirms it."))
    if _starts_too_early(version.mandate, version.from_day):
        raise MandateRefused(
            _("Meanwhile another version starts on that day or later. Withdraw this one and write it again.")
        )
    version.published_at, version.confirmed_by = at, by
    version.save(update_fields=["published_at", "confirmed_by"])
    record("mandate confirmed", by=by, object_kind="mandate version", object_id=version.pk)
    recount = Recount.objects.create(mandate=version.mandate, asked_at=at, total=Position.objects.count())
    recount_mandate.enqueue(recount.pk)
    return recount


def publish_mandate(code: str, names: dict[str, str], wording: Wording, *, at: datetime) -> Recount:
    """Propose and confirm in one go, for the system itself: set-up, packs, the demonstration response."""
    with transaction.atomic():
        return confirm_mandate(propose_mandate(code, names, wording, by=None, at=at).pk, by=None, at=at)
