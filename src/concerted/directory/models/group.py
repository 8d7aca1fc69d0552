import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Group(models.Model):
    """A named set of people from several agencies who learn or work together, in the open.

    Who may read it knows that it exists, what it is called and how many are in it; names show as far as the directory
    lets the reader see them. Confidential sub-groups, whose very name is kept from everybody else, come later with an
    encryption of their own: they are never to be kept here.
    """

    class Kind(models.TextChoices):
        SUB_GROUP = "sub_group", _("Sub-group")
        COHORT = "cohort", _("Mixed cohort")
        COUNTRY_TEAM = "country_team", _("Country team")

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    territory = models.ForeignKey("directory.Territory", models.PROTECT, related_name="groups")
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("group")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name"],
                name="group_name_unique_in_territory",
                violation_error_message=_("Another group with this name belongs to the same territory."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="group_named",
                violation_error_message=_("Give the group a name."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["sub_group", "cohort", "country_team"]),
                name="group_kind_known",
                violation_error_message=_("Say what kind of group it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Who belongs to a group, since when. `until` is the first day she no longer does."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    #: Who added her: she sees whom she added, whatever else she may see.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["group", "since", "id"]
        constraints = [
            models.CheckConstraint(
                # Who was added by mistake leaves the same day.
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_starts",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(until=None),
                name="membership_open_once",
                violation_error_message=_("She is in this group already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id} since {self.since}"

    @classmethod
    def held_on(cls, on: date) -> models.QuerySet["Membership"]:
        """The memberships that hold on that day."""
        return cls.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
