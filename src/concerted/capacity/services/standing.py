from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max, Min, Sum

from concerted.capacity import engine
from concerted.capacity.models import Episode, Mark, MarkWeek, Recount, Tally
from concerted.capacity.rules import STATES
from concerted.directory.models import Position
from concerted.maths.months import monday_of

#: Positions recounted in one transaction: short enough that nobody waits for the writer.
CHUNK = 400
#: Marks reach so far ahead, so that pages about the near future are as cheap as today's.
WEEKS_AHEAD = 5


@transaction.atomic
def refresh_positions(position_ids: Iterable[int], mandates: list[int] | None = None) -> None:
    """Bring the episodes of these positions up to date, in the caller's transaction.

    The rows are locked in order of id, so that two writers for one person never cross.
    """
    positions = list(Position.objects.select_for_update().filter(pk__in=list(position_ids)).order_by("pk"))
    if positions:
        engine.rewrite(positions, mandates)


def refresh_people(person_ids: Iterable[int], mandates: list[int] | None = None) -> None:
    """The same for all positions these people ever held."""
    refresh_positions(Position.objects.filter(person__in=list(person_ids)).values_list("pk", flat=True), mandates)


@transaction.atomic
def withdraw_positions(position_ids: Iterable[int]) -> None:
    """Take these positions, which are about to be removed, out of everything counted, on every day."""
    positions = list(Position.objects.select_for_update().filter(pk__in=list(position_ids)).order_by("pk"))
    engine.withdraw(positions)


@transaction.atomic
def advance_recount(recount_id: int, *, at: datetime) -> bool:
    """Recount the next positions of a recount; the episodes and the cursor commit together.

    Returns whether there is more to do. Asked again after a crash, it goes on from the last cursor; asked for a
    recount that is finished, it does nothing.
    """
    recount = Recount.objects.select_for_update().get(pk=recount_id)
    if recount.finished_at:
        return False
    positions = list(Position.objects.select_for_update().filter(pk__gt=recount.cursor).order_by("pk")[:CHUNK])
    if positions:
        engine.rewrite(positions, [recount.mandate_id])
        recount.cursor = positions[-1].pk
        recount.done += len(positions)
    if len(positions) < CHUNK:
        recount.finished_at = at
    recount.total = max(recount.total, recount.done)
    recount.save()
    return recount.finished_at is None


@transaction.atomic
def rebuild(*, at: datetime) -> int:
    """Throw away everything derived and compute it again from the facts. Returns the number of episodes.

    Recounts that were open have nothing left to count and end with it.
    """
    # Asked for before the mandates are read: one published meanwhile has a recount that is still needed.
    open_before = list(Recount.objects.select_for_update().filter(finished_at=None).values_list("pk", flat=True))
    for derived in (Episode, Tally, Mark, MarkWeek):
        derived.objects.all().delete()
    episodes = last = 0
    while positions := list(Position.objects.filter(pk__gt=last).order_by("pk")[: CHUNK * 5]):
        episodes += engine.rewrite(positions, fresh=True)
        last = positions[-1].pk
    Recount.objects.filter(pk__in=open_before).update(done=F("total"), finished_at=at)
    return episodes


@transaction.atomic
def fold_marks(on: date) -> int:
    """Sum the tallies into weekly marks up to a few weeks after `on`, from the first week a newer tally touches.

    Returns how many weeks were written. Safe at any time: a page adds every tally row its mark does not hold.
    """
    if connection.vendor == "postgresql":
        # A writer may hold a smaller id than the largest we see and commit after us; wait for such writers.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE capacity_tally IN SHARE MODE")
    upto = Tally.objects.aggregate(last=Max("id"))["last"]
    if upto is None:
        return 0
    held = MarkWeek.objects.aggregate(last=Max("week"), upto=Min("upto_id"))
    end = monday_of(on) + timedelta(weeks=WEEKS_AHEAD)
    first = _first_week(held["last"], held["upto"], end)
    if first is None:
        return 0
    Mark.objects.filter(week__gte=first).delete()
    MarkWeek.objects.filter(week__gte=first).delete()
    weeks = 0
    for week, counts in _running_counts(first, end):
        MarkWeek.objects.create(week=week, upto_id=upto)
        Mark.objects.bulk_create(
            [
                Mark(week=week, territory_id=territory, mandate_id=mandate, **dict(zip(STATES, numbers, strict=True)))
                for (territory, mandate), numbers in counts.items()
                if any(numbers)
            ],
            batch_size=engine.BATCH,
        )
        weeks += 1
    MarkWeek.objects.update(upto_id=upto)
    return weeks


def _first_week(last: date | None, upto: int | None, end: date) -> date | None:
    """The first week whose marks are missing or do not hold a newer row; None when all are right."""
    newer = Tally.objects.filter(id__gt=upto or 0).aggregate(day=Min("day"))["day"]
    starts = [monday_of(newer) + timedelta(weeks=1)] if newer else []
    if last is not None and last < end:
        starts.append(last + timedelta(weeks=1))
    first = min(starts, default=None)
    return first if first and first <= end else None


def _running_counts(first: date, end: date) -> Iterable[tuple[date, dict[tuple[int, int], list[int]]]]:
    """Each Monday from `first` to `end` with the counts that hold before that day begins."""
    counts: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0] * len(STATES))
    rows = (
        Tally.objects.filter(day__lt=end)
        .order_by("day")
        .values("day", "territory", "mandate")
        .annotate(**{f"d_{state}": Sum(state) for state in STATES})
    )
    week = first
    for day, changes in groupby(rows.iterator(), key=lambda row: row["day"]):
        while week <= day:
            yield week, counts
            week += timedelta(weeks=1)
        for row in changes:
            changed: dict[str, Any] = dict(row)
            numbers = counts[row["territory"], row["mandate"]]
            for place, state in enumerate(STATES):
                numbers[place] += changed[f"d_{state}"]
    while week <= end:
        yield week, counts
        week += timedelta(weeks=1)
