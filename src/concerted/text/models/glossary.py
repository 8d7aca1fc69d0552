from django.db import models


class GlossaryEntry(models.Model):
    """Words to avoid for one idea in one language, what to write instead, and why. It comes with a pack.

    `terms` are words of the field that readers must learn anyway; see `wording.WordEntry`.
    """

    pack = models.SlugField(max_length=60)
    language = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField()
    avoid = models.JSONField(default=list)
    prefer = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    terms = models.JSONField(default=list, blank=True)
    #: A short name that the entries of other languages share with it.
    idea = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["language", "pack", "place"]

    def __str__(self) -> str:
        return f"{self.language}: {self.prefer}"
