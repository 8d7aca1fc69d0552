from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from concerted.capacity import queries as capacity
from concerted.directory.models import Person
from concerted.kit.access import HeldRole
from concerted.training import queries as training


@dataclass(frozen=True)
class DueLine:
    """Something required of her, with the way to do it."""

    standing: capacity.StandingShown
    href: str
    late_by: int


@dataclass(frozen=True)
class PractitionerDesk:
    """What one person needs to see first: what is due, where she stopped, what she holds."""

    due: tuple[DueLine, ...]
    held: tuple[DueLine, ...]
    under_way: training.UnderWay | None

    @property
    def minutes(self) -> int:
        return sum(line.standing.minutes for line in self.due)


def way_to(credential: str) -> str:
    """Where a credential is earned: the module of the same code; for a programme, the list of modules."""
    if credential.startswith("programme-"):
        return reverse("training:index")
    return reverse("training:module", args=[credential])


def practitioner_desk(person: Person, on: date, language: str) -> PractitionerDesk:
    """Five queries at most, whatever she has done."""
    lines = [
        DueLine(line, way_to(line.credential), (on - line.due_on).days if line.due_on else 0)
        for line in capacity.standings_of(person, on)
    ]
    due = tuple(line for line in lines if line.standing.state in ("overdue", "due_soon"))
    held = tuple(line for line in lines if line.standing.state not in ("overdue", "due_soon"))
    return PractitionerDesk(due, held, training.under_way(person, language))


def role_for_desk(held: tuple[HeldRole, ...]) -> HeldRole | None:
    """The role whose desk opens first: the widest view she has."""
    for name in ("national_coordinator", "local_coordinator", "manager"):
        for role in held:
            if role.role == name:
                return role
    return None
