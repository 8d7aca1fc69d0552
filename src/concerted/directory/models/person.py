import uuid
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from concerted.kit.access import HeldRole
from concerted.kit.prepared import Prepared


def _held_on(rows: Any, person: Any, on: date) -> Any:
    """Of roles or positions: this person's, on that day."""
    return rows.objects.filter(Q(until=None) | Q(until__gt=on), person=person, since__lte=on)


def roles_on(person: Any, on: date) -> Any:
    """Rows of the roles a person holds on a day; `person` may be an outer reference."""
    held = _held_on(apps.get_model("directory", "Role"), person, on)
    # What the system itself gave at the start needs no second person.
    return held.filter(Q(confirmed_by__isnull=False) | Q(by=None)).values_list("role", "scope_kind", "scope_id")


def _works_at(person: int, on: date) -> Any:
    return _held_on(apps.get_model("directory", "Position"), person, on).order_by().values_list("agency_id")


def _member_of(person: int, on: date) -> Any:
    return _held_on(apps.get_model("directory", "Membership"), person, on).order_by().values_list("group_id")


_ROLES = Prepared(roles_on, int, date)
_WORKS_AT = Prepared(_works_at, int, date)
_MEMBER_OF = Prepared(_member_of, int, date)


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, email: str | None) -> "Person":
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Anybody the response knows by name. With an e-mail she may have an account; without, she is still counted."""

    public = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), null=True, blank=True)
    password = models.CharField(max_length=128, blank=True, default="")
    name = models.CharField(_("name"), max_length=160)
    language = models.CharField(_("language"), max_length=12, blank=True, default="")
    #: The language she reads texts in, one of those that are opened at run time. Empty: that of the pages around them.
    reads_in = models.CharField(_("language of lessons"), max_length=12, blank=True, default="")
    hidden = models.BooleanField(_("not shown to colleagues"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    #: This entry turned out to be hers: its row stays, empty, because facts that never change were written about it.
    joined_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, related_name="joined_entries"
    )

    objects = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    is_staff = False
    is_superuser = False

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("person")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(email__isnull=False),
                name="person_email_unique",
                violation_error_message=_("Another person uses this e-mail address."),
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | ~Q(email=""),
                name="person_email_not_blank",
                violation_error_message=_("Leave the e-mail out altogether when there is none."),
            ),
            models.CheckConstraint(
                condition=Q(joined_to=None) | Q(erased_at__isnull=False) & ~Q(joined_to=F("id")),
                name="person_joined_is_empty",
                violation_error_message=_("An entry that was joined to another is empty, and points to somebody else."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def has_account(self) -> bool:
        """Whether she has ever been able to sign in: a password of her own, or a sign-in by code or passkey."""
        return bool(self.password and self.has_usable_password()) or self.last_login is not None

    @cached_property
    def held_roles(self) -> tuple[HeldRole, ...]:
        """The roles she holds today; asked once a request, so a role taken away bites in the next one."""
        return tuple(HeldRole(*row) for row in _ROLES.rows(self.pk, timezone.localdate()))

    @cached_property
    def works_at(self) -> frozenset[int]:
        """The agencies she works at today, for grants that reach "her own agency"."""
        return frozenset(agency for (agency,) in _WORKS_AT.rows(self.pk, timezone.localdate()))

    @cached_property
    def member_of(self) -> frozenset[int]:
        """The groups she is a member of today, for grants that reach "her own groups"."""
        return frozenset(group for (group,) in _MEMBER_OF.rows(self.pk, timezone.localdate()))
