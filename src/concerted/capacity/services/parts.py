"""Credentials made of others, such as a programme of modules: whoever holds every part holds the whole.

Whatever the parts were proved by (a module here, outside training, an imported record), one fact is written for each
completion of the whole; `rules.whole_days` says on which day.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, QuerySet

from concerted.capacity.models import Credential, Evidence
from concerted.capacity.rules import still_founded, whole_days
from concerted.capacity.services.standing import refresh_people
from concerted.directory.models import Person
from concerted.ledger.services import record

#: People completed in one go when the parts of a credential change.
CHUNK = 500
#: How the source of a fact begins that was written because every part is held.
REF = "parts:"


class Completed(NamedTuple):
    """A whole that somebody completed, on which day, and what the fact names as its source."""

    whole: Credential
    day: date
    ref: str


def facts_in_force(**lookup: object) -> QuerySet[Evidence]:
    """Evidence about people that was not taken back."""
    return Evidence.objects.filter(subject_kind="person", voided_by=None, **lookup).exclude(source_kind="void")


def completed_through(person: Person, part: Credential) -> list[Completed]:
    """What `person` has completed now that she holds `part`; nothing for a credential that is part of nothing."""
    wholes = list(part.wholes.all())
    if not wholes:
        return []
    # Two last parts in the same moment: the second writer waits here, and then sees the first.
    Person.objects.select_for_update().only("pk").get(pk=person.pk)
    return [one for whole in wholes for one in _completions(whole, [person.pk])[person.pk]]


def unfounded_through(fact: Evidence) -> list[Evidence]:
    """Facts about wholes that no longer stand on their parts now that `fact`, about one part, is taken back."""
    lost: list[Evidence] = []
    for whole in fact.credential.wholes.all():
        days = _days([*whole.parts.values_list("pk", flat=True)], [fact.subject_id])[fact.subject_id]
        mine = [day for day, _pk in days.pop(fact.credential_id, [])]
        others = [[day for day, _pk in part] for part in days.values()]
        before: date | None = None
        for held in facts_in_force(subject_id=fact.subject_id, credential=whole).order_by("achieved_on", "pk"):
            if held.source_ref.startswith(REF) and not still_founded(held.achieved_on, before, mine, others):
                lost.append(held)
            else:
                before = held.achieved_on
    return lost


@transaction.atomic
def set_parts(whole: Credential, parts: Iterable[Credential], *, at: datetime) -> bool:
    """Say what a credential is made of; whether that changed. Whoever holds every part already holds the whole then.

    What was completed before in another make-up stays as it is.
    """
    wanted = {part.pk for part in parts}
    if wanted == set(whole.parts.values_list("pk", flat=True)):
        return False
    whole.parts.set(wanted)
    complete_everybody(whole, at=at)
    return True


def complete_everybody(whole: Credential, *, at: datetime) -> int:
    """Write the missing completions of a whole for everybody who holds its parts; how many facts were written."""
    parts = list(whole.parts.values_list("pk", flat=True))
    holders = (
        facts_in_force(credential__in=parts)
        .order_by()
        .values("subject_id")
        .annotate(held=Count("credential", distinct=True))
        .filter(held=len(parts))
    )
    people = sorted(holders.values_list("subject_id", flat=True)) if parts else []
    written = 0
    for start in range(0, len(people), CHUNK):
        some = people[start : start + CHUNK]
        facts = [
            Evidence(
                subject_kind="person",
                subject_id=person,
                credential=whole,
                achieved_on=one.day,
                source_kind=Evidence.Source.MODULE,
                source_ref=one.ref,
                recorded_at=at,
            )
            for person, completions in _completions(whole, some).items()
            for one in completions
        ]
        Evidence.objects.bulk_create(facts)
        refresh_people({fact.subject_id for fact in facts})
        written += len(facts)
    if written:
        record("credential completed by its parts", by=None, object_kind="credential", object_id=whole.pk)
    return written


def _days(credentials: list[int], people: list[int]) -> dict[int, dict[int, list[tuple[date, int]]]]:
    """Person -> credential -> (day, evidence) of every fact in force."""
    found: dict[int, dict[int, list[tuple[date, int]]]] = {person: defaultdict(list) for person in people}
    rows = facts_in_force(subject_id__in=people, credential__in=credentials).order_by("achieved_on", "pk")
    for person, credential, day, pk in rows.values_list("subject_id", "credential_id", "achieved_on", "pk"):
        found[person][credential].append((day, pk))
    return found


def _completions(whole: Credential, people: list[int]) -> dict[int, list[Completed]]:
    """Person -> completions of the whole that no fact tells of yet. Two queries."""
    parts = list(whole.parts.values_list("pk", flat=True))
    found: dict[int, list[Completed]] = {}
    for person, facts in _days([whole.pk, *parts], people).items():
        last = max((day for day, _pk in facts[whole.pk]), default=None)
        days = whole_days([[day for day, _pk in facts[part]] for part in parts], last)
        newest = max((pk for part in parts for _day, pk in facts[part]), default=0)
        # The newest fact is named too: after one was taken back, the same day may be reached again by another.
        found[person] = [Completed(whole, day, f"{REF}{day}:{newest}") for day in days]
    return found
