import uuid
from datetime import datetime
from typing import Any

from django.utils import timezone

from concerted.jobs.models import Progress


def start_progress(*, owner: Any, title: str, total: int, back: str, at: datetime) -> Progress:
    """Begin to tell a person how far her long work is. `back` is the path she goes to when it is done."""
    return Progress.objects.create(
        public=uuid.uuid4(), owner_id=owner.pk, title=str(title), total=total, back=back, started_at=at
    )


def advance(progress: Progress, done: int) -> None:
    """Say how much is done by now; call it in the transaction of the step, so that it never runs ahead."""
    progress.done = done
    Progress.objects.filter(pk=progress.pk, finished_at=None).update(done=done)


def finish(progress: Progress, outcome: Any = None, *, failed: bool = False, at: datetime | None = None) -> None:
    """Say how it ended; `outcome` is plain data, with "trouble" for words to the reader. Only the first end counts."""
    progress.outcome, progress.failed, progress.finished_at = outcome, failed, at or timezone.now()
    Progress.objects.filter(pk=progress.pk, finished_at=None).update(
        outcome=outcome, failed=failed, finished_at=progress.finished_at
    )
