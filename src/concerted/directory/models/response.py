import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Response(models.Model):
    """This coordinated response itself: one row."""

    name = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(id=1),
                name="response_only_one",
                violation_error_message=_("There is one response in an installation."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ImportFile(models.Model):
    """A file somebody wants to import: checked at once, taken in by a job when she confirms, then removed."""

    class Kind(models.TextChoices):
        TERRITORIES = "territories", _("Territories")
        AGENCIES = "agencies", _("Agencies")
        PEOPLE = "people", _("Staff list")

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    file = models.FileField(upload_to="imports/%Y/%m/")
    columns = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    checked = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    progress = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
