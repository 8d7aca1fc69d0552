from django.db import models
from django.utils.translation import gettext_lazy as _


class Offer(models.Model):
    """What a translation memory has for some words of ours. Shown to whoever translates them, never applied.

    A memory knows no versions: it belongs to the words alone, wherever they stand, and says nothing of who made it.
    """

    source_language = models.CharField(max_length=12)
    #: `exchange.memory.plain_hash` of a title, a block, or all the Markdown of a section.
    source_hash = models.CharField(max_length=64)
    language = models.ForeignKey("text.ContentLanguage", models.CASCADE, related_name="+")
    words = models.TextField()
    #: SHA-256 of the words: PostgreSQL holds no index over texts of this size.
    words_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ["language", "source_hash", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "source_hash", "source_language", "words_hash"],
                name="offer_once",
                violation_error_message=_("These words are offered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_hash[:8]} in {self.language_id}"
