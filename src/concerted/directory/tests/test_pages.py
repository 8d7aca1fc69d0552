from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from concerted.directory.jobs import take_in_file
from concerted.directory.models import Agency, ImportFile, Person, Position, Role, Territory
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
    make_profession,
    make_sector,
    make_territory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class World:
    """Amal practises, Bela works beside her, Hana hides, Chiara works elsewhere; Mona manages, Nora coordinates."""

    def __init__(self) -> None:
        self.country = make_territory("Country")
        self.area = make_territory("Area", self.country)
        sector = make_sector("health")
        self.nurse = make_profession("nurse", sector=sector)
        self.agency = make_agency("Clinic", sector=sector, territory=self.area)
        self.elsewhere = make_agency("Court", territory=make_territory("Far", self.country))
        self.people: dict[str, Person] = {}
        for name, agency in (
            ("Amal", self.agency),
            ("Bela", self.agency),
            ("Hana", self.agency),
            ("Chiara", self.elsewhere),
        ):
            self.people[name] = make_person(name, hidden=name == "Hana")
            make_position(self.people[name], agency, self.nurse)
        for name, role, scope in (
            ("Mona", "manager", self.agency),
            ("Dora", "local_coordinator", self.area),
            ("Nora", "national_coordinator", None),
            ("Nadia", "national_coordinator", None),
        ):
            self.people[name] = make_person(name)
            grant_role(self.people[name], role, scope)

    def ask(self, who: str, path: str, **data: Any) -> Any:
        client = Client()
        client.force_login(self.people[who])
        return client.post(path, data) if data else client.get(path)


@pytest.fixture
def world() -> World:
    return World()


def test_who_sees_whom_in_an_agency(world: World) -> None:
    path = f"/people/agency/{world.agency.public}/"
    seen = {
        name: [
            who
            for who in ("Amal", "Bela", "Hana")
            if who in world.ask(name, path).content.decode().partition("<main")[2].partition("<h2>")[2]
        ]
        for name in ("Amal", "Chiara", "Mona", "Dora")
    }
    assert seen == {"Amal": ["Amal", "Bela"], "Chiara": [], "Mona": ["Amal", "Bela", "Hana"], "Dora": ["Amal", "Bela"]}


def test_who_opens_the_page_of_a_person(world: World) -> None:
    path = f"/people/person/{world.people['Amal'].public}/"
    answers = {name: world.ask(name, path).status_code for name in ("Amal", "Bela", "Chiara", "Mona", "Dora", "Nora")}
    assert answers == {"Amal": 200, "Bela": 200, "Chiara": 404, "Mona": 200, "Dora": 200, "Nora": 404}
    hidden = f"/people/person/{world.people['Hana'].public}/"
    assert world.ask("Bela", hidden).status_code == 404


def test_who_coordinates_the_country_sees_lead_contacts_and_counts(world: World) -> None:
    for name in ("Mona", "Dora"):
        make_position(world.people[name], world.agency, world.nurse)
    make_position(world.people["Nora"], world.elsewhere, world.nurse)
    page = world.ask("Nora", f"/people/agency/{world.agency.public}/").content.decode().partition("<main")[2]
    assert [name for name in ("Amal", "Bela", "Hana", "Mona", "Dora") if name in page] == ["Mona", "Dora"]
    assert "5 people hold a post here" in page
    opened = {name: f"/people/person/{person.public}/" for name, person in world.people.items()}
    # Chiara works beside Nora; a lead contact who hides is shown to nobody.
    assert {name: world.ask("Nora", path).status_code for name, path in opened.items()} == {
        "Amal": 404,
        "Bela": 404,
        "Hana": 404,
        "Chiara": 200,
        "Mona": 200,
        "Dora": 200,
        "Nora": 200,
        "Nadia": 200,
    }
    Person.objects.filter(pk=world.people["Mona"].pk).update(hidden=True)
    assert world.ask("Nora", opened["Mona"]).status_code == 404


