"""Who could be the second person for a mandate or a correction; without one, it waits a day and is announced."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from concerted.capacity.access import where_mandate
from concerted.capacity.models import MandateVersion, TakingBack
from concerted.directory import services as directory
from concerted.directory.models import Person
from concerted.directory.queries.seconds import another_holder_exists
from concerted.directory.rules import Scope, may_act_alone_from

COORDINATORS = frozenset({"national_coordinator", "local_coordinator"})
ADMINISTRATORS = frozenset({"administrator"})


def alone_from_of_mandate(version: MandateVersion, *, by: Person, at: datetime) -> datetime | None:
    """When a proposed version takes effect by itself; None while somebody else could confirm it."""
    within = frozenset(where_mandate(version).territories())
    scope = Scope("territory", None, within) if within else Scope("everywhere")
    roles = COORDINATORS if within else COORDINATORS - {"local_coordinator"}
    if another_holder_exists(roles, scope, besides=[by.pk], on=timezone.localdate(at)):
        return None
    return may_act_alone_from(at)


def alone_from_of_taking_back(*, by: Person, at: datetime) -> datetime | None:
    """The same for a record to take back."""
    everywhere = Scope("everywhere")
    if another_holder_exists(ADMINISTRATORS, everywhere, besides=[by.pk], on=timezone.localdate(at)):
        return None
    return may_act_alone_from(at)


def announce_waiting(kind: str, pk: int, *, at: datetime) -> None:
    """What the job does: tell managers and coordinators of what takes effect tomorrow, if it still will."""
    waits = MandateVersion.objects.filter(published_at=None) if kind == "mandate" else TakingBack.objects.all()
    waiting: Any = waits.filter(pk=pk, alone_at__isnull=False).first()
    if waiting is None:
        return
    # A record taken back is nobody's page but the administrators': who is told of it is led nowhere she may not go.
    link = reverse("capacity:mandates") if kind == "mandate" else ""
    directory.announce_alone(f"{kind}_alone", waiting, link=link, at=at)
