import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: What stands as `base` of a plan whose text is kept with it.
OWN = "own"


class KeptPlan(models.Model):
    """A plan somebody kept: which file, which of its values she changed, and what the engine answered then.

    Everything else is worked out again. `fingerprint` is of every number, so that another answer of a later engine is
    noticed; `told` are the headlines she saw, to put beside it.
    """

    public = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(max_length=120)
    base = models.SlugField(max_length=80)
    #: The text of a plan of one's own; then `base` is OWN.
    file = models.TextField(blank=True)
    #: What the directory said when a plan was made from it: `planning.queries.moved`. Empty for others.
    inputs = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=dict)
    seed = models.PositiveBigIntegerField()
    engine = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    told = models.JSONField(default=dict)
    agency = models.ForeignKey("directory.Agency", models.PROTECT, related_name="+", null=True)
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency=None) | Q(territory=None),
                name="plan_one_place",
                violation_error_message=_("A plan is kept for an agency or for a territory, not for both."),
            )
        ]

    def __str__(self) -> str:
        return self.title
