import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Delegation(models.Model):
    """A duty that is to be handed down, with what is promised and needed in each authority. Kept once, never changed:
    other sums are another delegation, and facts in `capacity` say which holds.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    #: What the facts in `capacity` are about.
    code = models.SlugField(max_length=60)
    duty = models.CharField(max_length=160)
    basis = models.CharField(max_length=300)
    currency = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.duty} {self.year}"


class Share(models.Model):
    """What one authority is promised for a duty, and what it needs, in whole units of the currency and a year.

    `low`, `mid`, `high`: in one of ten, five of ten and nine of ten likely cases need is at most this.
    """

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="shares")
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+")
    funds = models.PositiveBigIntegerField()
    low = models.PositiveBigIntegerField()
    mid = models.PositiveBigIntegerField()
    high = models.PositiveBigIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["delegation", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "territory"],
                name="share_once",
                violation_error_message=_("This authority is there already."),
            ),
            models.CheckConstraint(
                condition=Q(low__gt=0, low__lte=F("mid"), mid__lte=F("high")),
                name="share_need_rises",
                violation_error_message=_("The three estimates rise from low to high, and the low one is above 0."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="share_names_its_source",
                violation_error_message=_("Say where the estimate comes from."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegation_id} {self.territory_id}"


class Statement(models.Model):
    """What both levels read and sign: `content` with everything shown, and its hash. Never changed.

    `override`: why the duty is handed down although the authority has gaps; empty where it has none.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(Share, models.PROTECT, related_name="statements")
    #: `planning.rules.statement`
    content = models.JSONField()
    hash = models.CharField(max_length=64)
    override = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"statement {self.pk} on {self.share_id}"

    @property
    def hash_in_groups(self) -> str:
        """The hash as people compare it by eye, and as a narrow page can break it."""
        return " ".join(self.hash[at : at + 8] for at in range(0, len(self.hash), 8))


class Signature(models.Model):
    """One level signs what it read, known again by its hash. Two levels, two people."""

    class Level(models.TextChoices):
        AUTHORITY = "authority", _("The authority")
        NATION = "nation", _("The national level")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="signatures")
    level = models.CharField(max_length=10, choices=Level.choices)
    hash = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["statement", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "level"],
                name="signature_one_a_level",
                violation_error_message=_("This level has signed already."),
            ),
            models.UniqueConstraint(
                fields=["statement", "by"],
                name="signature_two_people",
                violation_error_message=_("You have signed already. Another person signs for the other level."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} signed {self.statement_id}"
