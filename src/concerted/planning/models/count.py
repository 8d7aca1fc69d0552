from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concerted.planning.rules.counts import MOST, ON_THE_WAY, Counted
from concerted.planning.rules.kinds import ServiceKind


class Count(models.Model):
    """How many of something there were in a territory in a month, in all or at one agency: never of whom.

    Never changed: of several the last holds, and says why. `value` None takes a number back that should not be there.
    """

    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+")
    #: Whose count it is of those that work in the territory; None: of the whole territory.
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="+", null=True, blank=True)
    month = models.DateField()
    service = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in ServiceKind])
    counted = models.CharField(max_length=16, choices=[(counted.value, counted.value) for counted in Counted])
    #: The service that a way leads to.
    to = models.CharField(max_length=12, blank=True)
    value = models.PositiveIntegerField(null=True, blank=True)
    #: Why another number stood here before.
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="count_of_a_whole_month",
                violation_error_message=_("A count is of a whole month: its first day."),
            ),
            models.CheckConstraint(
                condition=Q(counted__in=sorted(ON_THE_WAY)) & ~Q(to="") | ~Q(counted__in=sorted(ON_THE_WAY)) & Q(to=""),
                name="count_on_the_way_leads_somewhere",
                violation_error_message=_("Referrals and waits name the service they lead to; other counts do not."),
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__lte=MOST),
                name="count_within_reason",
                violation_error_message=_("No territory counts so many in a month."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "month"], name="count_by_territory")]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.month} {self.service} {self.counted} {self.to}: {self.value}"
