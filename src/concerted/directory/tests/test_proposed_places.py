"""A national coordinator's agencies and territories wait for a second person; a local one builds her area alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory import services
from concerted.directory.models import Agency, Person, ProposedPlace, Role, Territory
from concerted.directory.services.agencies import AgencyRefused
from concerted.directory.services.places import PlaceRefused, announce_waiting_place, look_at_waiting_places
from concerted.directory.services.territories import TerritoryRefused
from concerted.directory.tests.factories import grant_role, make_person
from concerted.directory.tests.test_audiences import World
from concerted.ledger.models import Entry
from concerted.post.models import Notice

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WAITING = "/people/waiting/"


@pytest.fixture
def world() -> World:
    return World()


def entered(world: World, who: str = "Nora", name: str = "Shelter") -> ProposedPlace:
    place = services.enter_agency(name, sector=world.health, territory=world.area, by=world.people[who], at=NOW)
    assert isinstance(place, ProposedPlace)
    return place


def test_what_the_country_enters_waits_and_counts_nowhere(world: World) -> None:
    sent = {"name": " New  shelter ", "sector": world.health.pk, "territory": world.area.pk}
    assert world.ask("Nora", "/people/agency/add/", **sent).headers["Location"] == WAITING
    assert not Agency.objects.filter(name="New shelter").exists()
    waits = ProposedPlace.objects.get()
    assert (waits.name, waits.by, waits.alone_at) == ("New shelter", world.people["Nora"], None)
    assert "1 entry waits" in world.ask("Dora", "/people/").content.decode()
    assert "1 entry waits" not in world.ask("Amal", "/people/").content.decode()
    page = world.ask("Nora", WAITING).content.decode()
    assert "You entered this" in page
    assert "New shelter" in page
    assert f"{WAITING}{waits.pk}/confirm/" not in page
    again = world.ask("Nora", "/people/agency/add/", **sent).content.decode()
    assert "already waits for a second person" in again


def test_who_builds_her_own_area_needs_nobody(world: World) -> None:
    sent = {"name": "Shelter", "sector": world.health.pk, "territory": world.area.pk}
    assert world.ask("Dora", "/people/agency/add/", **sent).status_code == 302
    assert Agency.objects.filter(name="Shelter").exists()
    assert world.ask("Dora", "/people/territories/add/", name="Ward", parent=world.area.pk).status_code == 302
    assert Territory.objects.get(name="Ward").parent == world.area
    assert not ProposedPlace.objects.exists()
    assert "No entry waits" in world.ask("Dora", WAITING).content.decode()


def test_a_second_person_confirms(world: World) -> None:
    waits = entered(world)
    path = f"{WAITING}{waits.pk}/confirm/"
    assert [world.ask(who, path, go="1").status_code for who in ("Amal", "Mona", "Adil")] == [404, 404, 404]
    assert world.ask("Nora", path, go="1").status_code == 302
    with pytest.raises(PlaceRefused, match="You entered this"):
        services.confirm_place(waits, by=world.people["Nora"], at=NOW)
    answer = world.ask("Dora", path, go="1")
    agency = Agency.objects.get(name="Shelter")
    assert answer.headers["Location"] == f"/people/agency/{agency.public}/"
    assert not ProposedPlace.objects.exists()
    assert list(Entry.objects.values_list("verb", "by_id")) == [
        ("place entered", world.people["Nora"].pk),
        ("agency added", world.people["Dora"].pk),
    ]
    assert world.ask("Dora", path, go="1").status_code == 404
    with pytest.raises(PlaceRefused, match="meanwhile"):
        services.confirm_place(waits, by=world.people["Dora"], at=NOW)


def test_two_who_coordinate_the_country_confirm_each_other(world: World) -> None:
    nadia = make_person("Nadia")
    grant_role(nadia, "national_coordinator")
    top = services.enter_territory(None, "Second country", level="Country", by=world.people["Nora"], at=NOW)
    assert isinstance(top, ProposedPlace)
    with pytest.raises(Http404):
        services.withdraw_place(top, by=world.people["Dora"], at=NOW)
    with pytest.raises(Http404):
        services.confirm_place(top, by=world.people["Dora"], at=NOW)
    made = services.confirm_place(top, by=nadia, at=NOW)
    assert isinstance(made, Territory)
    assert (made.parent, made.level) == (None, "Country")


def test_nobody_slips_past_the_second_person(world: World) -> None:
    facts: dict[str, Any] = {"by": world.people["Nora"], "at": NOW}
    with pytest.raises(Http404):
        services.add_agency("Shelter", sector=world.health, territory=world.area, **facts)
    with pytest.raises(Http404):
        services.add_territory(world.area, "Ward", **facts)
    with pytest.raises(Http404):
        services.enter_agency("X", sector=world.health, territory=world.area, by=world.people["Mona"], at=NOW)
    with pytest.raises(Http404):
        services.enter_territory(world.country, "X", by=world.people["Dora"], at=NOW)


def test_another_role_of_hers_does_not_stand_in_for_the_second_person(world: World) -> None:
    """Alone she builds inside the area she coordinates too; the top of the tree lies in no area."""
    nora = world.people["Nora"]
    grant_role(nora, "local_coordinator", world.area)
    nora = Person.objects.get(pk=nora.pk)
    assert isinstance(services.enter_territory(world.area, "Ward", by=nora, at=NOW), Territory)
    assert isinstance(services.enter_territory(world.country, "Port", by=nora, at=NOW), ProposedPlace)
    assert isinstance(services.enter_territory(None, "Land", by=nora, at=NOW), ProposedPlace)
    with pytest.raises(Http404):
        services.add_territory(None, "Land", by=nora, at=NOW)
    with pytest.raises(Http404):
        services.enter_territory(None, "Land", by=world.people["Dora"], at=NOW)
    with pytest.raises(Http404):
        services.move_territory(world.area, None, by=world.people["Dora"], at=NOW)


def test_a_namesake_is_refused_before_and_after(world: World) -> None:
    with pytest.raises(AgencyRefused, match="already works in Area"):
        entered(world, name="Clinic")
    with pytest.raises(TerritoryRefused, match="already stands under Country"):
        services.enter_territory(world.country, "Area", by=world.people["Nora"], at=NOW)
    waits = entered(world)
    services.add_agency("Shelter", sector=world.health, territory=world.area, by=None, at=NOW)
    with pytest.raises(PlaceRefused, match="already works in Area"):
        services.confirm_place(waits, by=world.people["Dora"], at=NOW)
    assert "already works in Area" in follow(world, "Dora", f"{WAITING}{waits.pk}/confirm/")
    assert ProposedPlace.objects.filter(pk=waits.pk).exists(), "what cannot be taken in waits for a decision"


def follow(world: World, who: str, path: str) -> str:
    client = Client()
    client.force_login(world.people[who])
    return client.post(path, {"go": "1"}, follow=True).content.decode()


def test_who_entered_it_or_may_confirm_it_withdraws_it(world: World) -> None:
    for who in ("Nora", "Dora"):
        waits = entered(world)
        assert world.ask("Amal", f"{WAITING}{waits.pk}/withdraw/", go="1").status_code == 404
        assert "withdrawn" in follow(world, who, f"{WAITING}{waits.pk}/withdraw/")
        assert not ProposedPlace.objects.exists()
    assert not Agency.objects.filter(name="Shelter").exists()


def alone(world: World) -> Person:
    """Nora with nobody beside her."""
    Role.objects.exclude(person=world.people["Nora"]).exclude(role="manager").delete()
    return world.people["Nora"]


def test_alone_an_entry_waits_a_day_is_announced_and_is_then_taken_in(world: World) -> None:
    alone(world)
    waits = entered(world)
    assert waits.alone_at == NOW + timedelta(hours=24)
    assert "takes effect by itself" in world.ask("Nora", WAITING).content.decode()
    for _again in range(2):
        announce_waiting_place(waits.pk, at=NOW)
    assert set(Notice.objects.values_list("person__name", "kind")) == {("Mona", "place_alone"), ("Cora", "place_alone")}
    assert Notice.objects.count() == 2
    assert look_at_waiting_places(at=NOW + timedelta(hours=23, minutes=59)) == 0
    assert look_at_waiting_places(at=NOW + timedelta(hours=24)) == 1
    assert Agency.objects.filter(name="Shelter").exists()
    assert look_at_waiting_places(at=NOW + timedelta(hours=25)) == 0
    assert list(Entry.objects.values_list("verb", flat=True)) == ["place entered", "place waits alone", "agency added"]


def test_the_day_begins_when_the_last_second_person_has_gone(world: World) -> None:
    waits = entered(world)
    assert look_at_waiting_places(at=NOW + timedelta(days=3)) == 0
    alone(world)
    assert look_at_waiting_places(at=NOW + timedelta(days=3)) == 0
    waits.refresh_from_db()
    assert waits.alone_at == NOW + timedelta(days=4)
    assert look_at_waiting_places(at=NOW + timedelta(days=4)) == 1


def test_nothing_is_taken_in_on_the_word_of_who_may_no_longer_enter_it(world: World) -> None:
    alone(world)
    waits = entered(world)
    services.add_agency("Shelter", sector=world.health, territory=world.area, by=None, at=NOW)
    assert look_at_waiting_places(at=NOW + timedelta(days=2)) == 0, "a namesake came"
    Role.objects.filter(person=world.people["Nora"]).delete()
    Agency.objects.filter(name="Shelter").delete()
    assert look_at_waiting_places(at=NOW + timedelta(days=2)) == 0
    waits.refresh_from_db()
    assert waits.alone_at is None


def test_the_database_holds_entries_together(world: World) -> None:
    facts: dict[str, Any] = {"by": world.people["Nora"], "at": NOW}
    ProposedPlace.objects.create(kind="territory", name="Ward", territory=world.area, **facts)
    ProposedPlace.objects.create(kind="territory", name="Land", **facts)
    for wrong in (
        {"kind": "territory", "name": "Ward", "territory": world.area},
        {"kind": "territory", "name": "Land"},
        {"kind": "agency", "name": "Shelter", "territory": world.area},
        {"kind": "agency", "name": "Shelter", "sector": world.health},
        {"kind": "territory", "name": "Else", "sector": world.health},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProposedPlace.objects.create(**wrong, **facts)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        entered(world, name=f"Shelter {number}")
    client = Client()
    client.force_login(world.people["Dora"])
    with django_assert_num_queries(5):
        client.get(WAITING)
