from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FollowUp(models.Model):
    """The questions of a test she passed, to be asked again some months later: for her to see what stayed.

    It is no evidence and has no pass mark. She may leave it, and then is not asked again about this test.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follow_ups")
    exam = models.ForeignKey("practice.Exam", models.CASCADE, related_name="+")
    #: The attempt she passed with: its questions are asked again, its score is what she is compared with.
    after = models.ForeignKey("practice.Attempt", models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    #: Her answers, once she has begun.
    attempt = models.OneToOneField("practice.Attempt", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "after", "months"],
                name="follow_up_once",
                violation_error_message=_("This is planned already."),
            ),
            models.CheckConstraint(
                condition=Q(months__gt=0),
                name="follow_up_later",
                violation_error_message=_("Questions are asked again at least a month later."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.exam_id} after {self.months} months"
