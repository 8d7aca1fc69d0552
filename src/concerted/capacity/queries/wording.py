from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from concerted.capacity.models import Mandate, MandateVersion, Recount


@dataclass(frozen=True)
class MandateNamed:
    """A mandate as boards name it, with the module or programme that meets it."""

    id: int
    code: str
    name: str
    credential: str
    minutes: int


def mandates_in_force(on: date) -> list[MandateNamed]:
    """The mandates with a version in force on that day, in order of their code; one query."""
    rows = (
        MandateVersion.objects.filter(published_at__isnull=False, from_day__lte=on)
        .filter(Q(until_day=None) | Q(until_day__gt=on))
        .select_related("mandate", "satisfied_by")
        .order_by("mandate__code")
    )
    language = get_language() or "en"
    return [
        MandateNamed(
            row.mandate_id,
            row.mandate.code,
            row.mandate.name_in(language),
            row.satisfied_by.code,
            row.satisfied_by.minutes,
        )
        for row in rows
    ]


def open_recounts() -> list[Recount]:
    """Recounts that are still running, so that a board can say which of its numbers are on the move."""
    return list(Recount.objects.filter(finished_at=None).select_related("mandate"))


def mandate_pages() -> list[Mandate]:
    """All mandates with their versions, newest version first."""
    return list(
        Mandate.objects.prefetch_related(
            "versions__audience_version__audience", "versions__satisfied_by", "versions__by", "recounts"
        )
    )
