from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from concerted.jobs.models import Progress
from concerted.jobs.services import advance, finish, start_progress

AT = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def amal(django_user_model: Any) -> Any:
    return django_user_model.objects.create(name="Amal", email="amal@example.org")


@pytest.fixture
def progress(amal: Any) -> Progress:
    return start_progress(owner=amal, title="Import", total=20, back="/people/", at=AT)


def page(client: Client, progress: Progress, **headers: str) -> Any:
    return client.get(reverse("jobs:progress", args=[progress.public]), headers=headers)


@pytest.mark.django_db
def test_it_waits_runs_and_ends(client: Client, amal: Any, progress: Progress) -> None:
    client.force_login(amal)
    first = page(client, progress).content.decode()
    assert 'http-equiv="refresh"' in first, "works without script"
    assert "every 3s" in first
    advance(progress, 5)
    assert 'value="5"' in page(client, progress).content.decode()
    finish(progress, {"create": 20})
    last = page(client, progress).content.decode()
    assert "Finished" in last
    assert 'href="/people/"' in last
    assert "every 3s" not in last
    assert "refresh" not in last


@pytest.mark.django_db
def test_the_part_is_the_same_as_in_the_page(client: Client, amal: Any, progress: Progress) -> None:
    client.force_login(amal)
    part = page(client, progress, HX_Request="true").content.decode().strip()
    assert part.startswith("<section")
    assert part in page(client, progress).content.decode()


@pytest.mark.django_db
def test_a_failed_one_says_why(client: Client, amal: Any, progress: Progress) -> None:
    client.force_login(amal)
    finish(progress, {"trouble": "The list is gone."}, failed=True)
    text = page(client, progress).content.decode()
    assert "It stopped before the end" in text
    assert "The list is gone." in text


@pytest.mark.django_db
def test_only_the_first_end_counts(progress: Progress) -> None:
    finish(progress, {"create": 20})
    again = Progress.objects.get()
    finish(again, None, failed=True)
    advance(again, 3)
    kept = Progress.objects.get()
    assert (kept.outcome, kept.failed, kept.done) == ({"create": 20}, False, 0)


@pytest.mark.django_db
def test_nobody_else_looks_on(client: Client, progress: Progress, django_user_model: Any) -> None:
    assert page(client, progress).status_code == 302
    client.force_login(django_user_model.objects.create(name="Bela", email="bela@example.org"))
    assert page(client, progress).status_code == 404


@pytest.mark.django_db
def test_it_asks_little(
    client: Client, amal: Any, progress: Progress, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(amal)
    page(client, progress)
    with django_assert_max_num_queries(6):
        page(client, progress)
