from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """A question that lives on through versions, so that its statistics stay with its wording.

    What it is about is no wording: another tag, or another section it rests on, is no other version.
    """

    document = models.ForeignKey("text.Document", models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    tags = models.JSONField(default=list, blank=True)
    #: Sections of units where it can be read: module/unit/section.
    rests_on = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["document", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key"],
                name="question_once",
                violation_error_message=_("This question is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}#{self.key}"


class QuestionVersion(models.Model):
    """One wording of a question. Its words are sections of `version`: `key` the stem, `key.a` an option,
    `key.a.why` its feedback, `key.accepted` the forms of a short answer; `marking` says what is right, in the form of
    `practice.rules`.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", _("one answer")
        MULTIPLE = "multiple", _("all that fit")
        ORDERING = "ordering", _("put in order")
        MATCHING = "matching", _("match")
        SHORT = "short", _("short answer")
        NUMERIC = "numeric", _("a number")
        HOTSPOT = "hotspot", _("a place in a picture")
        REFLECTION = "reflection", _("think it over")

    question = models.ForeignKey(Question, models.CASCADE, related_name="versions")
    version = models.ForeignKey("text.Version", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    aim = models.PositiveSmallIntegerField(default=0)
    marking = models.JSONField()

    class Meta:
        ordering = ["question", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "version"],
                name="question_version_once",
                violation_error_message=_("This question stands once in a version."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "single",
                        "multiple",
                        "ordering",
                        "matching",
                        "short",
                        "numeric",
                        "hotspot",
                        "reflection",
                    ]
                ),
                name="question_version_kind_known",
                violation_error_message=_("There is no such kind of question."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} in {self.version_id}"
