import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ConferenceTable(models.Model):
    """One case conference as it is played: people of several sectors at one table, each with what only she knows.

    Where it stands is worked out of its moves, so that it cannot disagree with them. Nobody but those at the table and
    who opened it reads it.
    """

    #: Whoever has the link may sit down, so it cannot be guessed.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    #: The version it began with: published anew, the case stays as it was for those under way.
    version = models.ForeignKey("practice.ScenarioVersion", models.PROTECT, related_name="tables")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    #: How long a moment waits for those at the table; 0: all of them play at the same time.
    pace_hours = models.PositiveSmallIntegerField(default=0)
    #: When the moment that is open waits no longer.
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, due_at__isnull=False) | Q(finished_at__isnull=False, due_at=None),
                name="table_waits_or_is_finished",
                violation_error_message=_("A case that is finished waits for nobody."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("opened_at")),
                name="table_ends_after_it_opens",
                violation_error_message=_("A case cannot end before its table is opened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.key}"


class TableSeat(models.Model):
    """A seat at a table: taken by a person, free, or played by a stand-in, which is the programme."""

    table = models.ForeignKey(ConferenceTable, models.CASCADE, related_name="seats")
    #: The key of the seat in the case.
    seat = models.CharField(max_length=60)
    #: Whoever is forgotten leaves her seat free; what was done from it stays for the others.
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    #: The language she reads the case in.
    language = models.CharField(max_length=12, blank=True)
    stand_in = models.BooleanField(default=False)

    class Meta:
        ordering = ["table", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "seat"],
                name="table_seat_once",
                violation_error_message=_("This seat is at the table already."),
            ),
            models.UniqueConstraint(
                fields=["table", "person"],
                name="table_one_seat_a_person",
                violation_error_message=_("You have a seat at this table already."),
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(stand_in=False),
                name="table_seat_taken_has_no_stand_in",
                violation_error_message=_("Somebody sits here; the programme does not play this seat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_id} {self.seat}: {self.person_id or ('stand-in' if self.stand_in else 'free')}"


class TableMove(models.Model):
    """What a seat did in a moment. `by`: a person, the stand-in, or nobody before the time ran out."""

    seat = models.ForeignKey(TableSeat, models.CASCADE, related_name="moves")
    #: The key of the moment in the case.
    moment = models.CharField(max_length=60)
    #: `practice.scenario.sitting.move_as_plain`
    move = models.JSONField()
    by = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        ordering = ["seat", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "moment"],
                name="table_move_once",
                violation_error_message=_("This seat has already acted in this moment."),
            ),
            models.CheckConstraint(
                condition=Q(by__in=["person", "stand-in", "absent"]),
                name="table_move_by_somebody_known",
                violation_error_message=_("A move is made by a person, by the programme, or by nobody."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} in {self.moment}: {self.by}"
