from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from concerted.practice.rules import FEWEST_COUNTED, HIGHEST, LOWEST


class MisconceptionShare(models.Model):
    """How far a misconception is held in an agency, a territory, a sector or a profession, as it may be shown.

    Counted anew each week and only then, so that nobody can watch a number change with one person's answer. Only what
    passed `maths.apart.shown_apart` is stored: what is kept back cannot be read, or subtracted, from the rows that are.
    """

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        TERRITORY = "territory", _("Territory")
        SECTOR = "sector", _("Sector")
        PROFESSION = "profession", _("Profession")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    #: The number of the agency, territory, sector or profession.
    what = models.PositiveBigIntegerField()
    tag = models.TextField()
    #: At least so many were asked.
    people = models.PositiveIntegerField()
    #: About so many in a hundred hold it; empty where few do, or nobody.
    share = models.PositiveSmallIntegerField(null=True, blank=True)
    #: Numbers of the versions of questions that find it.
    questions = models.JSONField(default=list)
    counted_on = models.DateField()

    class Meta:
        ordering = ["kind", "what", "tag"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "what", "tag"],
                name="misconception_share_once",
                violation_error_message=_("This misconception is already counted there."),
            ),
            models.CheckConstraint(
                condition=Q(people__gte=FEWEST_COUNTED),
                name="misconception_share_of_enough_people",
                violation_error_message=_("Numbers about so few people are not kept."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=LOWEST, share__lte=HIGHEST),
                name="misconception_share_between_ends",
                violation_error_message=_("A share is never shown as nobody or everybody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} at {self.kind} {self.what}: {self.share}"
