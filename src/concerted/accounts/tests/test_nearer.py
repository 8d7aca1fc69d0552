"""Whoever coordinates the country decides about single people, and reads their names, only where nobody nearer does."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.accounts.models import JoinRequest
from concerted.accounts.services.joining import answer_request
from concerted.capacity.models import OutsideClaim
from concerted.capacity.services import decide_claim, grant_exemption
from concerted.capacity.tests.factories import make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
    make_profession,
    make_territory,
)

pytestmark = pytest.mark.django_db
TODAY, NOW = timezone.localdate(), timezone.now()


class World:
    """Dora coordinates one area, nobody the other; Nora the country. Amal works in the first, Zoe in the second."""

    def __init__(self) -> None:
        country = make_territory("Country")
        self.led, self.unled = make_territory("Led", country), make_territory("Unled", country)
        self.dora, self.nora = make_person("Dora"), make_person("Nora")
        grant_role(self.dora, "local_coordinator", self.led)
        grant_role(self.nora, "national_coordinator")
        self.clinic, self.school = (
            make_agency("Clinic", territory=self.led),
            make_agency("School", territory=self.unled),
        )
        self.amal, self.zoe = make_person("Amal Saab"), make_person("Zoe Lang")
        make_position(self.amal, self.clinic)
        make_position(self.zoe, self.school)
        self.nurse = make_profession("nurse")

    def claim(self, person: Person, **facts: Any) -> OutsideClaim:
        place = person.positions.first()
        facts = {"agency": place.agency if place else None, "by": person} | facts
        facts |= {"title": f"Course {OutsideClaim.objects.count()}", "achieved_on": TODAY, "provider": "x", "at": NOW}
        return OutsideClaim.objects.create(person=person, **facts, proof=ContentFile(b"%PDF-1.7", "x.pdf"))

    def request(self, name: str, agency: Any) -> JoinRequest:
        return JoinRequest.objects.create(
            person=make_person(name), agency=agency, profession=self.nurse, since=TODAY, at=NOW
        )


@pytest.fixture
def world() -> World:
    return World()


def said(person: Person, path: str) -> str:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return str(client.get(path).content.decode())


def status(person: Person, path: str) -> int:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    answer = client.get(path)
    if answer.streaming:
        list(answer)
    return int(answer.status_code)


def test_training_elsewhere_is_confirmed_by_who_is_nearest(world: World) -> None:
    near, far, alone = (world.claim(person) for person in (world.amal, world.zoe, make_person("Lena Roth")))
    pages = {name: said(getattr(world, name), "/capacity/outside/") for name in ("dora", "nora")}
    names = ("Amal Saab", "Zoe Lang", "Lena Roth")
    seen = {name: [who for who in names if who in page] for name, page in pages.items()}
    assert seen == {"dora": ["Amal Saab"], "nora": ["Zoe Lang", "Lena Roth"]}
    assert "1 record waits for a local coordinator" in pages["nora"]
    assert "local coordinator, who alone" not in pages["dora"]
    assert [status(world.nora, f"/capacity/outside/{claim.pk}/proof/") for claim in (near, far, alone)] == [
        404,
        200,
        200,
    ]
    with pytest.raises(Http404):
        decide_claim(near.pk, accept=True, by=world.nora, at=NOW)
    for claim in (far, alone):
        assert decide_claim(claim.pk, accept=True, by=world.nora, at=NOW).state == "confirmed"
    assert "1 record of training done elsewhere waits" not in said(world.nora, "/")


def test_what_the_nearest_cannot_decide_goes_to_the_country(world: World) -> None:
    make_position(world.dora, world.clinic)
    told, hers = world.claim(world.amal, by=world.dora), world.claim(world.dora)
    page = said(world.nora, "/capacity/outside/")
    assert "Amal" in page
    assert "Dora" in page
    for claim in (told, hers):
        assert decide_claim(claim.pk, accept=True, by=world.nora, at=NOW).state == "confirmed"
    second = make_person("Second")
    grant_role(second, "local_coordinator", world.led)
    assert "Course" not in said(world.nora, "/capacity/outside/")


def test_a_role_that_waits_or_ended_is_not_nearer(world: World) -> None:
    world.claim(world.zoe)
    for facts in ({"by": world.nora}, {"until": TODAY}, {"since": TODAY + timedelta(days=1)}):
        grant_role(make_person(), "local_coordinator", world.unled, **facts)
        assert "Zoe Lang" in said(world.nora, "/capacity/outside/")
    grant_role(make_person(), "local_coordinator", world.unled)
    assert "Zoe Lang" not in said(world.nora, "/capacity/outside/")


def test_exemptions_likewise(world: World) -> None:
    mandate = make_mandate("core")
    days = {"from_day": TODAY, "until_day": TODAY + timedelta(days=9), "reason": "x", "authority": "y", "at": NOW}
    for person in (world.amal, world.zoe):
        grant_exemption(person, mandate, **days, by=None)
    lone = make_person("Lena Roth")
    page = said(world.nora, "/capacity/exempt/")
    assert "Zoe" in page
    assert "Amal" not in page
    assert "Amal" in said(world.dora, "/capacity/exempt/")
    found = {
        who: who in said(world.nora, f"/capacity/exempt/?who={who}").partition("<main")[2]
        for who in ("Zoe Lang", "Lena Roth")
    }
    assert found == {"Zoe Lang": True, "Lena Roth": True}
    assert "Amal Saab</" not in said(world.nora, "/capacity/exempt/?who=Amal")
    statuses = [status(world.nora, f"/capacity/person/{one.public}/exempt/") for one in (world.amal, world.zoe, lone)]
    assert statuses == [404, 200, 200]
    with pytest.raises(Http404):
        grant_exemption(world.amal, mandate, **days | {"from_day": TODAY + timedelta(days=1)}, by=world.nora)


def test_requests_to_join_likewise(world: World) -> None:
    near, far = world.request("Hana Ode", world.clinic), world.request("Ines Pau", world.school)
    doors = {agency: f"/account/agency/{agency.public}/" for agency in (world.clinic, world.school)}
    assert "Hana Ode" not in said(world.nora, doors[world.clinic])
    assert "Hana Ode" in said(world.dora, doors[world.clinic])
    assert "Ines Pau" in said(world.nora, doors[world.school])
    with pytest.raises(Http404):
        answer_request(near, accept=True, by=world.nora, at=NOW)
    assert answer_request(far, accept=True, by=world.nora, at=NOW).state == "accepted"
    # A manager answers for her own agency, whoever coordinates there.
    manager = make_person("Mona")
    grant_role(manager, "manager", world.clinic)
    assert "Hana Ode" in said(manager, doors[world.clinic])
