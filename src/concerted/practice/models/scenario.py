from django.db import models
from django.utils.translation import gettext_lazy as _


class Scenario(models.Model):
    """A situation to act in, passage by passage. Its words are sections of `document`."""

    code = models.SlugField(max_length=60, unique=True)
    pack = models.SlugField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    document = models.OneToOneField("text.Document", models.PROTECT, related_name="+")
    published = models.ForeignKey("practice.ScenarioVersion", models.PROTECT, null=True, related_name="+")
    sectors: models.ManyToManyField = models.ManyToManyField("directory.Sector", blank=True, related_name="+")
    #: How many people sit down to it at one table; 0 for a scenario that one person plays.
    seats = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "code"]

    def __str__(self) -> str:
        return self.code


class ScenarioVersion(models.Model):
    """One published state of a scenario: its wording and its map. Whoever is under way stays on hers."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="versions")
    no = models.PositiveIntegerField()
    version = models.ForeignKey("text.Version", models.PROTECT, related_name="+")
    #: `practice.scenario.story.as_plain`, or `practice.scenario.conference.as_plain` of one with seats.
    story = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["scenario", "-no"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "no"],
                name="scenario_version_once",
                violation_error_message=_("This version of the scenario is already there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario_id} v{self.no}"


class ScenarioPlace(models.Model):
    """Where somebody stands in a scenario: the page she comes back to, and at its end what it became.

    A passage she skips changes this and writes no step, so nothing that is counted or shown to others tells of it.
    """

    attempt = models.OneToOneField("practice.Attempt", models.CASCADE, primary_key=True, related_name="place")
    #: `practice.scenario.playing.as_plain`
    place = models.JSONField()
    #: The choice that led here, as passage.choice; empty at the start and after a passage that was skipped.
    after = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["attempt"]

    def __str__(self) -> str:
        return f"{self.attempt_id} at {self.place['at']}"


class ChoiceCount(models.Model):
    """How many people of a sector took a choice in a passage of a version, each with her first answer there.

    Kept in step by the service that saves the step, so that a report costs the same however many steps there are. It
    names nobody, and stays when a person or her steps are forgotten. `sector` is a code, empty for no post. Of a case
    conference a passage is moment.seat, a choice the decision taken there, and the sector that of the seat.
    """

    version = models.ForeignKey("practice.ScenarioVersion", models.CASCADE, related_name="counts")
    passage = models.CharField(max_length=60)
    choice = models.CharField(max_length=60)
    sector = models.CharField(max_length=60, blank=True)
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["version", "passage", "choice", "sector"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "passage", "choice", "sector"],
                name="choice_counted_once",
                violation_error_message=_("This choice is already counted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.passage}.{self.choice} {self.sector}: {self.people}"
