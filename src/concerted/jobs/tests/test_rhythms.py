from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from concerted.jobs import rhythms, seam
from concerted.jobs.models import Rhythm
from concerted.jobs.seam import every, job

AT = datetime(2030, 1, 1, tzinfo=UTC)


@job()
def tick() -> None:
    pass


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam, "RHYTHMS", {})
    monkeypatch.setattr(rhythms, "RHYTHMS", seam.RHYTHMS)
    every(minutes=5, name="tick")(tick)


@pytest.mark.django_db
def test_a_rhythm_comes_once_in_its_time() -> None:
    assert rhythms.queue_due(AT) == ["tick"]
    assert rhythms.queue_due(AT + timedelta(minutes=4, seconds=59)) == []
    assert rhythms.queue_due(AT + timedelta(minutes=5)) == ["tick"]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_after_a_day_away_it_comes_once() -> None:
    rhythms.queue_due(AT)
    assert rhythms.queue_due(AT + timedelta(days=1)) == ["tick"]
    assert rhythms.queue_due(AT + timedelta(days=1, minutes=1)) == []


@pytest.mark.django_db
def test_a_clock_that_ran_ahead_does_not_silence_it() -> None:
    rhythms.queue_due(AT + timedelta(days=365))
    assert rhythms.queue_due(AT) == ["tick"]
    assert Rhythm.objects.get().last_at == AT


def test_two_workers_queue_it_once(side_by_side: Callable[..., list[Any]]) -> None:
    assert sorted(side_by_side(lambda: rhythms.queue_due(AT), 4)) == [[], [], [], ["tick"]]
    assert sorted(side_by_side(lambda: rhythms.queue_due(AT + timedelta(minutes=5)), 4)) == [[], [], [], ["tick"]]
    assert DBTaskResult.objects.count() == 2
