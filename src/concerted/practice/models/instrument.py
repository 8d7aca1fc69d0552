from django.db import models
from django.utils.translation import gettext_lazy as _


class Instrument(models.Model):
    """A form of items rated in levels, each level described in words. Its words are sections of `document`."""

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    published = models.ForeignKey("practice.InstrumentVersion", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


class InstrumentVersion(models.Model):
    """One published state of an instrument: its wording and its shape. What was rated by it stays on it."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    version = models.ForeignKey("text.Version", models.PROTECT, related_name="+")
    #: `practice.rules.instruments.as_plain`
    shape = models.JSONField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["instrument", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "no"],
                name="instrument_version_once",
                violation_error_message=_("This version of the instrument is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} v{self.no}"
