from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """One go of one person at something to practise. At most one is open at a time; the next has the next number."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    what_kind = models.CharField(max_length=12)
    what = models.PositiveBigIntegerField()
    version = models.PositiveBigIntegerField()
    no = models.PositiveIntegerField()
    language = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "what_kind", "what", "no"],
                name="attempt_numbered_once",
                violation_error_message=_("This attempt is already there."),
            ),
            models.UniqueConstraint(
                fields=["person", "what_kind", "what"],
                condition=Q(finished_at=None),
                name="attempt_one_open",
                violation_error_message=_("Finish the attempt you began first."),
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=100),
                name="attempt_score_per_cent",
                violation_error_message=_("A score is between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, passed=None) | Q(finished_at__isnull=False, passed__isnull=False),
                name="attempt_finished_has_result",
                violation_error_message=_("A finished attempt has a result."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.what_kind} {self.what} no {self.no}"


class Step(models.Model):
    """One act inside an attempt: a part read (`answer` empty) or a question answered.

    `client_key` comes with the form, so a form sent twice is one step.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="steps")
    client_key = models.UUIDField()
    seq = models.PositiveIntegerField()
    part = models.CharField(max_length=120)
    answer = models.JSONField(null=True, blank=True)
    right = models.BooleanField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "client_key"],
                name="step_sent_once",
                violation_error_message=_("This answer is already saved."),
            ),
            models.UniqueConstraint(
                fields=["attempt", "seq"],
                name="step_numbered_once",
                violation_error_message=_("Another answer was saved at the same moment. Send yours again."),
            ),
            models.CheckConstraint(
                condition=Q(answer=None, right=None) | Q(answer__isnull=False, right__isnull=False),
                name="step_answer_is_marked",
                violation_error_message=_("An answer is marked when it is saved."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.seq} {self.part}"
