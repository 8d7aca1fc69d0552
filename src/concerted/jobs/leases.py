"""Who holds which task. Every change here is one conditional update, so two workers can never both succeed.

    claim      READY -> RUNNING, with a lease that ends soon unless it is renewed
    beat       the lease ends later, for whoever still holds it
    finish     RUNNING -> SUCCESSFUL, for whoever still holds it
    give_back  RUNNING -> READY after a while, or FAILED when it was tried often enough
    recover    RUNNING -> READY soon, for tasks whose worker died; FAILED when they outlived too many workers

A hold is known by worker *and* try: whoever lost a lease and wakes up later changes nothing any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult, get_date_max

from concerted.jobs.models import Lease
from concerted.jobs.seam import MANNERS, Manner
from concerted.kit.logs import reason_of

LONGEST_WAIT = timedelta(hours=6)
#: A stopped worker is not its task's fault: the task goes on soon, and only one that so many workers died over is
#: taken for what kills them.
MOST_DEATHS, FIRST_REST, LONGEST_REST = 30, timedelta(seconds=1), timedelta(minutes=1)
_USUAL = Manner(3, timedelta(seconds=10))
#: A running task without any lease was left by another kind of worker; after so many lease times it is taken for dead.
NO_LEASE = 10


@dataclass(frozen=True)
class Hold:
    """A task in a worker's hands; `tries` counts from 1, `deaths` those of them that ended with their worker."""

    task_id: UUID
    worker: str
    tries: int
    deaths: int
    path: str
    args: tuple[object, ...]
    kwargs: dict[str, object]


def lease_time() -> timedelta:
    """How long a worker may stay silent before its task is given to another."""
    return timedelta(seconds=settings.CONCERTED_LEASE_SECONDS)


def manner_of(path: str) -> Manner:
    """How the job of this path is tried again; a path that leads nowhere gets the usual manner."""
    try:
        import_string(path)
    except ImportError:
        return _USUAL
    return MANNERS.get(path, _USUAL)


def _ready(at: datetime) -> Q:
    return Q(status=Status.READY) & (Q(run_after=get_date_max()) | Q(run_after__lte=at))


def anything_ready(at: datetime) -> bool:
    """Asked before a claim, so that an idle worker takes no write lock."""
    return DBTaskResult.objects.filter(_ready(at)).exists()


@transaction.atomic
def claim(worker: str, at: datetime) -> Hold | None:
    """Take the next task. PostgreSQL passes over rows another worker is taking; SQLite lets one writer in at a time."""
    task = DBTaskResult.objects.filter(_ready(at)).select_for_update(skip_locked=True).first()
    if task is None:
        return None
    DBTaskResult.objects.filter(pk=task.pk).update(status=Status.RUNNING, started_at=at, worker_ids=[worker])
    fresh = {"worker": worker, "beaten_at": at, "expires_at": at + lease_time()}
    if not Lease.objects.filter(task_id=task.pk).update(tries=F("tries") + 1, **fresh):
        Lease.objects.create(task_id=task.pk, tries=1, **fresh)
    tries, deaths = Lease.objects.values_list("tries", "deaths").get(task_id=task.pk)
    args, kwargs = tuple(task.args_kwargs["args"]), task.args_kwargs["kwargs"]
    return Hold(task.pk, worker, tries, deaths, task.task_path, args, kwargs)


def _held(hold: Hold) -> Q:
    return Q(task_id=hold.task_id, worker=hold.worker, tries=hold.tries)


def beat(hold: Hold, at: datetime) -> bool:
    """Renew the lease; False when it is somebody else's by now."""
    return bool(Lease.objects.filter(_held(hold)).update(beaten_at=at, expires_at=at + lease_time()))


@transaction.atomic
def finish(hold: Hold, at: datetime) -> bool:
    """Mark a task as done; False when the lease was lost, and then nothing is marked."""
    if not Lease.objects.filter(_held(hold)).delete()[0]:
        return False
    DBTaskResult.objects.filter(pk=hold.task_id).update(
        status=Status.SUCCESSFUL, finished_at=at, exception_class_path="", traceback=""
    )
    return True


@transaction.atomic
def give_back(hold: Hold, error: BaseException, at: datetime) -> bool:
    """After an error: to be tried again later, or failed with the reason. False when the lease was lost."""
    if not Lease.objects.filter(_held(hold)).update(worker=""):
        return False
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    manner, errors = manner_of(hold.path), hold.tries - hold.deaths
    if errors > manner.retries:
        _fail(hold.task_id, kind, reason_of(error), at)
    else:
        wait = min(manner.backoff * 2 ** min(errors - 1, 20), LONGEST_WAIT)
        _again(hold.task_id, kind, reason_of(error), at + wait)
    return True


def _again(task_id: UUID, kind: str, reason: str, after: datetime) -> None:
    DBTaskResult.objects.filter(pk=task_id, status=Status.RUNNING).update(
        status=Status.READY, run_after=after, exception_class_path=kind, traceback=reason
    )


def _fail(task_id: UUID, kind: str, reason: str, at: datetime) -> None:
    DBTaskResult.objects.filter(pk=task_id, status=Status.RUNNING).update(
        status=Status.FAILED, finished_at=at, exception_class_path=kind, traceback=reason
    )
    Lease.objects.filter(task_id=task_id).delete()


def recover(at: datetime) -> int:
    """Take tasks from workers that fell silent. Returns how many."""
    silent = list(Lease.objects.filter(expires_at__lte=at).exclude(worker="").order_by("expires_at")[:200])
    return sum(_take_from(lease, at) for lease in silent) + _take_unleased(at)


@transaction.atomic
def _take_from(lease: Lease, at: datetime) -> bool:
    # The same worker may have renewed it since we looked, or finished.
    still = Lease.objects.filter(
        task_id=lease.task_id, worker=lease.worker, tries=lease.tries, expires_at=lease.expires_at
    )
    if not still.update(worker="", deaths=F("deaths") + 1):
        return False
    if not DBTaskResult.objects.filter(pk=lease.task_id).exists():
        Lease.objects.filter(task_id=lease.task_id).delete()
        return False
    _after_death(lease.task_id, lease.deaths + 1, f"The worker stopped during try {lease.tries}.", at)
    return True


def _after_death(task_id: UUID, deaths: int, reason: str, at: datetime) -> None:
    if deaths > MOST_DEATHS:
        _fail(task_id, "", reason, at)
    else:
        _again(task_id, "", reason, at + min(FIRST_REST * 2 ** min(deaths - 1, 20), LONGEST_REST))


@transaction.atomic
def _take_unleased(at: datetime) -> int:
    long_ago = at - NO_LEASE * lease_time()
    left = DBTaskResult.objects.filter(status=Status.RUNNING, started_at__lte=long_ago)
    left = left.exclude(pk__in=Lease.objects.exclude(worker="").values("task_id")).select_for_update()
    for task in left:
        fresh = {"worker": "", "tries": 1, "deaths": 1, "beaten_at": at, "expires_at": at}
        lease, _ = Lease.objects.get_or_create(task_id=task.pk, defaults=fresh)
        _after_death(task.pk, lease.deaths, "It was left running by a worker without a lease.", at)
    return len(left)
