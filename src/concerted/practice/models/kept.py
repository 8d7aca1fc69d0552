import uuid

from django.db import models


class KeptCopy(models.Model):
    """A scenario that somebody keeps on one of her devices, to play it without a line.

    `device`: hash of the key that device was given. `head`: the key of the last step that arrived from it, which the
    next one names; at first `public`. How many arrived is not written down, so nothing tells how often she skipped.
    """

    attempt = models.ForeignKey("practice.Attempt", models.CASCADE, related_name="kept")
    public = models.UUIDField(unique=True, default=uuid.uuid4)
    device = models.CharField(max_length=64)
    head = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"copy of {self.attempt_id}"
