from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """A saved rule that says whom something is for; its versions are immutable.

    It belongs to an agency, a territory or everywhere, and reaches nobody outside; a name is unique within that scope,
    so that no agency learns what another calls its own.
    """

    class Scope(models.TextChoices):
        AGENCY = "agency", _("an agency")
        TERRITORY = "territory", _("a territory and all below it")
        EVERYWHERE = "everywhere", _("everywhere")

    name = models.CharField(max_length=120)
    scope_kind = models.CharField(max_length=12, choices=Scope.choices, default=Scope.EVERYWHERE)
    scope_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "scope_kind", "scope_id"],
                name="audience_name_unique_in_scope",
                violation_error_message=_("Another audience with this name is already there."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(scope_id=None),
                name="audience_name_unique_everywhere",
                violation_error_message=_("Another audience with this name is already there."),
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="everywhere", scope_id=None)
                | ~Q(scope_kind="everywhere") & Q(scope_id__isnull=False, scope_id__gt=0),
                name="audience_scope_named",
                violation_error_message=_("Say for which agency or territory the audience is."),
            ),
        ]

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
