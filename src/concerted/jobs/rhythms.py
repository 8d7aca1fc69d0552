"""Repeated jobs: each is queued once in its time, however many workers look."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import Q

from concerted.jobs.models import Rhythm
from concerted.jobs.seam import RHYTHMS, Repeated

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def queue_due(at: datetime) -> list[str]:
    """Queue every repeated job whose time has come; the names of those queued by this call."""
    known = dict(Rhythm.objects.values_list("name", "last_at"))
    new = [Rhythm(name=name, last_at=_NEVER) for name in RHYTHMS if name not in known]
    if new:
        Rhythm.objects.bulk_create(new, ignore_conflicts=True)
    return [
        one.name for one in RHYTHMS.values() if _looks_due(one, known.get(one.name, _NEVER), at) and _queue(one, at)
    ]


def _looks_due(one: Repeated, last: datetime, at: datetime) -> bool:
    # A last time in the future was written by a clock that ran ahead; waiting for it could take a year.
    return last <= at - one.every or last > at + one.every


@transaction.atomic
def _queue(one: Repeated, at: datetime) -> bool:
    due = Q(last_at__lte=at - one.every) | Q(last_at__gt=at + one.every)
    if not Rhythm.objects.filter(due, name=one.name).update(last_at=at):
        return False
    one.job.enqueue()
    return True
