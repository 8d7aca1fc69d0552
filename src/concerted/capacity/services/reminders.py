from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from concerted.capacity.access import BOARD
from concerted.capacity.models import Episode
from concerted.directory.models import Agency, Person
from concerted.directory.queries import with_address
from concerted.kit import access
from concerted.ledger.services import record
from concerted.post.models import Notice
from concerted.post.services import notify

#: How long before a deadline a person hears of it.
NOTICE = timedelta(days=30)
CHUNK = 500


def _occasion(episode: Episode) -> str:
    """One deadline of one person under one mandate, before it and after it: each is told once ever."""
    return f"{episode.state}:{episode.position.person_id}:{episode.mandate_id}:{episode.due_on}"


def _in_chunks(episodes: Iterable[Episode]) -> Iterable[list[Episode]]:
    rows = iter(episodes)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def remind_of_due(on: date, *, at: datetime) -> int:
    """Tell people with an account what is overdue and what falls due within 30 days, once for each deadline.

    It looks at the state of the day, not at what changed since the last run: after an outage, and for people who were
    entered late, nobody is left out. Two queries a chunk when there is nothing new to tell.
    """
    binding = Episode.objects.filter(
        starts__lte=on, stops__gt=on, position__person__email__isnull=False, position__person__is_active=True
    ).select_related("position__person")
    overdue = binding.filter(state="overdue")
    soon = binding.filter(state="due_soon", due_on__gte=on, due_on__lte=on + NOTICE)
    told = 0
    for episodes in (overdue, soon):
        for chunk in _in_chunks(episodes.order_by("position_id", "mandate_id").iterator(chunk_size=CHUNK)):
            occasions = {_occasion(episode): episode for episode in chunk}
            known = set(Notice.objects.filter(dedupe__in=occasions).values_list("dedupe", flat=True))
            for dedupe, episode in occasions.items():
                if dedupe not in known:
                    with transaction.atomic():
                        person, kind = episode.position.person, str(episode.state)
                        told += notify(person, kind, link="/", dedupe=dedupe, at=at, mail=True) is not None
    return told


@dataclass(frozen=True)
class Reminded:
    """How many people heard of it now, and how many of the overdue have no account to hear with."""

    told: int
    without_account: int


@transaction.atomic
def remind_overdue(agency: Agency, *, by: Person, at: datetime) -> Reminded:
    """Remind everybody in an agency who is overdue today, at most once a day each."""
    access.allow(by, "R", BOARD, agency)
    today = timezone.localdate(at)
    people = (
        with_address(Person.objects.all())
        .filter(
            positions__episodes__agency=agency,
            positions__episodes__state="overdue",
            positions__episodes__starts__lte=today,
            positions__episodes__stops__gt=today,
        )
        .distinct()
    )
    reachable = [person for person in people if person.address and person.is_active]
    told = [
        notify(
            person,
            "overdue",
            link="/",
            dedupe=f"reminder:{person.pk}:{today}",
            at=at,
            mail=True,
            entered=person.address,
        )
        for person in reachable
    ]
    record("reminder sent", by=by, object_kind="agency", object_id=agency.pk)
    return Reminded(sum(notice is not None for notice in told), len(people) - len(reachable))
