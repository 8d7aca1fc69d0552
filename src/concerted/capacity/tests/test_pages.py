from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity import queries, services
from concerted.capacity.models import OutsideClaim
from concerted.capacity.tests.factories import make_credential, make_mandate
from concerted.directory.models import Audience
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_audience,
    make_person,
    make_position,
    make_territory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


class World:
    """Amal practises, Bela beside her, Chiara elsewhere; Dora coordinates the region, Mona manages Amal's agency."""

    def __init__(self) -> None:
        self.country = make_territory("Country")
        self.region = make_territory("Region", self.country)
        self.other_region = make_territory("Other region", self.country)
        self.agency = make_agency("Clinic", territory=make_territory("Area", self.region))
        self.elsewhere = make_agency("Court", territory=make_territory("Other area", self.other_region))
        self.amal, self.bela, self.chiara = make_person("Amal"), make_person("Bela"), make_person("Chiara")
        self.dora, self.mona, self.nora = make_person("Dora"), make_person("Mona"), make_person("Nora")
        for person, agency in ((self.amal, self.agency), (self.bela, self.agency), (self.chiara, self.elsewhere)):
            make_position(person, agency)
        grant_role(self.dora, "local_coordinator", self.region)
        grant_role(self.mona, "manager", self.agency)
        grant_role(self.nora, "national_coordinator")
        self.credential = make_credential()
        self.mandate = make_mandate("core", credential=self.credential)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def ask(client: Client) -> Any:
    def ask(actor: Any, path: str, **data: Any) -> Any:
        client.force_login(actor)
        return client.post(path, data) if data else client.get(path)

    return ask


def test_strangers_do_not_see_a_record(world: World, ask: Any) -> None:
    path = f"/capacity/person/{world.amal.public}/"
    seen = {p.name: ask(p, path).status_code for p in (world.amal, world.bela, world.chiara, world.dora, world.mona)}
    assert seen == {"Amal": 200, "Bela": 404, "Chiara": 404, "Dora": 404, "Mona": 200}


def test_strangers_do_not_see_names_on_a_board(world: World, ask: Any) -> None:
    path = f"/capacity/agency/{world.agency.pk}/"
    assert [ask(p, path).status_code for p in (world.amal, world.bela, world.chiara)] == [404, 404, 404]
    counts = ask(world.dora, path)
    assert counts.status_code == 200
    assert b"Amal" not in counts.content
    assert b"Amal" in ask(world.mona, path).content
    assert ask(world.mona, f"/capacity/agency/{world.elsewhere.pk}/").status_code == 404
    assert ask(world.dora, f"/capacity/agency/{world.elsewhere.pk}/").status_code == 404


def test_a_local_coordinator_sees_her_own_region_only(world: World, ask: Any) -> None:
    assert b"Area" in ask(world.dora, "/capacity/").content
    assert ask(world.dora, f"/capacity/?in={world.other_region.pk}").status_code == 404
    assert ask(world.dora, f"/capacity/?in={world.country.pk}").status_code == 404
    assert ask(world.amal, "/capacity/").status_code == 404
    national = ask(world.nora, "/capacity/").content.decode()
    assert "Region" in national
    assert "Other region" in national


def test_a_cell_opens_to_its_reason(world: World, ask: Any) -> None:
    page = ask(world.nora, f"/capacity/?cell={world.region.pk}-{world.mandate.pk}").content.decode()
    assert "2 have no record of it" in page
    assert "Amal" not in page


def test_what_works_for_the_whole_stands_in_a_line_of_its_own(world: World, ask: Any) -> None:
    assert b"Country itself" not in ask(world.nora, "/capacity/").content
    make_position(agency=make_agency("Helpline", territory=world.country))
    services.rebuild(at=timezone.now())
    page = ask(world.nora, "/capacity/").content.decode()
    assert "Country itself" in page
    opened = ask(world.nora, f"/capacity/?cell={world.country.pk}-{world.mandate.pk}").content.decode()
    assert "1 has no record of it" in opened or "1 have no record of it" in opened


def test_the_picture_of_a_past_day(world: World, ask: Any) -> None:
    make_mandate("later", from_day=TODAY, first_due_months=0)
    assert b"Later" in ask(world.nora, "/capacity/").content
    assert b"Later" not in ask(world.nora, f"/capacity/?on={TODAY - timedelta(days=1)}").content
    assert b"Today is shown" in ask(world.nora, "/capacity/?on=tomorrow").content


@pytest.mark.parametrize(
    "query", ["on=9999-12-31", "on=0001-01-01", f"page={'9' * 18}", f"page={'9' * 5000}", "page=0"]
)
def test_numbers_nobody_means_are_no_mistake_of_ours(world: World, ask: Any, query: str) -> None:
    for person, path in ((world.mona, "/"), (world.nora, f"/capacity/agency/{world.agency.pk}/")):
        assert ask(person, f"{path}?{query}").status_code == 200
    assert ask(world.nora, f"/capacity/?{query}").status_code == 200
    assert ask(world.nora, f"/capacity/?in={'9' * 5000}").status_code == 404


def test_a_page_of_a_list_that_became_shorter_shows_its_end(world: World, ask: Any) -> None:
    services.rebuild(at=timezone.now())
    first = ask(world.mona, "/").content.decode().partition("<main")[2]
    assert "Amal" in first
    assert "Amal" in ask(world.mona, "/?page=7").content.decode().partition("<main")[2]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_rows(world: World, ask: Any, number: int, django_assert_num_queries: Any) -> None:
    for n in range(number):
        make_position(agency=make_agency(territory=make_territory(parent=world.country)))
        make_position(agency=world.agency)
        make_mandate(f"more-{n}")
    ask(world.nora, "/capacity/")
    with django_assert_num_queries(PICTURE_QUERIES):
        ask_again(ask, world.nora, "/capacity/")
    ask(world.mona, f"/capacity/agency/{world.agency.pk}/")
    with django_assert_num_queries(BOARD_QUERIES):
        ask_again(ask, world.mona, f"/capacity/agency/{world.agency.pk}/")


