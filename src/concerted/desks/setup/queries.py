from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concerted.capacity.models import Mandate
from concerted.directory.models import Agency, Response, Sector, Territory

STEPS: tuple[tuple[str, Promise], ...] = (
    ("languages", _("Languages")),
    ("sectors", _("Sectors")),
    ("territories", _("Territories")),
    ("first", _("First agency and mandate")),
    ("mail", _("Mail")),
)


@dataclass(frozen=True)
class StepLine:
    """One step of the set-up: its name, whether it is done, and whether it is the one shown."""

    name: str
    label: str
    done: bool
    current: bool


def set_up_pending() -> bool:
    """Whether the response still has to be set up."""
    return not Response.objects.filter(set_up_at__isnull=False).exists()


def response() -> Response | None:
    """The response this installation is for; None before it is begun. One query."""
    return Response.objects.filter(pk=1).first()


def steps(current: str) -> list[StepLine]:
    """The five steps. Five queries."""
    held = response()
    done = {
        "languages": bool(held and held.languages and held.name),
        "sectors": Sector.objects.exists(),
        "territories": Territory.objects.exists(),
        "first": Agency.objects.exists() and Mandate.objects.exists(),
        "mail": bool(held and held.set_up_at),
    }
    return [StepLine(name, str(label), done[name], name == current) for name, label in STEPS]


def first_open() -> str:
    """The first step that is not done; the last when all are."""
    return next((step.name for step in steps("") if not step.done), STEPS[-1][0])
