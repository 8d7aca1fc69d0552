from django.db import models
from django.utils.translation import gettext_lazy as _


class Reflection(models.Model):
    """What somebody wrote to think something over. Nobody marks it, counts it or reads it but herself; that she came
    by is a `Step` without an answer.
    """

    attempt = models.ForeignKey("practice.Attempt", models.CASCADE, related_name="reflections")
    part = models.CharField(max_length=120)
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["attempt", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "part"],
                name="reflection_once",
                violation_error_message=_("Your words to this question are already kept."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.part}"