PICTURE_QUERIES = 9
BOARD_QUERIES = 9


def ask_again(ask: Any, person: Any, path: str) -> None:
    assert ask.__closure__[0].cell_contents.get(path).status_code == 200


def test_a_manager_records_and_a_coordinator_confirms(world: World, ask: Any) -> None:
    path = f"/capacity/outside/agency/{world.agency.pk}/"
    sent = {
        "person": world.amal.pk,
        "credential": world.credential.pk,
        "achieved_on": TODAY.isoformat(),
        "provider": "University",
    }
    assert ask(world.chiara, path, **sent).status_code == 404
    assert ask(world.mona, path, **sent).status_code == 302
    assert b"already on record" in ask(world.mona, path, **sent).content
    claim = OutsideClaim.objects.get()
    assert b"University" in ask(world.dora, "/capacity/outside/").content
    assert ask(world.dora, "/capacity/outside/", claim=claim.pk, accept="yes").status_code == 302
    claim.refresh_from_db()
    assert claim.state == "confirmed"


def test_a_mandate_goes_through_two_people(world: World, ask: Any) -> None:
    second = make_person("Second")
    grant_role(second, "national_coordinator")
    sent = {
        "code": "annual",
        "name": "Annual refresher",
        "audience": make_audience().pk,
        "credential": world.credential.pk,
        "basis": "Act 7, article 2",
        "authority": "Ministry",
        "cycle": "rolling",
        "months": "12",
        "first_due_months": "3",
        "warn_days": "30",
        "grace_days": "0",
        "from_day": TODAY.isoformat(),
    }
    assert ask(world.mona, "/capacity/mandates/new/", **sent).status_code == 404
    assert ask(world.nora, "/capacity/mandates/new/", **sent).status_code == 302
    page = "/capacity/mandates/annual/1/confirm/"
    ask(world.nora, page, confirm="1")
    assert b"A second person confirms it" in ask(world.nora, "/capacity/mandates/annual/").content
    assert ask(second, page, confirm="1").status_code == 302
    assert b"being recounted" in ask(second, "/capacity/mandates/annual/").content
    services.rebuild(at=timezone.now())


def test_reminding_twice_on_a_day_writes_one_notice(world: World, ask: Any) -> None:
    from concerted.post.models import Notice

    path = f"/capacity/agency/{world.agency.pk}/remind/"
    ask(world.mona, path, go="1")
    ask(world.mona, path, go="1")
    assert Notice.objects.filter(kind="overdue").count() == 2
    assert ask(world.chiara, path, go="1").status_code == 404


def test_the_lines_of_the_picture_lead_down(world: World, ask: Any) -> None:
    page = ask(world.nora, "/capacity/").content.decode()
    assert f'href="/capacity/?on={TODAY}&amp;in={world.region.pk}"' in page
    below = ask(world.nora, f"/capacity/?on={TODAY}&in={world.region.pk}").content.decode()
    assert "Area" in below
    assert f"/capacity/agency/{world.agency.pk}/" not in below


def test_a_local_coordinator_binds_her_own_territory_only(world: World, ask: Any) -> None:
    sent = {
        "code": "local",
        "name": "Local rule",
        "within": world.region.pk,
        "credential": world.credential.pk,
        "basis": "By-law 3",
        "authority": "Region",
        "cycle": "once",
        "first_due_months": "3",
        "warn_days": "30",
        "grace_days": "0",
        "from_day": TODAY.isoformat(),
    }
    far = ask(world.dora, "/capacity/mandates/new/", **sent | {"within": world.other_region.pk})
    assert far.status_code == 200, "the form is shown again"
    assert ask(world.dora, "/capacity/mandates/new/", **sent).status_code == 302
    second, stranger = make_person("Second"), make_person("Far")
    grant_role(second, "local_coordinator", world.region)
    grant_role(stranger, "local_coordinator", world.other_region)
    page = "/capacity/mandates/local/1/confirm/"
    assert ask(stranger, page, go="1").status_code == 404
    assert ask(second, page, go="1").status_code == 302
    services.rebuild(at=timezone.now())
    assert [line.mandate for line in queries.standings_of(world.amal, TODAY)] == ["Core", "Local rule"]
    assert [line.mandate for line in queries.standings_of(world.chiara, TODAY)] == ["Core"]


def test_a_local_coordinator_cannot_end_what_binds_the_country(world: World, ask: Any) -> None:
    page = ask(world.dora, "/capacity/mandates/core/").content
    assert b"next version" not in page
    sent = {"within": world.region.pk, "credential": world.credential.pk, "basis": "x", "authority": "x"}
    sent |= {"cycle": "once", "first_due_months": "3", "warn_days": "0", "grace_days": "0"}
    answer = ask(world.dora, "/capacity/mandates/core/next/", from_day=TODAY.isoformat(), **sent)
    assert answer.status_code == 404
    assert world.mandate.versions.count() == 1


def test_audiences_of_one_name_are_told_apart(world: World, ask: Any) -> None:
    for place in (world.agency, world.elsewhere):
        version = make_audience(name="Nurses")
        Audience.objects.filter(pk=version.audience_id).update(scope_kind="agency", scope_id=place.pk)
    page = ask(world.nora, "/capacity/mandates/new/").content.decode()
    assert "Nurses – Clinic" in page
    assert "Nurses – Court" in page
