from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class EnteredAddress(models.Model):
    """The address that somebody else entered for a person; she has not said that it is hers.

    Where it belonged to an entry elsewhere already, the person entered has no address, and its owner is asked whether
    both are she. There is a row in either case, so that who entered it can never tell the one from the other.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entered_address")
    email = models.EmailField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: When its owner said that this is not she. She is not asked again, and nobody else hears of it.
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(Lower("email"), name="entered_address_by_email")]

    def __str__(self) -> str:
        return f"address entered for {self.person_id}"
