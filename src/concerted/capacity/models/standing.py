from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    CURRENT = "current", _("In place")
    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    NOT_YET_DUE = "not_yet_due", _("Not yet due")
    EXEMPT = "exempt", _("Exempt")


class Episode(models.Model):
    """Derived: the state of one position under one mandate on every day with `starts <= day < stops`.

    Written only by `capacity.services`; rebuilding is truncating and running one pure function again.
    No episode on a day means the mandate does not bind the position then.
    """

    position = models.ForeignKey("directory.Position", models.CASCADE, related_name="episodes")
    mandate = models.ForeignKey("capacity.Mandate", models.CASCADE, related_name="episodes")
    agency = models.ForeignKey("directory.Agency", models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=12, choices=State.choices)
    starts = models.DateField()
    stops = models.DateField()
    why = models.CharField(max_length=24)
    due_on = models.DateField(null=True)
    held_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "mandate", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "mandate", "starts"],
                name="episode_once",
                violation_error_message=_("A position has one state a day."),
            ),
            models.CheckConstraint(
                condition=Q(stops__gt=F("starts")),
                name="episode_stops_after_it_starts",
                violation_error_message=_("A state must last at least a day."),
            ),
        ]
        # Every column a board counts by stands in the index itself: SQLite knows no other way to leave the rows unread.
        indexes = [
            models.Index(
                fields=["agency", "mandate", "state", "stops", "starts", "position"], name="episode_by_agency"
            ),
            models.Index(fields=["agency", "state", "starts", "position", "mandate", "stops"], name="episode_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.position_id} x {self.mandate_id}: {self.state} {self.starts}..{self.stops}"


class Counts(models.Model):
    """Five numbers of positions, one for each state. In a tally they are differences, in a mark they are counts."""

    current = models.IntegerField(default=0)
    due_soon = models.IntegerField(default=0)
    overdue = models.IntegerField(default=0)
    not_yet_due = models.IntegerField(default=0)
    exempt = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Tally(Counts):
    """Derived, insert-only: by how much the counts of a territory (all below included) change on a day.

    Insert-only so that two people finishing a module at once never wait for the same row.
    """

    territory = models.ForeignKey("directory.Territory", models.CASCADE, related_name="+", db_index=False)
    mandate = models.ForeignKey("capacity.Mandate", models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["day", "territory"], name="tally_by_day")]

    def __str__(self) -> str:
        return f"{self.territory_id} x {self.mandate_id} on {self.day}"


class MarkWeek(models.Model):
    """A week whose marks are complete, and the last tally row they hold; newer rows are added by the reader."""

    week = models.DateField(primary_key=True)
    upto_id = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["week"]

    def __str__(self) -> str:
        return f"{self.week} up to {self.upto_id}"


class Mark(Counts):
    """Derived: the counts of a territory under a mandate at the start of a week (a Monday)."""

    week = models.DateField()
    territory = models.ForeignKey("directory.Territory", models.CASCADE, related_name="+", db_index=False)
    mandate = models.ForeignKey("capacity.Mandate", models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["week", "territory", "mandate"],
                name="mark_once",
                violation_error_message=_("One mark a week, territory and mandate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.week}: {self.territory_id} x {self.mandate_id}"


class Recount(models.Model):
    """A recount of one mandate over all positions, resumable: everything up to `cursor` is done."""

    mandate = models.ForeignKey("capacity.Mandate", models.CASCADE, related_name="recounts")
    asked_at = models.DateTimeField()
    cursor = models.PositiveBigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.mandate_id}: {self.done} of {self.total}"
