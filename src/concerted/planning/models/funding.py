import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PlanFunding(models.Model):
    """Money promised for a kept plan in one territory, a year, in the plan's currency and prices.

    Never changed: another sum is a later row, and the fact in `capacity` says which holds and until when.

    `low`, `mid`, `high`: what the plan asks of the territory a year, as it was compared with the promise.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey("planning.KeptPlan", models.PROTECT, related_name="fundings")
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    year = models.PositiveSmallIntegerField()
    since = models.DateField()
    until = models.DateField()
    low = models.PositiveBigIntegerField()
    mid = models.PositiveBigIntegerField()
    high = models.PositiveBigIntegerField()
    source = models.CharField(max_length=160)
    fact = models.OneToOneField("capacity.TerritoryFact", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="plan_funding_ends_after_it_starts",
                violation_error_message=_("The money must last at least to the day on which it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="plan_funding_names_its_source",
                violation_error_message=_("Say who promised the money, and where it was decided."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} for {self.plan_id} in {self.territory_id}"
