from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TerritoryFact(models.Model):
    """What holds in a territory from a day on: a plan is funded, a duty is handed down. Never changed; of several about
    the same thing the latest holds, and a mistake is voided by a later row.

    Unlike `Evidence` it has a value, meets no mandate, and binds nobody: those who hand down duties and those who let a
    protocol go live read it.
    """

    class Kind(models.TextChoices):
        PLAN_FUNDED = "plan_funded", _("A plan is funded")
        DELEGATION = "delegation", _("A duty is handed down")
        VOID = "void", _("taken back")

    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    #: What it tells of, by its code: which plan, which duty.
    about = models.SlugField(max_length=60)
    value = models.CharField(max_length=40)
    holds_from = models.DateField()
    #: The last day on which it holds by itself; empty, until a later row says otherwise.
    holds_until = models.DateField(null=True, blank=True)
    #: Where it was decided, for whoever asks.
    source = models.CharField(max_length=160)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    voids = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="voided_by")

    class Meta:
        ordering = ["holds_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="void", voids__isnull=False) | ~Q(kind="void") & Q(voids=None),
                name="territory_fact_void_names_what_it_voids",
                violation_error_message=_("Taking back names the record it takes back."),
            ),
            models.CheckConstraint(
                condition=~Q(value="") & ~Q(source=""),
                name="territory_fact_says_what_and_whence",
                violation_error_message=_("Write what holds, and where it was decided."),
            ),
            models.CheckConstraint(
                condition=Q(holds_until=None) | Q(holds_until__gte=F("holds_from")),
                name="territory_fact_ends_after_it_starts",
                violation_error_message=_("What holds must last at least to the day on which it begins."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "kind", "about", "holds_from"], name="fact_by_territory")]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.kind} {self.about}: {self.value} from {self.holds_from}"
