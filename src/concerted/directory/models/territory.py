from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Territory(models.Model):
    """A place in the tree a country is run by. A name is unique under its parent only."""

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("territory")
        constraints = [
            models.UniqueConstraint(
                "parent",
                "name",
                name="territory_name_unique_under_parent",
                violation_error_message=_("Another territory with this name stands under the same parent."),
            ),
            models.UniqueConstraint(
                "name",
                condition=Q(parent=None),
                name="territory_name_unique_at_top",
                violation_error_message=_("Another territory with this name stands at the top."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="territory_not_its_own_parent",
                violation_error_message=_("A territory cannot stand under itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TerritoryLink(models.Model):
    """Ancestor and descendant, every pair once, each territory with itself at depth 0.

    Rewritten in the transaction that moves a territory, so "within" is one join at any depth.
    """

    ancestor = models.ForeignKey(Territory, models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Territory, models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="territory_link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"


class Population(models.Model):
    """How many persons live in a territory, by year, sex and age band, with the source that counted them."""

    class Sex(models.TextChoices):
        WOMEN = "women", _("Women")
        MEN = "men", _("Men")
        PERSONS = "persons", _("Persons")

    territory = models.ForeignKey(Territory, models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    sex = models.CharField(max_length=8, choices=Sex.choices)
    age_band = models.CharField(max_length=12, default="all")
    persons = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-year", "sex"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "year", "sex", "age_band"],
                name="population_once_per_year",
                violation_error_message=_("This population is already there for that year."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.persons} {self.sex} {self.year}"
