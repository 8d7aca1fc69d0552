from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from concerted.directory.models import Person
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify
from concerted.training.access import CERTIFICATE, REVOCATION
from concerted.training.models import Certificate


class NotRevoked(Exception):
    """The certificate stays as it is; the message says why and what to do."""


@transaction.atomic
def show_certificate(certificate: Certificate, shown: bool, *, by: Person) -> Certificate:
    """Say whether others may check a certificate by its code; its holder decides."""
    access.allow(by, "U", CERTIFICATE, certificate)
    certificate.shown = shown
    certificate.save(update_fields=["shown"])
    record("certificate shown or hidden", by=by, object_kind="certificate", object_id=certificate.pk, about=by)
    return certificate


@transaction.atomic
def revoke_certificate(certificate: Certificate, *, reason: str, by: Person, at: datetime) -> Certificate:
    """Say that a certificate is no longer good, for everybody who checks it from now on; its holder reads why.

    What counts in the capacity picture is another matter: `capacity.services.propose_taking_back`.
    Raises `NotRevoked` without a reason, for one's own, and for one that is revoked already.
    """
    held = _locked(certificate, by)
    if held.revoked_at:
        raise NotRevoked(_("This certificate is revoked already. Nothing was changed."))
    if not reason.strip():
        raise NotRevoked(_("Say why. Its holder reads it."))
    held.revoked_at, held.revoked_by, held.revoked_why = at, by, reason.strip()
    return _saved(held, "certificate revoked", held.revoked_why, by, at)


@transaction.atomic
def restore_certificate(certificate: Certificate, *, by: Person, at: datetime) -> Certificate:
    """Take a revocation back. Raises `NotRevoked` for one's own, and for one that is not revoked."""
    held = _locked(certificate, by)
    if not held.revoked_at:
        raise NotRevoked(_("This certificate is not revoked. Nothing was changed."))
    reason, held.revoked_why = held.revoked_why, ""
    held.revoked_at = held.revoked_by = None
    return _saved(held, "certificate restored", reason, by, at)


def _locked(certificate: Certificate, by: Person) -> Certificate:
    held = Certificate.objects.select_for_update(of=("self",)).select_related("person").get(pk=certificate.pk)
    access.allow(by, "C", REVOCATION, held)
    if held.person_id == by.pk:
        raise NotRevoked(_("This is about yourself. Another coordinator decides."))
    return held


def _saved(held: Certificate, verb: str, reason: str, by: Person, at: datetime) -> Certificate:
    held.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    words = {"reason": reason}
    record(verb, by=by, object_kind="certificate", object_id=held.pk, about=held.person, words=words)
    notify(held.person, "certificate_changed", link="/learn/record/", at=at)
    return held
