import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concerted.directory.models.agency import Named


class Credential(Named):
    """What can be held and required: a module or programme completed, later a plan funded or a service verified.

    One that has `parts` is held by whoever holds them all; see `capacity.rules.whole_days`.
    """

    class SubjectKind(models.TextChoices):
        PERSON = "person", _("person")
        AGENCY = "agency", _("agency")
        TERRITORY = "territory", _("territory")

    subject_kind = models.CharField(max_length=10, choices=SubjectKind.choices, default=SubjectKind.PERSON)
    minutes = models.PositiveIntegerField(default=0)
    #: For how long a certificate of it is good; 0: for good. How often it is asked for is the mandate's to say.
    months = models.PositiveSmallIntegerField(default=0)
    parts: models.ManyToManyField = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="wholes")

    class Meta:
        ordering = ["code"]


class Evidence(models.Model):
    """A fact about a subject: she completed this on that day. Never changed; a mistake is voided by a later row.

    Training outside waits as an `OutsideClaim` and becomes evidence once a coordinator confirms it.
    """

    class Source(models.TextChoices):
        MODULE = "module", _("completed here")
        OUTSIDE = "outside", _("training outside")
        IMPORT = "import", _("imported record")
        VOID = "void", _("taken back")

    subject_kind = models.CharField(max_length=10, choices=Credential.SubjectKind.choices)
    subject_id = models.PositiveBigIntegerField()
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="evidence")
    achieved_on = models.DateField()
    source_kind = models.CharField(max_length=10, choices=Source.choices)
    source_ref = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    class Meta:
        ordering = ["achieved_on", "id"]
        verbose_name = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "credential", "source_kind", "source_ref"],
                name="evidence_once",
                violation_error_message=_("This is already on record."),
            ),
            models.CheckConstraint(
                condition=Q(source_kind="void", voids__isnull=False) | ~Q(source_kind="void") & Q(voids=None),
                name="evidence_void_names_what_it_voids",
                violation_error_message=_("Taking back names the record it takes back."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["subject_kind", "subject_id", "credential", "achieved_on"], name="evidence_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}: {self.credential_id} on {self.achieved_on}"


class TakingBack(models.Model):
    """Somebody asks that a fact no longer counts; the row is gone once a second person has decided."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="taking_back")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: Nobody else could decide when it was asked: it takes effect then by itself unless it is withdrawn.
    alone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"taking back {self.evidence_id}"


def proof_path(claim: "OutsideClaim", name: str) -> str:
    """A name of our own: what the file was called at home says too much, and may be anything."""
    return f"proofs/{claim.person_id}/{uuid.uuid4().hex}{PurePath(name).suffix}"


class OutsideClaim(models.Model):
    """Past or outside training as a manager or the person herself told it, waiting for a coordinator's yes or no.

    One that names no `credential` meets no mandate: confirmed, it stands in her record with its title and hours.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for confirmation")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Not accepted")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="outside_claims")
    #: None: she works at no agency; whoever coordinates the country decides.
    agency = models.ForeignKey("directory.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    credential = models.ForeignKey(Credential, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=400, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    #: The paper itself, cleaned (`capacity.proof`); nobody finds it but by the page that asks whether she may.
    proof = models.FileField(upload_to=proof_path, max_length=120, blank=True)
    achieved_on = models.DateField()
    provider = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "credential", "achieved_on"],
                condition=~Q(state="refused"),
                name="outside_claim_once",
                violation_error_message=_("This training is already on record for that day."),
            ),
            models.UniqueConstraint(
                fields=["person", "title", "achieved_on"],
                condition=~Q(state="refused") & Q(credential=None),
                name="outside_claim_title_once",
                violation_error_message=_("This training is already on record for that day."),
            ),
            models.CheckConstraint(
                condition=Q(credential__isnull=False) | ~Q(title=""),
                name="outside_claim_says_what",
                violation_error_message=_("Say what it was: choose it from the list, or write its title."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
                name="outside_claim_decided_by_another",
                violation_error_message=_("Somebody else confirms what you recorded."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.credential_id} on {self.achieved_on}"

    @property
    def what(self) -> str:
        """What was completed, as the lists show it: the title she wrote, else the credential."""
        return self.title or (self.credential.name if self.credential else "")


class Exemption(models.Model):
    """A time in which a mandate does not bind a person, by whose authority and why."""

    subject_kind = models.CharField(max_length=10, choices=Credential.SubjectKind.choices)
    subject_id = models.PositiveBigIntegerField()
    mandate = models.ForeignKey("capacity.Mandate", models.CASCADE, related_name="exemptions")
    from_day = models.DateField()
    until_day = models.DateField()
    reason = models.CharField(max_length=300)
    authority = models.CharField(max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["from_day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "mandate", "from_day", "until_day"],
                name="exemption_once",
                violation_error_message=_("This exemption is already recorded."),
            ),
            models.CheckConstraint(
                condition=Q(until_day__gt=F("from_day")),
                name="exemption_ends_after_it_starts",
                violation_error_message=_("An exemption must end after it starts."),
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="exemption_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} exempt {self.from_day} to {self.until_day}"
