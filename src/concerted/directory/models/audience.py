from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """A saved rule that says whom something is for; its versions are immutable."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AudienceVersion(models.Model):
    """One wording of the rule. `rule` is the tree described in `directory.rules`."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    rule = models.JSONField()
    from_day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["audience", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "no"],
                name="audience_version_once",
                violation_error_message=_("This version of the audience is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.audience_id} v{self.no}"
