import json
import threading
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from concerted.jobs import leases, rhythms, seam, worker
from concerted.jobs.models import Lease
from concerted.jobs.seam import job
from concerted.jobs.tests import chores

release, entered = threading.Event(), threading.Event()


@job()
def wait_for_the_test() -> None:
    entered.set()
    release.wait(20)


@pytest.fixture(autouse=True)
def _no_rhythms(monkeypatch: pytest.MonkeyPatch) -> None:
    chores.done.clear()
    release.clear()
    entered.clear()
    monkeypatch.setattr(seam, "RHYTHMS", {})
    monkeypatch.setattr(rhythms, "RHYTHMS", seam.RHYTHMS)
    monkeypatch.setattr(worker, "PAUSE", 0.01)


def until(seen: Any) -> None:
    end = time.monotonic() + 20
    while not seen():
        assert time.monotonic() < end
        threading.Event().wait(0.01)


def test_it_works_until_told_to_stop_and_finishes_what_it_holds(shared: None) -> None:
    wait_for_the_test.enqueue()
    chores.note.enqueue(1)
    stop = threading.Event()
    thread = threading.Thread(target=worker.run_forever, args=[stop])
    thread.start()
    assert entered.wait(20)
    stop.set()
    release.set()
    thread.join(20)
    assert not thread.is_alive()
    states = set(DBTaskResult.objects.values_list("task_path", "status"))
    assert (wait_for_the_test.module_path, Status.SUCCESSFUL) in states
    assert chores.done == [], "nothing new is begun"


def test_the_heart_renews_the_lease(shared: None, settings: Any) -> None:
    settings.CONCERTED_LEASE_SECONDS = 0.06
    chores.note.enqueue(1)
    hold = leases.claim("alive", timezone.now())
    assert hold
    first = Lease.objects.get().expires_at
    with worker.Heart() as heart:
        heart.hold = hold
        until(lambda: Lease.objects.get().expires_at > first + timedelta(seconds=0.1))


def test_a_database_that_is_away_is_waited_for(shared: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, away = threading.Event(), [1, 1, 1]

    def sometimes(at: Any) -> int:
        if away:
            away.pop()
            raise OperationalError("away")
        stop.set()
        return 0

    monkeypatch.setattr(leases, "recover", sometimes)
    worker.run_forever(stop)
    assert away == []


@pytest.mark.django_db
def test_once_and_batch() -> None:
    for number in range(3):
        chores.note.enqueue(number)
    assert worker.run_some(timezone.now(), most=1) == 1
    assert chores.done == [0]
    call_command("worker", "--batch")
    assert chores.done == [0, 1, 2]


@pytest.mark.django_db
def test_the_queue_at_a_glance() -> None:
    chores.refuse.enqueue()
    worker.run_all_ready(timezone.now())
    chores.note.enqueue(1)
    out = StringIO()
    call_command("jobs", "--format", "json", stdout=out)
    seen = json.loads(out.getvalue())
    assert (seen["ready"], seen["running"], seen["failed"], seen["successful"]) == (1, 0, 1, 0)
    assert seen["oldest"]
    assert seen["failures"][0]["job"].endswith("chores.refuse")
    assert seen["failures"][0]["reason"] == "Refused: The file is gone."
    call_command("jobs", stdout=out)
    assert "failed      1" in out.getvalue()
