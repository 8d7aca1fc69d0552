"""What holds in a territory: written once, never changed, the latest counts."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from concerted.capacity.models import TerritoryFact
from concerted.capacity.queries import facts_in, facts_of
from concerted.capacity.services import record_fact, take_fact_back
from concerted.capacity.services.evidence import NotRecorded
from concerted.directory.models import Person, Territory
from concerted.directory.tests.factories import grant_role, make_person, make_territory
from concerted.ledger.models import Entry

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)


@pytest.fixture
def place() -> Territory:
    return make_territory("North")


def funded(place: Territory, value: str, day: date = MAY, **changes: Any) -> TerritoryFact:
    facts: dict[str, Any] = {"about": "board", "source": "Budget 2026", "by": None, "at": timezone.now()} | changes
    return record_fact(place, "plan_funded", value=value, holds_from=day, **facts)


def coordinator(place: Territory) -> Person:
    person = make_person("Lina")
    grant_role(person, "local_coordinator", place)
    return person


def values(place: Territory, day: date, known_on: datetime | None = None) -> list[str]:
    return [fact.value for fact in facts_of(place, day, known_on=known_on)]


def test_the_latest_fact_of_its_kind_holds_from_its_day(place: Territory) -> None:
    funded(place, "60")
    funded(place, "85", MAY + timedelta(days=30))
    assert values(place, MAY - timedelta(days=1)) == []
    assert values(place, MAY) == ["60"]
    assert values(place, MAY + timedelta(days=30)) == ["85"]


def test_facts_about_other_things_and_places_stand_beside_it(place: Territory) -> None:
    funded(place, "60")
    funded(place, "90", about="shelter")
    funded(make_territory("South"), "10")
    assert values(place, MAY) == ["60", "90"]


def test_the_same_again_is_not_written_twice(place: Territory) -> None:
    assert funded(place, "60").pk == funded(place, "60").pk
    assert TerritoryFact.objects.count() == Entry.objects.filter(verb="territory fact recorded").count() == 1


def test_taken_back_it_no_longer_counts_and_the_one_before_holds(place: Territory) -> None:
    funded(place, "60")
    wrong = funded(place, "95", MAY + timedelta(days=1))
    known = timezone.now()
    take_fact_back(wrong, reason="typed wrongly", by=coordinator(place), at=known + timedelta(hours=1))
    assert values(place, MAY + timedelta(days=2)) == ["60"]
    assert values(place, MAY + timedelta(days=2), known) == ["95"]
    assert TerritoryFact.objects.filter(pk=wrong.pk).exists()


def test_taking_back_needs_a_reason_and_happens_once(place: Territory) -> None:
    fact, lina = funded(place, "60"), coordinator(place)
    with pytest.raises(NotRecorded):
        take_fact_back(fact, reason=" ", by=lina, at=timezone.now())
    void = take_fact_back(fact, reason="wrong", by=lina, at=timezone.now())
    for again in (fact, void):
        with pytest.raises(NotRecorded):
            take_fact_back(again, reason="wrong", by=lina, at=timezone.now())


def test_what_lies_ahead_is_no_fact(place: Territory) -> None:
    with pytest.raises(NotRecorded):
        funded(place, "60", timezone.localdate() + timedelta(days=1))
    assert not TerritoryFact.objects.exists()


def test_the_database_refuses_to_change_it_and_to_keep_it_empty(place: Territory) -> None:
    fact = funded(place, "60")
    with pytest.raises(DatabaseError), transaction.atomic():
        TerritoryFact.objects.filter(pk=fact.pk).update(value="99")
    with pytest.raises(DatabaseError), transaction.atomic():
        funded(place, "")
    with pytest.raises(DatabaseError), transaction.atomic():
        funded(place, "1", source="")
    assert values(place, MAY) == ["60"]


def test_strangers_may_not(place: Territory) -> None:
    far = coordinator(make_territory("Far"))
    with pytest.raises(Http404):
        funded(place, "60", by=far)
    with pytest.raises(Http404):
        take_fact_back(funded(place, "60"), reason="x", by=far, at=timezone.now())
    with pytest.raises(Http404):
        funded(place, "60", by=make_person("Amal"))
    assert funded(place, "70", by=coordinator(place)).by is not None


@pytest.mark.parametrize("places", [1, 3])
def test_one_query_however_many_places(places: int, django_assert_num_queries: Any) -> None:
    made = [make_territory() for _ in range(places)]
    for one in made:
        funded(one, "60")
    with django_assert_num_queries(1):
        found = facts_in([one.pk for one in made], MAY)
    assert set(found) == {one.pk for one in made}


def test_what_ends_holds_to_its_last_day_and_what_came_before_does_not_come_back(place: Territory) -> None:
    later, last = MAY + timedelta(days=30), MAY + timedelta(days=60)
    funded(place, "60")
    funded(place, "85", later, holds_until=last)
    assert values(place, MAY) == ["60"]
    assert values(place, last) == ["85"]
    assert values(place, last + timedelta(days=1)) == []


def test_nothing_ends_before_it_begins(place: Territory) -> None:
    with pytest.raises(NotRecorded, match="ends before it begins"):
        funded(place, "60", holds_until=MAY - timedelta(days=1))
    facts = {"kind": "plan_funded", "about": "x", "value": "1", "source": "x", "recorded_at": timezone.now()}
    TerritoryFact.objects.create(territory=place, holds_from=MAY, holds_until=MAY, **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryFact.objects.create(territory=place, holds_from=MAY, holds_until=MAY - timedelta(days=1), **facts)
