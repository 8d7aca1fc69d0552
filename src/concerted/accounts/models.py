import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def new_code() -> str:
    """Eight letters and digits that cannot be mistaken for one another on paper."""
    return "".join(secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _i in range(8))


class JoinCode(models.Model):
    """A code an agency hands to its staff, so that they can join it by themselves until `until`."""

    agency = models.ForeignKey("directory.Agency", models.CASCADE, related_name="join_codes")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-until", "-id"]

    def __str__(self) -> str:
        return f"code of {self.agency_id}"


class JoinRequest(models.Model):
    """A person asks to be counted in an agency; its manager, or a coordinator, says yes or no."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Not accepted")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    agency = models.ForeignKey("directory.Agency", models.CASCADE, related_name="join_requests")
    profession = models.ForeignKey("directory.Profession", models.PROTECT, related_name="+")
    since = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(state="waiting"),
                name="join_request_once",
                violation_error_message=_("You have already asked. The agency answers you here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} asks for {self.agency_id}"


class Invitation(models.Model):
    """An agency invites somebody by e-mail, known or not. The secret in the letter is stored only as a hash."""

    agency = models.ForeignKey("directory.Agency", models.CASCADE, related_name="invitations")
    profession = models.ForeignKey("directory.Profession", models.PROTECT, related_name="+")
    email = models.EmailField()
    secret_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.agency_id}"


class SignUp(models.Model):
    """Somebody asked for an account and has not yet shown that the address is hers.

    Nothing of it touches a person before that: whoever types a colleague's address gains nothing and learns nothing.
    """

    email = models.EmailField()
    name = models.CharField(max_length=160)
    password = models.CharField(max_length=128)
    language = models.CharField(max_length=12)
    secret_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"


class AddressChange(models.Model):
    """A person wants to sign in with another address, and has not yet shown that it is hers."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="address_changes")
    email = models.EmailField()
    secret_hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"change of address of {self.person_id}"


class ProgramKey(models.Model):
    """A key with which a program of hers sends counts. Shown once; only a digest of it is stored."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="program_keys")
    name = models.CharField(max_length=80)
    #: The first letters, by which she tells one from another.
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    #: The last day on which it opens.
    until = models.DateField()
    used_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(ended_at=None),
                name="program_key_once",
                violation_error_message=_("You have a key of this name already. End it, or choose another name."),
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.prefix} of {self.person_id}"
