import secrets

from django.conf import settings
from django.db import models


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
    shown = models.BooleanField(default=True)

    class Meta:
        ordering = ["-achieved_on", "-id"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.module_version_id} on {self.achieved_on}"
