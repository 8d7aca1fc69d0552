from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from concerted.jobs.models import Progress

MOST_FAILED = 50


@dataclass(frozen=True)
class Work:
    """Long work as its page shows it."""

    title: str
    lead: str
    state: str
    done: int
    total: int
    href: str
    result_href: str
    result_label: str
    trouble: str


def work_of(progress: Progress) -> Work:
    """How far it is: waiting, running, done or failed."""
    if progress.finished_at:
        state = "failed" if progress.failed else "done"
    else:
        state = "running" if progress.done else "waiting"
    outcome = progress.outcome if isinstance(progress.outcome, dict) else {}
    return Work(
        title=progress.title,
        lead="",
        state=state,
        done=progress.done,
        total=progress.total,
        href=reverse("jobs:progress", args=[progress.public]),
        result_href=progress.back if state == "done" else "",
        result_label=_("See the result"),
        trouble=str(outcome.get("trouble", "")),
    )


@dataclass(frozen=True)
class FailedTask:
    """A task that was tried often enough."""

    id: str
    job: str
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class Queue:
    """The table of tasks at a glance. `oldest` is when the longest waiting task was queued."""

    ready: int
    running: int
    failed: int
    successful: int
    oldest: datetime | None
    failures: list[FailedTask]

    def plain(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self)


def queue() -> Queue:
    """Counts by state, the oldest waiting task, and the latest failed ones with the last line of their reason."""
    counts = dict(DBTaskResult.objects.order_by().values_list("status").annotate(Count("pk")))
    waiting = DBTaskResult.objects.filter(status=Status.READY).order_by("enqueued_at")
    failed = DBTaskResult.objects.filter(status=Status.FAILED).order_by("-finished_at")[:MOST_FAILED]
    return Queue(
        ready=counts.get(Status.READY, 0),
        running=counts.get(Status.RUNNING, 0),
        failed=counts.get(Status.FAILED, 0),
        successful=counts.get(Status.SUCCESSFUL, 0),
        oldest=waiting.values_list("enqueued_at", flat=True).first(),
        failures=[FailedTask(str(t.pk), t.task_path, t.finished_at, _last_line(t.traceback)) for t in failed],
    )


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""