def test_a_role_that_waits_or_ended_makes_no_lead_contact(world: World) -> None:
    amal = world.people["Amal"]
    path = f"/people/person/{amal.public}/"
    waits = grant_role(amal, "supervisor", world.agency)
    Role.objects.filter(pk=waits.pk).update(by=world.people["Nadia"], confirmed_by=None)
    assert world.ask("Nora", path).status_code == 404
    Role.objects.filter(pk=waits.pk).update(confirmed_by=world.people["Nora"])
    assert world.ask("Nora", path).status_code == 200
    Role.objects.filter(pk=waits.pk).update(since=TODAY - timedelta(days=9), until=TODAY)
    assert world.ask("Nora", path).status_code == 404


def test_numbers_of_posts_tell_no_names(world: World) -> None:
    for name in ("Amal", "Hana"):
        end = f"/people/position/{world.people[name].positions.get().pk}/end/"
        assert (name, world.ask("Nora", end).status_code) == (name, 404)
        assert world.ask("Nora", end, until=TODAY + timedelta(days=3)).status_code == 404
        assert world.ask("Dora", end).status_code == 200
    mona = make_position(world.people["Mona"], world.agency, world.nurse)
    assert world.ask("Nora", f"/people/position/{mona.pk}/end/").status_code == 200


def test_whom_to_give_a_role_is_found_by_letters_or_address(world: World) -> None:
    def found(who: str, words: str) -> list[str]:
        page = world.ask(who, f"/people/roles/?who={words}").content.decode()
        return [name for name, person in world.people.items() if f"/roles/give/{person.public}/" in page]

    Person.objects.filter(name="Hana").update(email="hana@example.org")
    Person.objects.filter(name="Chiara").update(email="chiara@example.org")
    Position.objects.filter(person=world.people["Bela"]).delete()
    world.people["Adda"] = make_person("Adda")
    grant_role(world.people["Adda"], "administrator")
    world.people["Olga"] = make_person("Olga")
    grant_role(world.people["Olga"], "auditor")
    assert found("Nora", "ama") == ["Amal"]
    assert found("Nora", "am") == []
    assert found("Nora", "bela") == ["Bela"]
    assert found("Nora", "hana") == []
    assert found("Nora", "HANA@example.org") == ["Hana"]
    assert found("Dora", "ama") == ["Amal"]
    assert found("Dora", "chiara@example.org") == found("Dora", "bela") == []
    assert found("Mona", "chiara") == []
    # Who administers keeps nobody's staff: she asks for the address.
    assert found("Adda", "ama") == []
    assert found("Adda", "chiara@example.org") == ["Chiara"]
    assert "Find" not in world.ask("Olga", "/people/roles/").content.decode().partition("<main")[2]
    assert found("Olga", "amal") == []
    assert world.ask("Dora", f"/people/roles/give/{world.people['Chiara'].public}/").status_code == 404


def test_a_manager_enters_corrects_and_ends(world: World) -> None:
    add = f"/people/agency/{world.agency.public}/add/"
    sent = {"name": "Ines", "email": "ines@example.org", "profession": world.nurse.pk, "since": TODAY, "stage": "in"}
    assert world.ask("Bela", add, **sent).status_code == 404
    assert world.ask("Mona", f"/people/agency/{world.elsewhere.public}/add/", **sent).status_code == 404
    assert world.ask("Mona", add, **sent).status_code == 302
    ines = Person.objects.get(email="ines@example.org")
    again = world.ask("Mona", add, **sent | {"name": "Other"})
    assert "cannot be used here" in again.content.decode()
    assert not Person.objects.filter(name="Other").exists()
    change = f"/people/person/{ines.public}/change/"
    assert world.ask("Mona", change, name="Inés", email="", language="es").status_code == 302
    ines.refresh_from_db()
    assert (ines.name, ines.email, ines.language) == ("Inés", None, "es")
    position = Position.objects.get(person=ines)
    end = f"/people/position/{position.pk}/end/"
    assert "must come after it" in world.ask("Mona", end, until=TODAY - timedelta(days=3)).content.decode()
    assert world.ask("Chiara", end, until=TODAY + timedelta(days=3)).status_code == 404
    assert world.ask("Mona", end, until=TODAY + timedelta(days=3)).status_code == 302


