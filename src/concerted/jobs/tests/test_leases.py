from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from concerted.jobs import leases, worker
from concerted.jobs.models import Lease
from concerted.jobs.tests import chores
from concerted.kit.logs import reason_of

AT = datetime(2030, 1, 1, tzinfo=UTC)
LEASE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _clean() -> None:
    chores.done.clear()
    chores.fails.clear()


def only() -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.get()


@pytest.mark.django_db
def test_a_job_runs_once_and_is_marked() -> None:
    chores.note.enqueue(7)
    assert worker.run_all_ready(AT) == 1
    assert worker.run_all_ready(AT) == 0
    assert chores.done == [7]
    assert only().status == Status.SUCCESSFUL
    assert not Lease.objects.exists()


def test_a_job_is_not_queued_when_the_change_is_undone(transactional_db: None) -> None:
    with transaction.atomic():
        chores.note.enqueue(7)
        transaction.set_rollback(True)
    assert worker.run_all_ready(AT) == 0


@pytest.mark.django_db
def test_a_failing_job_waits_twice_as_long_each_time() -> None:
    chores.fails[1] = 2
    chores.stumble.enqueue(1)
    worker.run_all_ready(AT)
    assert only().run_after == AT + timedelta(seconds=10)
    assert worker.run_all_ready(AT + timedelta(seconds=9)) == 0
    worker.run_all_ready(AT + timedelta(seconds=10))
    assert only().run_after == AT + timedelta(seconds=30)
    worker.run_all_ready(AT + timedelta(seconds=30))
    assert chores.done == [1]
    assert only().status == Status.SUCCESSFUL


@pytest.mark.django_db
def test_a_job_that_keeps_failing_fails_with_its_reason() -> None:
    chores.fails[1] = 99
    chores.stumble.enqueue(1)
    for minute in range(5):
        worker.run_all_ready(AT + timedelta(minutes=minute))
    assert chores.fails[1] == 96, "first run and two retries"
    assert only().status == Status.FAILED
    assert only().exception_class_path == "builtins.ValueError"
    assert only().traceback.endswith("ValueError")
    assert "amal" not in only().traceback, "words of a strange error may name a person"


@pytest.mark.django_db
def test_our_own_refusals_keep_their_words() -> None:
    chores.refuse.enqueue()
    worker.run_all_ready(AT)
    assert only().traceback.endswith("Refused: The file is gone.")


@pytest.mark.django_db
def test_a_job_that_is_gone_fails_in_the_end() -> None:
    chores.note.enqueue(1)
    DBTaskResult.objects.update(task_path="concerted.jobs.nowhere.nothing")
    for minute in range(9):
        worker.run_all_ready(AT + timedelta(minutes=minute))
    assert only().status == Status.FAILED


@pytest.mark.django_db
def test_a_silent_workers_task_goes_to_another() -> None:
    chores.note.enqueue(1)
    dead = leases.claim("dead", AT)
    assert dead
    assert leases.recover(AT + LEASE - timedelta(seconds=1)) == 0
    assert leases.recover(AT + LEASE) == 1
    later = AT + LEASE + timedelta(seconds=10)
    assert worker.run_all_ready(later) == 1
    assert chores.done == [1]


@pytest.mark.django_db
def test_a_beating_worker_keeps_its_task() -> None:
    chores.note.enqueue(1)
    hold = leases.claim("alive", AT)
    assert hold
    assert leases.beat(hold, AT + timedelta(seconds=20))
    assert leases.recover(AT + LEASE) == 0
    assert leases.finish(hold, AT + LEASE)


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_marks_nothing() -> None:
    chores.note.enqueue(1)
    slow = leases.claim("slow", AT)
    assert slow
    leases.recover(AT + LEASE)
    again = leases.claim("slow", AT + timedelta(hours=1))
    assert again
    assert not leases.beat(slow, AT + timedelta(hours=1))
    assert not leases.finish(slow, AT + timedelta(hours=1)), "same worker, but an earlier try"
    assert not leases.give_back(slow, ValueError(), AT + timedelta(hours=1))
    assert only().status == Status.RUNNING
    assert leases.finish(again, AT + timedelta(hours=1))


@pytest.mark.django_db
def test_a_death_is_not_an_error_of_the_task() -> None:
    chores.fails[1] = 1
    chores.stumble.enqueue(1)
    at = AT
    for deaths in range(1, 6):
        assert leases.claim("unlucky", at)
        leases.recover(at + LEASE)
        assert only().run_after == at + LEASE + timedelta(seconds=2 ** (deaths - 1))
        at += timedelta(hours=1)
    worker.run_all_ready(at)
    assert only().run_after == at + timedelta(seconds=10), "its first error, after five deaths"
    worker.run_all_ready(at + timedelta(seconds=10))
    assert only().status == Status.SUCCESSFUL


@pytest.mark.django_db
def test_a_task_that_kills_its_workers_is_given_up() -> None:
    chores.note.enqueue(1)
    at = AT
    for _ in range(leases.MOST_DEATHS + 1):
        assert leases.claim("unlucky", at)
        leases.recover(at + LEASE)
        at += timedelta(hours=1)
    assert leases.claim("unlucky", at) is None
    assert only().status == Status.FAILED
    assert "stopped during try 31" in only().traceback


@pytest.mark.django_db
def test_a_task_left_running_without_a_lease_is_taken_back() -> None:
    chores.note.enqueue(1)
    DBTaskResult.objects.update(status=Status.RUNNING, started_at=AT)
    assert leases.recover(AT + LEASE) == 0
    assert leases.recover(AT + 10 * LEASE) == 1
    assert worker.run_all_ready(AT + timedelta(hours=1)) == 1


def test_two_workers_never_take_the_same_task(side_by_side: Callable[..., list[Any]]) -> None:
    for number in range(40):
        chores.note.enqueue(number)
    results = side_by_side(lambda: worker.run_all_ready(AT), 3)
    assert sum(results) == 40
    assert sorted(chores.done) == list(range(40))


def test_two_workers_take_back_a_task_once(side_by_side: Callable[..., list[Any]]) -> None:
    for number in range(10):
        chores.note.enqueue(number)
        assert leases.claim("dead", AT)
    assert sum(side_by_side(lambda: leases.recover(AT + LEASE), 3)) == 10
    assert set(Lease.objects.values_list("tries", flat=True)) == {1}


def test_of_several_errors_each_is_told_without_a_databases_words() -> None:
    one = ValueError("Amal, amal@example.org")
    one.add_note("conference table 7")
    told = reason_of(ExceptionGroup("tables that could not go on", [one, KeyError("Bela")]))
    for seen in ("ExceptionGroup", "ValueError\nconference table 7", "KeyError"):
        assert seen in told
    assert "Amal" not in told
    assert "Bela" not in told
