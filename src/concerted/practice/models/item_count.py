from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ItemCount(models.Model):
    """How many people of a sector answered a version of a question in a language, and how many of them rightly.

    Kept in step by the service that closes the paper, so that statistics cost the same however many answers there are.
    It names nobody, and stays when a person or her answers are forgotten. `rest` is the sum, over these people, of the
    per cent they had right of the *other* questions; with its squares, and the sum over those who answered rightly, it
    gives the discrimination of the question without a row a person (`practice.rules.items`).
    """

    question = models.ForeignKey("practice.QuestionVersion", models.CASCADE, related_name="counts")
    #: Where it was asked: kind and number of what the attempt was at.
    what_kind = models.CharField(max_length=12)
    what = models.PositiveBigIntegerField()
    #: 0: the first time; else how many months after she had passed.
    months = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=12)
    #: A code; empty for no post.
    sector = models.CharField(max_length=60, blank=True)
    people = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    rest = models.PositiveBigIntegerField(default=0)
    rest_squared = models.PositiveBigIntegerField(default=0)
    rest_right = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["question", "what_kind", "what", "months", "language", "sector"]
        constraints = [
            models.UniqueConstraint(
                fields=["what_kind", "what", "question", "months", "language", "sector"],
                name="item_counted_once",
                violation_error_message=_("This question is already counted."),
            ),
            models.CheckConstraint(
                condition=Q(right__lte=F("people")),
                name="item_right_at_most_people",
                violation_error_message=_("No more people can be right than answered."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.language} {self.sector}: {self.right} of {self.people}"


class OptionCount(models.Model):
    """How many people chose an option of a question, each in the answer that counted. It names nobody."""

    question = models.ForeignKey("practice.QuestionVersion", models.CASCADE, related_name="option_counts")
    what_kind = models.CharField(max_length=12)
    what = models.PositiveBigIntegerField()
    option = models.CharField(max_length=60)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["question", "what_kind", "what", "option"]
        constraints = [
            models.UniqueConstraint(
                fields=["what_kind", "what", "question", "option"],
                name="option_counted_once",
                violation_error_message=_("This option is already counted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}.{self.option}: {self.people}"
