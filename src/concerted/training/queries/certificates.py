"""Whether a certificate is still good."""

from datetime import date

from concerted.capacity.models import Evidence
from concerted.training.models import Certificate


def state_of(certificate: Certificate, on: date) -> str:
    """ "good", "expired" or "revoked" on a day.

    One is revoked, too, once the fact it stands for was taken back in the capacity picture. One query at most.
    """
    if certificate.revoked_at or _taken_back(certificate):
        return "revoked"
    return "expired" if certificate.expires_on is not None and on >= certificate.expires_on else "good"


def _taken_back(certificate: Certificate) -> bool:
    facts = Evidence.objects.filter(
        subject_kind="person",
        subject_id=certificate.person_id,
        source_kind="module",
        source_ref=f"attempt:{certificate.attempt_id}",
    )
    return facts.filter(voided_by__isnull=False).exists()
