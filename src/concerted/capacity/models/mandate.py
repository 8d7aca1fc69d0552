from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from concerted.directory.models.agency import Named


class Mandate(Named):
    """Who must hold what, by which law. Its versions say the rest and never change once written."""

    class Meta:
        ordering = ["code"]


class MandateVersion(models.Model):
    """One wording of a mandate, in force on `from_day <= day < until_day`.

    `satisfied_by`: one credential, that of a module or of a programme.
    `cycle`: once; rolling (`months` after it was achieved); fixed (every `months` counted from `anchor`).
    `first_due_months` after the start in the position (or after the mandate first bound it, whichever is later).
    """

    class Cycle(models.TextChoices):
        ONCE = "once", _("once")
        ROLLING = "rolling", _("again, counted from the day it was done")
        FIXED = "fixed", _("again, on fixed calendar days")

    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    audience_version = models.ForeignKey("directory.AudienceVersion", models.PROTECT, related_name="+")
    satisfied_by = models.ForeignKey("capacity.Credential", models.PROTECT, related_name="+")
    cycle = models.CharField(max_length=8, choices=Cycle.choices)
    months = models.PositiveSmallIntegerField(default=0)
    anchor = models.DateField(null=True, blank=True)
    first_due_months = models.PositiveSmallIntegerField(default=3)
    warn_days = models.PositiveSmallIntegerField(default=90)
    grace_days = models.PositiveSmallIntegerField(default=0)
    basis = models.CharField(max_length=300)
    authority = models.CharField(max_length=160)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True, blank=True)
    #: Nobody else could confirm it when it was proposed: it takes effect then by itself unless it is withdrawn.
    alone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["mandate", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "no"],
                name="mandate_version_once",
                violation_error_message=_("This version of the mandate is already there."),
            ),
            models.UniqueConstraint(
                fields=["mandate", "from_day"],
                condition=Q(published_at__isnull=False),
                name="mandate_version_one_a_day",
                violation_error_message=_("Two versions of a mandate cannot start on one day."),
            ),
            models.CheckConstraint(
                condition=Q(until_day=None) | Q(until_day__gt=F("from_day")),
                name="mandate_version_ends_after_it_starts",
                violation_error_message=_("A mandate must end after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(cycle="once", months=0, anchor=None)
                | Q(cycle="rolling", months__gt=0, anchor=None)
                | Q(cycle="fixed", months__gt=0, anchor__isnull=False),
                name="mandate_version_cycle_complete",
                violation_error_message=_(
                    "A repeated mandate says after how many months; a fixed one also says from which day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(by=None) | ~Q(confirmed_by=F("by")),
                name="mandate_version_confirmed_by_another",
                violation_error_message=_("A second person confirms a mandate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} v{self.no}"
