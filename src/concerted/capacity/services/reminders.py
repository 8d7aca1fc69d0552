from datetime import date, datetime, timedelta

from django.db import transaction

from concerted.capacity.access import BOARD
from concerted.capacity.models import Episode
from concerted.directory.models import Agency, Person
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.services import notify

#: How long before a deadline a person hears of it.
NOTICE = timedelta(days=30)


def remind_of_due(first: date, last: date, *, at: datetime) -> int:
    """Tell people with an account what will be due and what has become overdue, once for each deadline.

    `first <= day <= last` are the days to catch up on; the dedupe key makes a second run harmless.
    """
    sent = 0
    overdue = Episode.objects.filter(state="overdue", position__person__email__isnull=False)
    for kind, since, until in (
        ("overdue", first, last),
        ("due_soon", first + NOTICE, last + NOTICE),
    ):
        rows = overdue.filter(starts__gte=since, starts__lte=until).select_related("position__person")
        for episode in rows.iterator(chunk_size=500):
            if kind == "due_soon" and episode.stops <= last:
                continue
            with transaction.atomic():
                person = episode.position.person
                dedupe = f"{kind}:{person.pk}:{episode.mandate_id}:{episode.due_on}"
                sent += notify(person, kind, link="/", dedupe=dedupe, at=at, mail=True) is not None
    return sent


@transaction.atomic
def remind_overdue(agency: Agency, *, by: Person, at: datetime) -> int:
    """Remind everybody in an agency who is overdue today, at most once a day each. Returns how many heard of it."""
    access.allow(by, "R", BOARD, agency)
    today = at.date()
    people = Person.objects.filter(
        positions__episodes__agency=agency,
        positions__episodes__state="overdue",
        positions__episodes__starts__lte=today,
        positions__episodes__stops__gt=today,
    ).distinct()
    told = [
        notify(person, "overdue", link="/", dedupe=f"reminder:{person.pk}:{today}", at=at, mail=True)
        for person in people
    ]
    record("reminder sent", by=by, object_kind="agency", object_id=agency.pk)
    return sum(notice is not None for notice in told)
