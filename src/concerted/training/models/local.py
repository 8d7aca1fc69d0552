from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LocalWords(models.Model):
    """What stands in a local slot of the lessons here, in one language: national law, numbers, names of services.

    Append-only: the latest row of a slot and language holds, empty words empty it again. A slot nobody filled shows
    its safe default (`slots.DEFAULTS`). `around` is the hash of all wordings that used the slot when it was filled.
    """

    slot = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    markdown = models.CharField(max_length=600, blank=True)
    source = models.CharField(max_length=200, blank=True)
    around = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["slot", "language", "-id"]
        indexes = [models.Index(fields=["slot", "language"], name="local_words_by_slot")]
        constraints = [
            models.CheckConstraint(
                condition=Q(markdown="") | ~Q(source=""),
                name="local_words_have_a_source",
                violation_error_message=_("Say where this is written down or who confirmed it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} in {self.language}"
