import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScenarioDraft(models.Model):
    """A scenario that is being written or changed here, and that nobody plays yet: a second person publishes it.

    Its words stand in the format of scenarios (docs/scenario-format.md): `head` between its two lines, and a row for
    each passage. `revision` counts how often the head was saved, so that two people at once are told apart.
    """

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    language = models.CharField(max_length=12)
    head = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: What is new, in a sentence, once somebody asks for it to be published.
    summary = models.CharField(max_length=300, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    #: What the second person said when she gave it back.
    remark = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    @property
    def waits(self) -> bool:
        return self.proposed_at is not None


class PassageDraft(models.Model):
    """A passage of a draft, as it stands in the file: its heading with the key, its words, choices and look back."""

    draft = models.ForeignKey(ScenarioDraft, models.CASCADE, related_name="passages")
    key = models.CharField(max_length=60)
    place = models.PositiveSmallIntegerField()
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: The page that wrote it last: it knows its own words again when the answer to them was lost.
    page = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["draft", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "key"],
                name="passage_draft_once",
                violation_error_message=_("This passage is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}#{self.key}"
