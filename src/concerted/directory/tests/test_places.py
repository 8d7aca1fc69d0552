"""Posts that should be, who lives where, and the end and new start of an agency: who may, and what the pages say."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory import services
from concerted.directory.models import Establishment, Population, Position
from concerted.directory.services.agencies import AgencyRefused, StillHeld
from concerted.directory.services.territories import TerritoryRefused
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_profession, make_territory
from concerted.directory.tests.test_audiences import World

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()
WHO = ("Amal", "Bela", "Chiara", "Mona", "Cora", "Dora", "Nora", "Adil")


@pytest.fixture
def world() -> World:
    return World()


def opened(world: World, path: str) -> str:
    return "".join(name[0] for name in WHO if world.ask(name, path).status_code == 200)


def test_who_sets_the_posts_of_an_agency(world: World) -> None:
    path = f"/people/agency/{world.clinic.public}/posts/"
    assert opened(world, path) == "MD"
    nurse = make_profession("nurse")
    sent = {"profession": nurse.pk, "posts": "٣,5", "as_of": TODAY, "source": "Order 12"}
    assert world.ask("Cora", path, **sent).status_code == 404
    assert world.ask("Mona", path, **sent).status_code == 302
    assert Establishment.objects.get().posts == Decimal("3.5")
    page = world.ask("Mona", path).content.decode()
    assert "Order 12" in page
    assert 'value="3.5"' in world.ask("Mona", f"{path}?profession=nurse").content.decode()
    assert world.ask("Dora", path, **sent | {"posts": "4"}).status_code == 302
    assert Establishment.objects.get().posts == 4
    for wrong in ({"posts": "-1"}, {"posts": "many"}, {"source": " "}, {"profession": "x"}, {"as_of": "x"}):
        assert "to put right" in world.ask("Mona", path, **sent | wrong).content.decode()


def test_who_sees_posts_beside_those_held(world: World) -> None:
    services.set_establishment(world.clinic, make_profession("nurse"), Decimal(5), source="Order", by=None, at=NOW)
    path = f"/people/agency/{world.clinic.public}/"
    seen = "".join(name[0] for name in WHO if "Meant" in world.ask(name, path).content.decode())
    assert seen == "MDNA"
    assert "Say which posts" in world.ask("Mona", path).content.decode()
    assert "Say which posts" not in world.ask("Nora", path).content.decode()


def test_the_page_of_a_territory(world: World) -> None:
    path = f"/people/territories/{world.country.pk}/"
    assert opened(world, path) == "ABCMCDNA"
    assert "Nobody is counted yet" in world.ask("Amal", path).content.decode()
    facts: dict[str, Any] = {"by": None, "at": NOW}
    services.set_populations(world.country, 2024, {"women": 510, "persons": 1000}, "Census", **facts)
    services.set_populations(world.area, 2024, {"women": 300, "persons": 600}, "Census", **facts)
    assert "1 of 2 counted" in world.ask("Amal", path).content.decode()
    services.set_populations(world.court.territory, 2024, {"persons": 390}, "Census", **facts)
    page = world.ask("Amal", path).content.decode()
    assert "10 apart" in page
    assert "Clinic" in page
    services.set_populations(world.court.territory, 2024, {"persons": 400}, "Census", **facts)
    assert "the same" in world.ask("Amal", path).content.decode()


def test_who_says_who_lives_there(world: World) -> None:
    path = f"/people/territories/{world.area.pk}/population/"
    assert opened(world, path) == "DN"
    sent = {"year": "2024", "women": "٣٠٠", "persons": "600", "source": "Census"}
    assert world.ask("Dora", f"/people/territories/{world.country.pk}/population/", **sent).status_code == 404
    assert world.ask("Dora", path, **sent).status_code == 302
    assert dict(Population.objects.values_list("sex", "persons")) == {"women": 300, "persons": 600}
    for wrong in (
        {"women": "700"},
        {"women": "", "persons": ""},
        {"source": " "},
        {"year": "20240"},
        {"persons": "-1"},
    ):
        assert "to put right" in world.ask("Dora", path, **sent | wrong).content.decode()
    with pytest.raises(TerritoryRefused):
        services.set_populations(world.area, 2024, {}, "Census", by=None, at=NOW)


def test_closing_names_whose_posts_end(world: World) -> None:
    path = f"/people/agency/{world.clinic.public}/close/"
    assert opened(world, path) == "DN"
    day = TODAY + timedelta(days=3)
    asked = world.ask("Dora", path, on=day).content.decode()
    assert "2 people hold a post here on that day" in asked
    assert Position.objects.filter(until=None).count() == 3
    make_position(make_person("Late"), world.clinic, make_profession("nurse"))
    assert "3 people hold" in world.ask("Dora", path, on=day, ends=2).content.decode()
    assert world.ask("Dora", path, on=day, ends=3).status_code == 302
    world.clinic.refresh_from_db()
    assert world.clinic.closed_on == day
    assert Position.objects.filter(agency=world.clinic, until=day).count() == 3
    assert "already closed" in world.ask("Dora", path, on=day).content.decode()


def test_a_closed_agency_stays_in_history_and_may_open_again(world: World) -> None:
    page, day = f"/people/agency/{world.clinic.public}/", TODAY - timedelta(days=1)
    with pytest.raises(StillHeld):
        services.close_agency(world.clinic, day, by=world.people["Dora"], at=NOW)
    services.close_agency(world.clinic, day, ends=2, by=world.people["Dora"], at=NOW)
    assert "Closed on" in world.ask("Amal", page).content.decode()
    assert "Clinic" not in world.ask("Nora", "/people/").content.decode().partition("<main")[2]
    assert "Clinic" in world.ask("Nora", "/people/?closed=1").content.decode().partition("<main")[2]
    assert "Clinic" in world.ask("Nora", f"/people/territories/{world.area.pk}/").content.decode()
    path = f"{page}reopen/"
    assert opened(world, path) == "DN"
    assert world.ask("Cora", path, go="1").status_code == 404
    assert world.ask("Dora", path, go="1").status_code == 302
    world.clinic.refresh_from_db()
    assert world.clinic.closed_on is None
    assert not Position.objects.filter(agency=world.clinic, until=None).exists()
    with pytest.raises(AgencyRefused):
        services.reopen_agency(world.clinic, by=None, at=NOW)


def test_a_day_that_cannot_be_is_refused(world: World) -> None:
    for day in ("1820-01-01", "2900-01-01"):
        answer = world.ask("Dora", f"/people/agency/{world.clinic.public}/close/", on=day).content.decode()
        assert "Check the year" in answer


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    facts: dict[str, Any] = {"by": None, "at": NOW}
    for number in range(rows):
        held = make_position(agency=world.clinic)
        services.set_establishment(world.clinic, held.profession, Decimal(number), source="Order", **facts)
        services.set_populations(world.area, 2020 + number, {"persons": 9}, "Census", **facts)
        services.set_populations(make_territory(parent=world.area), 2020, {"persons": 9}, "Census", **facts)
        make_agency(territory=world.area)
        make_agency(territory=world.area, closed_on=TODAY)
    client = Client()
    client.force_login(world.people["Dora"])
    for path, number in (
        (f"/people/agency/{world.clinic.public}/posts/", 11),
        (f"/people/agency/{world.clinic.public}/close/", 7),
        (f"/people/territories/{world.area.pk}/", 15),
        (f"/people/territories/{world.area.pk}/population/", 6),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200
