import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BankProposal(models.Model):
    """Questions that somebody brought from a file for a bank, and that nobody is asked yet: a second person publishes.

    `questions`: key, kind, aim, marking and sections of each, new or in place of one of the bank. `told`: what the room
    that read the file has to say of it. `base`: the bank's words that the file was held against; 0 for a new bank.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    bank = models.SlugField(max_length=60)
    language = models.CharField(max_length=12)
    #: Of a bank that is not there yet.
    title = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=600, blank=True)
    questions = models.JSONField()
    told = models.JSONField(default=dict, blank=True)
    base = models.PositiveBigIntegerField(default=0)
    #: Of the file and the bank, so that the same file brought twice is one proposal.
    digest = models.CharField(max_length=64)
    #: Empty where the file was brought by a command.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    #: What the second person said when she gave it back; it waits no longer then.
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["by", "digest"],
                name="bank_proposal_once",
                violation_error_message=_("You have brought this file already."),
            ),
            models.UniqueConstraint(
                fields=["digest"],
                condition=models.Q(by__isnull=True),
                name="bank_proposal_once_by_command",
                violation_error_message=_("This file was brought already."),
            ),
        ]

    def __str__(self) -> str:
        return self.bank

    @property
    def waits(self) -> bool:
        return self.asked_at is not None and not self.remark
