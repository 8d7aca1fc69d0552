from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from concerted.capacity.services.reminders import remind_of_due, remind_overdue
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.post.models import Letter, Notice

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 1)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def kinds() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("kind", flat=True))


@pytest.fixture
def amal() -> Person:
    """She completed it a year before DUE; after DUE she has 60 more days."""
    position, credential = make_position(since=date(2024, 1, 1)), make_credential()
    achieve(position.person, credential, date(2025, 4, 1), at=datetime(2025, 4, 2, tzinfo=UTC))
    make_mandate(credential=credential, grace_days=60, warn_days=90)
    return position.person


def test_she_hears_before_the_deadline_and_again_once_it_is_overdue(amal: Person) -> None:
    assert remind_of_due(DUE - timedelta(days=31), at=AT) == 0
    assert remind_of_due(DUE - timedelta(days=30), at=AT) == 1
    assert remind_of_due(DUE, at=AT) == 0, "once for each deadline"
    assert remind_of_due(DUE + timedelta(days=59), at=AT) == 0, "the extra days are hers"
    assert remind_of_due(DUE + timedelta(days=60), at=AT) == 1
    assert remind_of_due(DUE + timedelta(days=200), at=AT) == 0
    assert kinds() == ["due_soon", "overdue"]


def test_an_outage_of_weeks_leaves_nobody_out(amal: Person) -> None:
    assert remind_of_due(DUE + timedelta(days=400), at=AT) == 1
    assert kinds() == ["overdue"]


def test_somebody_entered_late_hears_of_what_is_overdue_already() -> None:
    make_position(since=date(2020, 1, 1))
    make_mandate()
    assert remind_of_due(DUE, at=AT) == 1


def test_who_has_no_account_is_not_written_to() -> None:
    make_position(make_person(email=""), since=date(2020, 1, 1))
    gone = make_person()
    make_position(gone, since=date(2020, 1, 1))
    make_mandate()
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    assert remind_of_due(DUE, at=AT) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_the_second_run_asks_the_same_few_questions(number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        make_position(since=date(2020, 1, 1))
    make_mandate()
    remind_of_due(DUE, at=AT)
    with django_assert_num_queries(3):
        remind_of_due(DUE, at=AT)


def test_a_manager_learns_who_cannot_be_reached() -> None:
    agency, manager = make_agency(), make_person()
    grant_role(manager, "manager", agency)
    for email in ("amal@example.org", "bela@example.org", ""):
        make_position(make_person(email=email), agency, since=date(2020, 1, 1))
    make_mandate()
    at = datetime.now(UTC)
    first = remind_overdue(agency, by=manager, at=at)
    assert (first.told, first.without_account) == (2, 1)
    assert remind_overdue(agency, by=manager, at=at).told == 0
    assert Letter.objects.count() == 2
