from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import OutsideClaim
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.post.services import notify
from concerted.text.rules import SectionText
from concerted.training.rules import ModuleText, UnitText
from concerted.training.services import publish_module

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class World:
    """Amal practises, Bela works beside her, Chiara elsewhere; Mona manages, Dora coordinates the region."""

    def __init__(self) -> None:
        self.country = make_territory("Country")
        self.region = make_territory("Region", self.country)
        self.agency = make_agency("Clinic", territory=make_territory("Area", self.region))
        self.elsewhere = make_agency("Court", territory=make_territory("Far", self.country))
        self.amal, self.bela, self.chiara = make_person("Amal"), make_person("Bela"), make_person("Chiara")
        for person, agency in ((self.amal, self.agency), (self.bela, self.agency), (self.chiara, self.elsewhere)):
            make_position(person, agency)
        self.mona, self.dora = make_person("Mona"), make_person("Dora")
        grant_role(self.mona, "manager", self.agency)
        grant_role(self.dora, "local_coordinator", self.region)
        title = SectionText("title", "Core", kind="title")
        unit = UnitText("C1", 90, (title, SectionText("why", "Words.", title="Why")))
        publish_module(ModuleText("core", (title,), (unit,)), at=timezone.now())
        self.credential = make_credential("core")
        self.mandate = make_mandate("core", credential=self.credential)


@pytest.fixture
def world() -> World:
    return World()


def page(person: Person | None, path: str = "/") -> str:
    client = Client()
    if person:
        client.force_login(person)
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get("/").status_code == 302


def test_a_practitioner_sees_what_is_due_first(world: World) -> None:
    seen = page(world.amal)
    assert "1 thing is due" in seen
    assert 'href="/learn/core/"' in seen
    assert "90 minutes" in seen
    assert "Bela" not in seen
    assert "Chiara" not in seen
    achieve(world.amal, world.credential, TODAY - timedelta(days=1))
    assert "Nothing is due" in page(world.amal)
    assert "1 thing is due" in page(world.bela)


def test_whoever_has_no_post_yet_is_led_on(world: World) -> None:
    seen = page(make_person("Omar"))
    assert "No post of yours is known here yet" in seen
    assert 'class="btn" href="/learn/catalogue/"' in seen
    assert 'href="/account/where/"' in seen
    assert "All that your post asks" not in seen
    assert "Your manager sees this too" not in seen
    achieve(world.amal, world.credential, TODAY - timedelta(days=1))
    seen = page(world.amal)
    assert "All that your post asks" in seen
    assert "/learn/catalogue/" not in seen


def test_training_without_a_module_here_leads_to_recording_it(world: World) -> None:
    make_mandate("away", credential=make_credential("away"))
    seen = page(world.amal)
    assert "2 things are due" in seen
    assert 'href="/learn/away/"' not in seen


def test_a_manager_opens_on_her_agency(world: World) -> None:
    seen = page(world.mona)
    assert "2 people are overdue" in seen
    assert "Amal" in seen
    assert "Chiara" not in seen
    assert "Amal" not in page(world.mona, "/mine/")


def test_a_coordinator_sees_her_region_and_what_waits_there(world: World) -> None:
    for person, agency in ((world.amal, world.agency), (world.chiara, world.elsewhere)):
        OutsideClaim.objects.create(
            person=person,
            agency=agency,
            credential=world.credential,
            achieved_on=TODAY,
            provider="School",
            by=person,
            at=timezone.now(),
        )
    seen = page(world.dora)
    assert "1 record of training done elsewhere" in seen
    assert "Area" in seen
    assert "Amal" not in seen
    assert "Court" not in seen


def test_roles_sleep_until_the_second_step(world: World) -> None:
    client = Client()
    client.without_second_step(world.mona)  # type: ignore[attr-defined]
    assert "Amal" not in client.get("/").content.decode()


def test_a_person_without_a_name_is_asked_where_she_works() -> None:
    nameless = make_person("x")
    Person.objects.filter(pk=nameless.pk).update(name="")
    client = Client()
    client.force_login(nameless)
    assert client.get("/")["Location"].endswith("/account/where/")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        make_mandate(f"more-{n}")
        make_position(agency=world.agency)
        notify(world.amal, "certificate", at=timezone.now())
    for person, queries in ((world.amal, 8), (world.mona, 9), (world.dora, 16)):
        client = Client()
        client.force_login(person)
        client.get("/")
        with django_assert_num_queries(queries):
            client.get("/")
