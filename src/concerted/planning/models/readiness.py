import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rating(models.Model):
    """One rating of a territory by a version of an instrument: of its own people, or of a second level beside it.

    Written while it is open; handed in it is never changed, and the next one is a rating of its own.
    """

    class Kind(models.TextChoices):
        OWN = "own", _("Self-rating")
        MODERATED = "moderated", _("Moderated rating")

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+")
    instrument = models.ForeignKey("practice.InstrumentVersion", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    #: The self-rating that a moderated one stands beside.
    beside = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="moderations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="own", beside=None) | Q(kind="moderated", beside__isnull=False),
                name="rating_moderated_stands_beside_one",
                violation_error_message=_("A moderated rating stands beside a self-rating."),
            ),
            models.UniqueConstraint(
                fields=["territory", "kind", "by"],
                condition=Q(handed_in_at=None),
                name="rating_one_open",
                violation_error_message=_("Hand in what you began first."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "handed_in_at"], name="rating_by_territory")]

    def __str__(self) -> str:
        return f"{self.kind} rating of {self.territory_id}"


class RatingAnswer(models.Model):
    """The answer to one item: a level and what shows it. Where the system knows, `share`, `source` and `as_of` say what
    it knew when the rating was handed in, and her words are a comment.
    """

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=60)
    #: None: a comment on what is filled in once the rating is handed in, or on what nobody knows.
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    link = models.URLField(max_length=400, blank=True)
    figure = models.CharField(max_length=80, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["rating", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "item"],
                name="rating_answer_once",
                violation_error_message=_("This item has an answer already."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lte=100),
                name="rating_answer_share_of_a_hundred",
                violation_error_message=_("A share lies between 0 and 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating_id} {self.item}: {self.level}"
