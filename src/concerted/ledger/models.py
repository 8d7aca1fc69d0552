from django.db import models


class Entry(models.Model):
    """Who did what to what, when. Ids and a digest only: words that name a person stand in `EntryWords`.

    Rows are plain when written; the sealer chains them each minute (`seal` holds the hash of this row and the last).
    `sealed_no` counts in the order of sealing, not of ids: a long transaction may commit a lower id after higher ones
    were sealed, and must be neither skipped nor pushed into a chain that is already exported.
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
    sealed_no = models.PositiveBigIntegerField(null=True, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["object_kind", "object_id"], name="entry_by_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.by_id} {self.verb} {self.object_kind} {self.object_id}"


class EntryWords(models.Model):
    """The words of an entry, kept apart so that erasing a person removes them and leaves the chain valid."""

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="words")
    words = models.JSONField()
    # Part of the digest: gone with the words, so that nobody can find them again by trying names.
    salt = models.CharField(max_length=32, blank=True, default="")

    def __str__(self) -> str:
        return f"words of {self.entry_id}"


class Head(models.Model):
    """The end of the chain: one row, locked while the sealer works, so that two sealers take turns."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    no = models.PositiveBigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_has_one_head")]

    def __str__(self) -> str:
        return f"sealed up to {self.no}"
