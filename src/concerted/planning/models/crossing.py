from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LineCrossing(models.Model):
    """From one month on more came to a service than its filled posts carry. Its coordinators were told once.

    `ended` is the month in which it was under its line again; the next crossing is a row of its own.
    """

    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+")
    service = models.CharField(max_length=12)
    month = models.DateField()
    ended = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "service"],
                condition=Q(ended=None),
                name="crossing_one_open",
                violation_error_message=_("This service is over its line already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.service} from {self.month}"
