import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """A text that lives on through versions: a unit, a module's title and aims, later a protocol or a note."""

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    room = models.CharField(max_length=24)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    published = models.ForeignKey("text.Version", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["room", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "key"],
                name="document_once_per_room",
                violation_error_message=_("A document with this key is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room}/{self.key}"


class Version(models.Model):
    """One wording of a document. A published version never changes: readers, answers and marks point at it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    hash = models.CharField(max_length=64, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["document", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "no"],
                name="version_once",
                violation_error_message=_("This version is already there."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False) & ~Q(hash=""),
                name="version_published_has_hash_and_time",
                violation_error_message=_("A published version has a hash and a time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.no}"


class Section(models.Model):
    """A paragraph-sized piece of a version, with a key that never changes and the hash of its wording.

    `kind` says how a room shows it (text, image, question, option ...); `data` holds what is not words
    (a file's name, a track, the code of a misconception). Both count in the hash.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=60)
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, default="text")
    title = models.CharField(max_length=300, blank=True)
    markdown = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    hash = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["version", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="section_key_once",
                violation_error_message=_("Each section needs a key of its own."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}#{self.key}"
