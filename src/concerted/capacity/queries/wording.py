from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from concerted.capacity.models import Mandate, MandateVersion, Recount
from concerted.directory.models import name_among
from concerted.kit.prepared import Prepared


def versions_in_force(on: date) -> QuerySet[MandateVersion]:
    """The version of each mandate that binds on that day: the last one that has started, unless it has ended."""
    published = MandateVersion.objects.filter(published_at__isnull=False, from_day__lte=on)
    followed = published.filter(mandate=OuterRef("mandate"), from_day__gt=OuterRef("from_day"))
    return published.filter(~Exists(followed), Q(until_day=None) | Q(until_day__gt=on))


def versions_waiting() -> QuerySet[MandateVersion]:
    """Versions that nobody has confirmed yet."""
    return MandateVersion.objects.filter(published_at=None)


@dataclass(frozen=True)
class MandateNamed:
    """A mandate as boards name it, with the module or programme that meets it."""

    id: int
    code: str
    name: str
    credential: str
    minutes: int


_IN_FORCE = Prepared(
    lambda on: (
        versions_in_force(on)
        .order_by("mandate__code")
        .values_list("mandate_id", "mandate__code", "mandate__names", "satisfied_by__code", "satisfied_by__minutes")
    ),
    date,
)
_RECOUNTS = Prepared(
    lambda: (
        Recount.objects.filter(finished_at=None)
        .order_by("-asked_at", "-id")
        .values_list("mandate__code", "mandate__names", "done", "total")
    )
)


@dataclass(frozen=True)
class RecountShown:
    """A recount under way: what is counted, and how far it is."""

    name: str
    done: int
    total: int


def mandates_in_force(on: date) -> list[MandateNamed]:
    """The mandates with a version in force on that day, in order of their code; one query."""
    language = get_language() or "en"
    return [
        MandateNamed(pk, code, name_among(names, code, language), credential, minutes)
        for pk, code, names, credential, minutes in _IN_FORCE.rows(on)
    ]


def open_recounts() -> list[RecountShown]:
    """Recounts that are still running, so that a board can say which of its numbers are on the move."""
    return [RecountShown(name_among(names, code), done, total) for code, names, done, total in _RECOUNTS.rows()]


def mandate_pages() -> list[Mandate]:
    """All mandates with their versions, newest version first."""
    return list(
        Mandate.objects.prefetch_related(
            "versions__audience_version__audience", "versions__satisfied_by", "versions__by", "recounts"
        )
    )
