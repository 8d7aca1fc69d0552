from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.Model):
    """What a person may do for an agency, for a group, in a territory or everywhere.

    Granted by another, never by herself. `confirmed_by` is the second person where the access table asks for one, else
    the same as `by`. An unconfirmed role opens nothing. Where nobody else could confirm it, `alone_at` is when it takes
    effect by itself.
    """

    class Name(models.TextChoices):
        SUPERVISOR = "supervisor", _("Supervisor")
        MANAGER = "manager", _("Agency manager")
        TRAINER = "trainer", _("Trainer")
        AUTHOR = "author", _("Author")
        TRANSLATOR = "translator", _("Translator")
        LOCAL_COORDINATOR = "local_coordinator", _("Local coordinator")
        NATIONAL_COORDINATOR = "national_coordinator", _("National coordinator")
        WELLBEING_LEAD = "wellbeing_lead", _("Wellbeing lead")
        AUDITOR = "auditor", _("Auditor")
        ADMINISTRATOR = "administrator", _("Administrator")

    class Scope(models.TextChoices):
        AGENCY = "agency", _("an agency")
        TERRITORY = "territory", _("a territory and all below it")
        GROUP = "group", _("a group")
        EVERYWHERE = "everywhere", _("everywhere")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=24, choices=Name.choices)
    scope_kind = models.CharField(max_length=12, choices=Scope.choices)
    scope_id = models.PositiveBigIntegerField(null=True, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    alone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["role", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(by=F("person")),
                name="role_not_granted_to_oneself",
                violation_error_message=_("Nobody can give herself a role."),
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("person")),
                name="role_not_confirmed_by_its_holder",
                violation_error_message=_("Nobody can confirm her own role."),
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="everywhere", scope_id=None)
                | ~Q(scope_kind="everywhere") & Q(scope_id__isnull=False, scope_id__gt=0),
                name="role_scope_named",
                violation_error_message=_("Say for which agency, territory or group the role is."),
            ),
            models.CheckConstraint(
                condition=Q(alone_at=None) | Q(by__isnull=False),
                name="role_alone_only_when_given",
                violation_error_message=_("What the system gives holds at once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} for {self.scope_kind} {self.scope_id or ''}"

    @classmethod
    def in_force(cls, on: date) -> models.QuerySet["Role"]:
        """The roles that open doors on that day: confirmed, or given by the system itself."""
        held = cls.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
        return held.filter(Q(confirmed_by__isnull=False) | Q(by=None))
