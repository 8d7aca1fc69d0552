from django.db import models
from django.utils.translation import gettext_lazy as _


class Case(models.Model):
    """A case study: documents that come out in steps, with a question for each sector. Its words are sections of
    `document`.
    """

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    published = models.ForeignKey("practice.CaseVersion", models.PROTECT, null=True, related_name="+")
    sectors: models.ManyToManyField = models.ManyToManyField("directory.Sector", blank=True, related_name="+")

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


class CaseVersion(models.Model):
    """One published state of a case study: its wording and its shape. Whoever has begun stays on hers."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    version = models.ForeignKey("text.Version", models.PROTECT, related_name="+")
    #: `practice.rules.cases.as_plain`
    shape = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "no"],
                name="case_version_once",
                violation_error_message=_("This version of the case study is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.no}"
