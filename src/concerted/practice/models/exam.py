from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Exam(models.Model):
    """A test: questions drawn from banks, answered without being told, marked at the end. Its words are sections of
    `document`.
    """

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    published = models.ForeignKey("practice.ExamVersion", models.PROTECT, null=True, related_name="+")
    sectors: models.ManyToManyField = models.ManyToManyField("directory.Sector", blank=True, related_name="+")

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


class ExamVersion(models.Model):
    """One published state of a test. Whoever has begun stays on hers."""

    exam = models.ForeignKey(Exam, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    version = models.ForeignKey("text.Version", models.PROTECT, related_name="+")
    #: [{"bank": code, "questions": how many, "aims": [of these only], "tags": [with one of these]}]
    pools = models.JSONField()
    #: How long she has; 0 for as long as she likes.
    minutes = models.PositiveSmallIntegerField(default=0)
    pass_mark = models.PositiveSmallIntegerField(default=80)
    attempts = models.PositiveSmallIntegerField(default=0)
    wait_hours = models.PositiveSmallIntegerField(default=0)
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["exam", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "no"],
                name="exam_version_once",
                violation_error_message=_("This version of the test is already there."),
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__lte=100),
                name="exam_version_pass_mark_per_cent",
                violation_error_message=_("The pass mark is between 0 and 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exam_id} v{self.no}"


class Paper(models.Model):
    """The questions one attempt was given, in her order, and until when. Drawn once: a page loaded again, a second tab
    and another device show the same. That she asked for more time shows in `ends_at` alone.
    """

    attempt = models.OneToOneField("practice.Attempt", models.CASCADE, primary_key=True, related_name="paper")
    #: Numbers of question versions.
    questions = models.JSONField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["attempt"]

    def __str__(self) -> str:
        return f"paper of {self.attempt_id}"
