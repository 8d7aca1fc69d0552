from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProposedPlace(models.Model):
    """An agency or a territory that somebody entered and no second person has confirmed yet. It counts nowhere.

    `territory` is where the agency works, or what the territory lies within (none: it stands at the top). Where nobody
    else could confirm it, `alone_at` is when it is taken in by itself. Confirmed or withdrawn, it goes.
    """

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        TERRITORY = "territory", _("Territory")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=160)
    level = models.CharField(max_length=40, blank=True)
    sector = models.ForeignKey("directory.Sector", models.CASCADE, null=True, blank=True, related_name="+")
    territory = models.ForeignKey("directory.Territory", models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    alone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                "kind",
                "territory",
                "name",
                name="proposed_place_once",
                violation_error_message=_("This entry already waits for a second person."),
            ),
            models.UniqueConstraint(
                "kind",
                "name",
                condition=Q(territory=None),
                name="proposed_place_once_at_top",
                violation_error_message=_("This entry already waits for a second person."),
            ),
            models.CheckConstraint(
                condition=Q(kind="territory", sector=None)
                | Q(kind="agency", sector__isnull=False, territory__isnull=False),
                name="proposed_agency_has_sector_and_territory",
                violation_error_message=_("An agency has a sector and a territory."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"
