import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ModuleProposal(models.Model):
    """A module that somebody brought from elsewhere and nobody can take yet: a second person publishes it.

    `units`: its texts, as `training.rules` reads them back. `told`: what was not taken along or was changed on the way,
    in codes of the room that brought it, for whoever decides.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(max_length=12)
    code = models.SlugField(max_length=40, blank=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=600, blank=True)
    aims = models.JSONField(default=list, blank=True)
    units = models.JSONField()
    told = models.JSONField(default=dict, blank=True)
    #: Of the file it came from, so that the same file brought twice is one proposal.
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    #: What the second person said when she gave it back; it waits no longer then.
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "digest"],
                name="module_proposal_once",
                violation_error_message=_("You have brought this document already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def waits(self) -> bool:
        return self.asked_at is not None and not self.remark
