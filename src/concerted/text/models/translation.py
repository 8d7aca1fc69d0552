from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Translation(models.Model):
    """One section's wording in another language, tied to the exact source wording it was made from.

    It belongs to document, section key and source hash: when the source moves on, it is behind, and readers are told.
    A revision that was reviewed never changes; a draft changes only by the hand that writes it. "Missing" and
    "outdated" are no states of a row but of a section: see `rules.state_in`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        MACHINE = "machine", _("Draft by a machine")
        REVIEWED = "reviewed", _("Reviewed")
        TESTED = "tested", _("Tested with readers")

    document = models.ForeignKey("text.Document", models.CASCADE, related_name="translations")
    key = models.CharField(max_length=60)
    source_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    revision = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300, blank=True)
    markdown = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    #: The translator has finished this draft: a second person may review it.
    ready = models.BooleanField(default=False)
    #: What the second person said when she gave it back.
    remark = models.CharField(max_length=500, blank=True)
    #: The page that wrote it last: it knows its own words again when the answer to them was lost.
    page = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["document", "key", "language", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key", "source_hash", "language", "revision"],
                name="translation_once",
                violation_error_message=_("This revision of the translation is already there."),
            ),
            models.CheckConstraint(
                condition=Q(by=None) | Q(reviewed_by=None) | ~Q(reviewed_by=F("by")),
                name="translation_reviewed_by_another",
                violation_error_message=_("A second person reviews a translation."),
            ),
        ]
        indexes = [models.Index(fields=["document", "language"], name="translation_by_language")]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.key} {self.language} r{self.revision}"
