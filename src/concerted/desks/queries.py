from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from concerted.capacity import queries as capacity
from concerted.directory.models import Person
from concerted.kit.access import HeldRole
from concerted.kit.addresses import fixed
from concerted.training import queries as training


@dataclass(frozen=True)
class DueLine:
    """Something required of her, with the way to do it: a module here, else a record of training elsewhere."""

    standing: capacity.StandingShown
    href: str
    here: bool
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


def way_to(credential: str, modules: dict[str, training.Giving]) -> tuple[str, bool]:
    """Where a credential is earned, and whether that is here."""
    if credential.startswith("programme-"):
        return f"{fixed('training:index')}#{credential}", True
    if credential in modules:
        return reverse("training:module", args=[modules[credential].code]), True
    return fixed("capacity:claim_own"), False


def practitioner_desk(person: Person, on: date, language: str) -> PractitionerDesk:
    """Five queries at most, whatever she has done."""
    standings = capacity.standings_of(person, on)
    modules = training.modules_giving()
    lines = [
        DueLine(line, *way_to(line.credential, modules), (on - line.due_on).days if line.due_on else 0)
        for line in standings
    ]
    due = tuple(line for line in lines if line.standing.state in ("overdue", "due_soon"))
    held = tuple(line for line in lines if line.standing.state not in ("overdue", "due_soon"))
    return PractitionerDesk(due, held, training.under_way(person, language, modules.values()))


def role_for_desk(held: tuple[HeldRole, ...]) -> HeldRole | None:
    """The role whose desk opens first: the widest view she has."""
    for name in ("national_coordinator", "local_coordinator", "manager"):
        for role in held:
            if role.role == name:
                return role
    return None
