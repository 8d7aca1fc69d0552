from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Position(models.Model):
    """Who works where, as what, since when. A person may hold several, one after another or together."""

    class Stage(models.TextChoices):
        PRE_QUALIFYING = "pre", _("Before qualifying")
        IN_SERVICE = "in", _("In service")

    person = models.ForeignKey("directory.Person", models.CASCADE, related_name="positions")
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="positions")
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="positions")
    profession = models.ForeignKey("directory.Profession", models.PROTECT, related_name="positions")
    stage = models.CharField(max_length=3, choices=Stage.choices, default=Stage.IN_SERVICE)
    share = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")),
                name="position_ends_after_it_starts",
                violation_error_message=_("A position must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=1),
                name="position_share_between_0_and_1",
                violation_error_message=_("The share of a full post must be above 0 and at most 1."),
            ),
            models.UniqueConstraint(
                fields=["person", "agency", "profession", "since"],
                name="position_once",
                violation_error_message=_("This position is already there."),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "since"], name="position_by_agency"),
            models.Index(fields=["profession", "territory"], include=["since", "until"], name="position_by_profession"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.agency_id} since {self.since}"


class Establishment(models.Model):
    """The posts that should exist: how many of a profession an agency is meant to have, by which source."""

    agency = models.ForeignKey("directory.Agency", models.CASCADE, related_name="establishments")
    profession = models.ForeignKey("directory.Profession", models.PROTECT, related_name="establishments")
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="establishments")
    as_of = models.DateField()
    posts = models.DecimalField(max_digits=8, decimal_places=2)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-as_of", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "profession", "territory", "as_of"],
                name="establishment_once_per_day",
                violation_error_message=_("The establishment of that day is already there."),
            ),
            models.CheckConstraint(
                condition=Q(posts__gte=0),
                name="establishment_not_negative",
                violation_error_message=_("Posts cannot be fewer than none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.posts} posts at {self.agency_id}"
