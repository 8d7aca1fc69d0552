"""Who asks not to be shown is found by no colleague, from the next page on."""

from typing import Any

import pytest
from django.test import Client

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_one_tick_hides_her_and_taking_it_away_shows_her_again() -> None:
    agency = make_agency("Clinic")
    amal, bela, mona = make_person("Amal"), make_person("Bela"), make_person("Mona")
    for person in (amal, bela, mona):
        make_position(person, agency)
    grant_role(mona, "manager", agency)
    own, colleague, manager = signed_in(amal), signed_in(bela), signed_in(mona)
    page, staff = f"/people/person/{amal.public}/", f"/people/agency/{agency.public}/"

    def shown(client: Client) -> bool:
        return b"Amal" in client.get(staff).content

    assert shown(colleague)
    said: dict[str, Any] = {"name": "Amal", "language": "en"}
    assert own.post("/account/details/", said | {"hidden": "on"}).status_code == 302
    assert b"checked" in own.get("/account/details/").content
    assert not shown(colleague)
    assert colleague.get(page).status_code == 404
    assert shown(manager), "somebody has to keep her post right, and the page says so"
    assert own.get(page).status_code == 200
    assert own.post("/account/details/", said).status_code == 302
    assert shown(colleague)