def test_a_coordinator_enters_an_agency_and_moves_a_territory(world: World) -> None:
    sent = {"name": "Shelter", "sector": world.agency.sector.pk, "territory": world.area.pk}
    assert world.ask("Mona", "/people/agency/add/", **sent).status_code == 404
    assert world.ask("Dora", "/people/agency/add/", **sent).status_code == 302
    assert Agency.objects.get(name="Shelter").territory == world.area
    outside = world.ask("Dora", "/people/agency/add/", **sent | {"territory": world.country.pk, "name": "Far one"})
    assert outside.status_code == 200
    assert not Agency.objects.filter(name="Far one").exists()
    assert world.ask("Dora", "/people/territories/add/", name="Ward", parent=world.area.pk).status_code == 302
    move = f"/people/territories/{world.country.pk}/move/"
    assert "in a circle" in world.ask("Nora", move, parent=world.area.pk).content.decode()
    ward = Territory.objects.get(name="Ward")
    assert world.ask("Nora", f"/people/territories/{ward.pk}/move/", parent=world.country.pk).status_code == 302
    assert "Ward" in world.ask("Amal", f"/people/territories/?in={world.country.pk}").content.decode()
    assert world.ask("Amal", "/people/territories/?in=x").status_code == 404


def test_a_role_needs_two_people(world: World) -> None:
    give = f"/people/roles/give/{world.people['Amal'].public}/"
    assert world.ask("Bela", give, role="auditor").status_code == 404
    assert world.ask("Nora", give, role="local_coordinator", territory=world.area.pk).status_code == 302
    role = Role.objects.get(person=world.people["Amal"])
    confirm = f"/people/roles/{role.pk}/confirm/"
    world.ask("Nora", confirm, go="1")
    role.refresh_from_db()
    assert role.confirmed_by is None
    assert "1 role waits" in world.ask("Nadia", "/people/roles/").content.decode()
    world.ask("Nadia", confirm, go="1")
    role.refresh_from_db()
    assert role.confirmed_by == world.people["Nadia"]
    assert world.ask("Mona", f"/people/roles/{role.pk}/end/", go="1").status_code == 404
    world.ask("Nadia", f"/people/roles/{role.pk}/end/", go="1")
    role.refresh_from_db()
    assert role.until is not None


def test_alone_the_page_says_when_and_lets_her_withdraw(world: World) -> None:
    Role.objects.filter(person=world.people["Nadia"]).delete()
    give = f"/people/roles/give/{world.people['Amal'].public}/"
    world.ask("Nora", give, role="author")
    role = Role.objects.get(person=world.people["Amal"])
    assert role.alone_at is not None
    said = (
        "No second person can confirm this yet. It takes effect by itself tomorrow at "
        f"{timezone.localtime(role.alone_at):%H:%M} unless you withdraw it."
    )
    page = world.ask("Nora", "/people/roles/").content.decode()
    assert said in page
    assert "Withdraw" in page
    assert "Withdraw" not in world.ask("Mona", "/people/roles/").content.decode()
    world.ask("Nora", f"/people/roles/{role.pk}/end/", go="1")
    page = world.ask("Nora", "/people/roles/").content.decode()
    assert "No role waits" in page
    role.refresh_from_db()
    assert role.until is not None


