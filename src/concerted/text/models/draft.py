from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SectionDraft(models.Model):
    """Another wording of one published section that nobody reads yet. `base_hash`: the wording it was written over."""

    document = models.ForeignKey("text.Document", models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=60)
    base_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=300, blank=True)
    markdown = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The page that wrote it last: it knows its own words again when the answer to them was lost.
    page = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["document", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key"],
                name="section_draft_once",
                violation_error_message=_("This part already has a draft."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.key}"


class TextProposal(models.Model):
    """That the drafts of a document are ready: a second person reads them and publishes, or gives them back."""

    document = models.OneToOneField("text.Document", models.CASCADE, related_name="proposal")
    summary = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: What the second person said when she gave it back; it waits no longer then.
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.summary}"

    @property
    def waits(self) -> bool:
        return not self.remark
