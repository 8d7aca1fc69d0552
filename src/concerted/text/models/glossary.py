from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class _Words(models.Model):
    """What a glossary says of one idea in one language; see `wording.WordEntry`."""

    #: Which entry this is: the same when its pack is loaded again, and for whatever is written here in its place.
    key = models.CharField(max_length=32)
    avoid = models.JSONField(default=list)
    prefer = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    #: Words of the field that readers must learn anyway.
    terms = models.JSONField(default=list, blank=True)
    #: A short name that the entries of other languages share with it.
    idea = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class GlossaryEntry(_Words):
    """Words to avoid for one idea in one language, what to write instead, and why. It comes with a pack."""

    pack = models.SlugField(max_length=60)
    language = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["language", "pack", "place"]

    def __str__(self) -> str:
        return f"{self.language}: {self.prefer}"


class GlossaryWording(_Words):
    """What somebody here wrote for an entry, in place of what its pack says or for an entry of our own. Append-only:
    the last `no` holds. `gone`: she took the entry out; its words are those it had.
    """

    language = models.ForeignKey("text.ContentLanguage", models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    gone = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["language", "key", "no"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "key", "no"],
                name="glossary_wording_once",
                violation_error_message=_("Somebody else changed this entry at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language_id}: {self.prefer} ({self.no})"