def test_a_list_is_checked_then_taken_in(world: World, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path

    def bring(name: str, text: str, **more: str) -> Any:
        file = SimpleUploadedFile("list.csv", text.encode())
        return world.ask(name, "/people/import/", kind="people", file=file, columns="", **more)

    text = "Full name,agency,profession\nIda,Clinic,nurse\nOda,Nowhere,nurse\n"
    assert world.ask("Amal", "/people/import/").status_code == 404
    answer = bring("Mona", text)
    page = world.ask("Mona", answer["Location"]).content.decode()
    assert "1 line has to be corrected" in page
    assert "There is no agency “Nowhere”." in page
    assert not Person.objects.filter(name="Ida").exists()
    answer = bring("Mona", text.replace("Oda,Nowhere,nurse\n", ""))
    path = answer["Location"]
    assert world.ask("Nora", path).status_code == 404
    assert "1 new, 0 changed, 0 already there" in world.ask("Mona", path).content.decode()
    assert not Person.objects.filter(name="Ida").exists()
    assert "/progress/" in world.ask("Mona", path, go="1")["Location"]
    take_in_file.func(ImportFile.objects.latest("pk").pk)
    assert Person.objects.filter(name="Ida").count() == 1
    assert "The list is taken in" in world.ask("Mona", path).content.decode()
    world.ask("Mona", path, go="1")
    assert Person.objects.filter(name="Ida").count() == 1


def test_who_builds_brings_agencies_too(world: World, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    offered = {
        name: [kind for kind in ("territories", "agencies", "people") if f'value="{kind}"' in page]
        for name in ("Mona", "Dora", "Nora")
        for page in [world.ask(name, "/people/import/").content.decode()]
    }
    assert offered == {
        "Mona": ["people"],
        "Dora": ["agencies", "people"],
        "Nora": ["territories", "agencies", "people"],
    }
    assert "territories, agencies, people" in world.ask("Nora", "/people/import/").content.decode()

    def bring(name: str) -> Any:
        file = SimpleUploadedFile("list.csv", b'"Name, full",sector,territory\nShelter,health,Area\n')
        sent = {"kind": "agencies", "file": file, "columns": 'name="Name, full"'}
        return world.ask(name, "/people/import/", **sent)

    assert bring("Mona").status_code == 200
    path = bring("Dora")["Location"]
    assert "1 new, 0 changed, 0 already there" in world.ask("Dora", path).content.decode()
    world.ask("Dora", path, go="1")
    take_in_file.func(ImportFile.objects.latest("pk").pk)
    assert Agency.objects.get(name="Shelter").territory == world.area


@pytest.mark.parametrize("rows", [1, 3])
def test_a_place_is_chosen_with_what_lies_above_it(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for _n in range(rows):
        region = make_territory(parent=world.country)
        make_agency("Busia Clinic", territory=make_territory("Busia", region))
    named = f"Busia, {region.name}, Country"
    give = f"/people/roles/give/{world.people['Amal'].public}/"
    for path, words, queries in (
        ("/people/agency/add/", [named], 6),
        ("/people/territories/add/", [named, "Area, Country"], 5),
        (f"/people/territories/{region.pk}/move/", [named], 6),
        (give, [named, f"Busia Clinic, {named}"], 10),
        ("/setup/first/", [named], 13),
    ):
        client = Client()
        client.force_login(world.people["Nora"])
        client.get(path)
        with django_assert_num_queries(queries, info=path):
            page = client.get(path).content.decode()
        for said in words:
            assert f">{said}</option>" in page, path


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    for _n in range(rows):
        grant_role(make_position(agency=world.agency).person, "supervisor", world.agency)
        make_agency(territory=world.area)
        make_territory(parent=world.country)
        grant_role(make_person(), "supervisor", world.agency)
    for path, queries in (
        ("/people/", 7),
        (f"/people/agency/{world.agency.public}/", 12),
        ("/people/territories/", 6),
        ("/people/roles/", 7),
    ):
        client = Client()
        client.force_login(world.people["Nora"])
        client.get(path)
        with django_assert_num_queries(queries, info=path):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("role", ["manager", "local_coordinator"])
def test_another_role_beside_the_national_one_still_ends_its_own_posts(world: World, role: str) -> None:
    path = f"/people/agency/{world.agency.public}/"
    amal = f"/people/position/{world.people['Amal'].positions.get().pk}/end/"
    assert amal not in world.ask("Nora", path).content.decode()
    grant_role(world.people["Nora"], role, world.agency if role == "manager" else world.area)
    assert amal in world.ask("Nora", path).content.decode()
    assert world.ask("Nora", amal).status_code == 200
