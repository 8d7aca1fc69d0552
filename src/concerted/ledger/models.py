from django.db import models


class Entry(models.Model):
    """Who did what to what, when. Ids and a digest only: words that name a person stand in `EntryWords`.

    Rows are plain when written; the sealer chains them each minute (`seal` holds the hash of this row and the last).
    No foreign keys, so that an entry outlives what it tells of.
    """

    at = models.DateTimeField(db_index=True)
    by_id = models.PositiveBigIntegerField(null=True)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    about_person_id = models.PositiveBigIntegerField(null=True, db_index=True)
    digest = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="entry_by_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.by_id} {self.verb} {self.object_kind} {self.object_id}"


class EntryWords(models.Model):
    """The words of an entry, kept apart so that erasing a person removes them and leaves the chain valid."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="words")
    words = models.JSONField()

    def __str__(self) -> str:
        return f"words of {self.entry_id}"
