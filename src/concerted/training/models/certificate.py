import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def new_code() -> str:
    """160 bits, so a code cannot be guessed or counted up."""
    return secrets.token_hex(20)


class Certificate(models.Model):
    """That a person completed a module, in the version she took. Anyone with the code can check it."""

    code = models.CharField(max_length=40, unique=True, default=new_code)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="certificates")
    module_version = models.ForeignKey("training.ModuleVersion", models.PROTECT, related_name="+")
    attempt = models.OneToOneField("practice.Attempt", models.PROTECT, related_name="certificate")
    #: The passed attempt at the module's test, where it asks for one; the next certificate rests on a later one.
    test = models.ForeignKey("practice.Attempt", models.PROTECT, null=True, blank=True, related_name="+")
    achieved_on = models.DateField()
    #: The first day it is no longer good; None: it stays good.
    expires_on = models.DateField(null=True, blank=True)
    shown = models.BooleanField(default=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-achieved_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_why="")
                | Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why=""),
                name="certificate_revoked_by_somebody_who_says_why",
                violation_error_message=_("Say why the certificate is revoked."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("achieved_on")),
                name="certificate_expires_after_it_was_achieved",
                violation_error_message=_("A certificate ends after the day it was achieved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.module_version_id} on {self.achieved_on}"
