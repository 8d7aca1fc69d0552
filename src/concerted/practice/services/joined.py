"""What was practised under an entry that turns out to be a person who is here already."""

from datetime import datetime

from django.db.models import Max

from concerted.directory.models import Person
from concerted.practice.models import Attempt


def carry_over(entry: Person, person: Person, at: datetime) -> None:
    """Make the attempts of the entry hers, numbered behind her own. One left open stays where it is if hers is open."""
    for attempt in Attempt.objects.filter(person=entry).order_by("started_at", "id"):
        hers = Attempt.objects.filter(person=person, what_kind=attempt.what_kind, what=attempt.what)
        if attempt.finished_at is None and hers.filter(finished_at=None).exists():
            continue
        attempt.no = max(attempt.no, (hers.aggregate(last=Max("no"))["last"] or 0) + 1)
        attempt.person = person
        attempt.save(update_fields=["person", "no"])
