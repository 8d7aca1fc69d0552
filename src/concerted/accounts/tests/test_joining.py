"""Code, request, invitation: who gets in, who is refused, what is stored."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.accounts.models import Invitation, JoinCode, JoinRequest
from concerted.accounts.services import joining
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
    make_profession,
    make_territory,
)
from concerted.ledger.models import Entry
from concerted.post.models import Letter, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Amal and Bela in one agency, Mona its manager, Chiara manager elsewhere, Dora coordinator, Nadia new."""
    region = make_territory("Region")
    agency = make_agency("Clinic", territory=make_territory("Area", parent=region))
    other = make_agency("Station")
    names = ("Amal", "Bela", "Mona", "Chiara", "Dora", "Nadia")
    people = {name: make_person(name, email=f"{name.lower()}@example.org") for name in names}
    for name in ("Amal", "Bela", "Mona"):
        make_position(people[name], agency)
    make_position(people["Chiara"], other)
    grant_role(people["Mona"], "manager", agency)
    grant_role(people["Chiara"], "manager", other)
    grant_role(people["Dora"], "local_coordinator", region)
    return people | {"agency": agency, "other": other, "nurse": make_profession()}


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def code_of(world: dict[str, Any], days: int = 1) -> JoinCode:
    return JoinCode.objects.create(agency=world["agency"], until=timezone.localdate() + datetime.timedelta(days=days))


def test_code_counts_in_at_once_and_twice_is_once(world: dict[str, Any]) -> None:
    code = code_of(world).code
    client = signed_in(world["Nadia"])
    typed = f"{code[:4].lower()} {code[4:]}"
    for _click in range(2):
        answer = client.post("/account/where/", {"code": typed, "profession": world["nurse"].pk})
        assert answer.status_code == 302
    position = world["Nadia"].positions.get()
    assert position.agency == world["agency"]
    assert position.since == timezone.localdate()


@pytest.mark.parametrize("days", [-1, None])
def test_code_run_out_and_code_unknown_are_answered_alike(world: dict[str, Any], days: int | None) -> None:
    code = "AAAA2222" if days is None else code_of(world, days).code
    answer = signed_in(world["Nadia"]).post("/account/where/", {"code": code, "profession": world["nurse"].pk})
    assert b"This code opens nothing. It may have run out: ask your agency for a new one." in answer.content
    assert not world["Nadia"].positions.exists()


def test_ended_code_opens_nothing(world: dict[str, Any]) -> None:
    code = code_of(world)
    joining.end_code(code, by=world["Mona"], at=timezone.now())
    with pytest.raises(joining.CodeUnknown):
        joining.join_by_code(code.code, profession=world["nurse"], by=world["Nadia"], at=timezone.now())


def test_codes_cannot_be_guessed_for_long(world: dict[str, Any]) -> None:
    client = signed_in(world["Nadia"])
    for _guess in range(11):
        answer = client.post("/account/where/", {"code": "AAAA2222", "profession": world["nurse"].pk})
    assert answer.status_code == 429


def ask(world: dict[str, Any]) -> JoinRequest:
    day = timezone.localdate() - datetime.timedelta(days=400)
    return joining.ask_to_join(
        world["agency"], profession=world["nurse"], since=day, by=world["Nadia"], at=timezone.now()
    )


def test_request_tells_the_manager_and_yes_counts_in(world: dict[str, Any]) -> None:
    client = signed_in(world["Nadia"])
    assert b"Clinic" in client.get("/account/where/?find=clin").content
    page = f"/account/where/{world['agency'].public}/"
    for _click in range(2):
        client.post(page, {"profession": world["nurse"].pk, "since": "2024-05-02"})
    asked = JoinRequest.objects.get()
    assert [n.person for n in Notice.objects.all()] == [world["Mona"]]
    door = f"/account/agency/{world['agency'].public}/"
    mona = signed_in(world["Mona"])
    assert b"Nadia" in mona.get(door).content
    for _click in range(2):
        assert mona.post(f"{door}request/{asked.pk}/", {"answer": "yes"}).status_code == 302
    position = world["Nadia"].positions.get()
    assert position.since == datetime.date(2024, 5, 2)
    assert Notice.objects.filter(person=world["Nadia"], kind="join_accepted").count() == 1
    assert Entry.objects.filter(verb="accepted a request to join", by_id=world["Mona"].pk).exists()


def test_no_gives_no_position_and_she_may_ask_again(world: dict[str, Any]) -> None:
    asked = ask(world)
    joining.answer_request(asked, accept=False, by=world["Dora"], at=timezone.now())
    assert not world["Nadia"].positions.exists()
    with pytest.raises(joining.AlreadyAnswered):
        joining.answer_request(asked, accept=True, by=world["Mona"], at=timezone.now())
    ask(world)
    with pytest.raises(joining.AlreadyAsked):
        ask(world)


def test_where_there_is_no_manager_the_coordinator_is_asked(world: dict[str, Any]) -> None:
    world["Mona"].roles.all().delete()
    ask(world)
    assert [n.person for n in Notice.objects.all()] == [world["Dora"]]


def link() -> str:
    return re.search(r"http://[^/]+(/\S+)", Letter.objects.latest("id").body)[1]  # type: ignore[index]


def invite(world: dict[str, Any], email: str = "new@example.org") -> str:
    door = f"/account/agency/{world['agency'].public}/"
    data = {"emails": email, "profession": world["nurse"].pk}
    assert signed_in(world["Mona"]).post(f"{door}invite/", data).status_code == 302
    return link()


def test_invited_stranger_makes_an_account_and_is_counted_in(world: dict[str, Any]) -> None:
    address = invite(world)
    client = Client()
    assert b"Clinic invites you" in client.get(address).content
    data = {"name": "Salma", "password": "river stone lamp", "language": "ar"}
    assert client.post(address, data).status_code == 302
    assert client.get("/account/").status_code == 200
    assert world["agency"].positions.filter(person__email="new@example.org").count() == 1
    assert Client().post(address, data).status_code == 410


def test_invited_person_with_an_account_signs_in_to_accept(world: dict[str, Any]) -> None:
    nadia = world["Nadia"]
    nadia.set_password("river stone lamp")
    nadia.save()
    address = invite(world, "nadia@example.org")
    assert b"Sign in to answer" in Client().get(address).content
    assert b"another address" in signed_in(world["Chiara"]).post(address).content
    client = signed_in(nadia)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 410
    assert nadia.positions.count() == 1


def test_several_are_invited_at_once_and_again_ends_the_letter_before(world: dict[str, Any]) -> None:
    first = invite(world, "a@example.org, b@example.org\na@example.org")
    assert Invitation.objects.count() == Letter.objects.count() == 2
    invite(world, "b@example.org")
    assert Client().get(first).status_code == 410
    assert all("example" not in letter.subject and "Clinic" not in letter.body for letter in Letter.objects.all())


def test_wrong_address_is_named_and_nothing_is_sent(world: dict[str, Any]) -> None:
    door = f"/account/agency/{world['agency'].public}/invite/"
    answer = signed_in(world["Mona"]).post(door, {"emails": "a@example.org nonsense", "profession": world["nurse"].pk})
    assert b"Not an e-mail address: nonsense" in answer.content
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["Amal", "Bela", "Chiara", "Nadia"])
def test_strangers_find_no_door(world: dict[str, Any], name: str) -> None:
    asked, code = ask(world), code_of(world)
    door = f"/account/agency/{world['agency'].public}/"
    client = signed_in(world[name])
    assert client.get(door).status_code == 404
    for path in ("invite/", "code/", f"code/{code.pk}/end/", f"request/{asked.pk}/"):
        data = {"emails": "x@example.org", "profession": world["nurse"].pk, "until": "2026-12-31", "answer": "yes"}
        expected = (404, 302) if name == "Nadia" and "request" in path else (404,)
        assert client.post(door + path, data).status_code in expected
    asked.refresh_from_db()
    assert asked.state == "waiting", "she cannot answer her own request"
    assert not Invitation.objects.exists()
    assert JoinCode.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize("name", ["Mona", "Dora"])
def test_those_who_may_open_the_door(world: dict[str, Any], name: str) -> None:
    client = signed_in(world[name])
    door = f"/account/agency/{world['agency'].public}/"
    assert client.get(door).status_code == 200
    until = timezone.localdate() + datetime.timedelta(days=7)
    assert client.post(f"{door}code/", {"until": until.isoformat()}).status_code == 302
    code = JoinCode.objects.get()
    client.post(f"{door}code/{code.pk}/end/")
    code.refresh_from_db()
    assert code.ended_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_door_asks_no_more_for_more_rows(world: dict[str, Any], rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        person = make_person(f"New {number}")
        joining.ask_to_join(
            world["agency"], profession=world["nurse"], since=datetime.date(2024, 1, 1), by=person, at=timezone.now()
        )
        code_of(world)
    client = signed_in(world["Mona"])
    with django_assert_num_queries(8):
        client.get(f"/account/agency/{world['agency'].public}/")


def test_staff_page_shows_where_people_wait_first_and_own_doors_only(world: dict[str, Any]) -> None:
    ask(world)
    make_agency("Aardvark Clinic", territory=world["agency"].territory)
    dora = signed_in(world["Dora"]).get("/account/staff/").content.decode()
    assert dora.index("1 waits") < dora.index("Aardvark")
    assert "Station" not in dora
    assert "Aardvark" not in signed_in(world["Dora"]).get("/account/staff/?find=clinic x").content.decode()
    chiara = signed_in(world["Chiara"]).get("/account/staff/").content.decode()
    assert "Station" in chiara
    assert "Aardvark" not in chiara
    for name in ("Amal", "Bela", "Nadia"):
        assert signed_in(world[name]).get("/account/staff/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_staff_page_asks_no_more_for_more_rows(
    world: dict[str, Any], rows: int, django_assert_num_queries: Any
) -> None:
    for _row in range(rows):
        make_agency(territory=world["agency"].territory)
    client = signed_in(world["Dora"])
    with django_assert_num_queries(5):
        client.get("/account/staff/")


def test_own_pages_are_for_oneself(world: dict[str, Any]) -> None:
    for path in ("/account/", "/account/details/", "/account/sessions/", "/account/where/"):
        assert Client().get(path).status_code == 302
        assert signed_in(world["Amal"]).get(path).status_code == 200


def test_details_change_name_and_language_only(world: dict[str, Any]) -> None:
    client = signed_in(world["Amal"])
    client.post("/account/details/", {"name": "Amal H.", "language": "ar", "email": "evil@example.org"})
    world["Amal"].refresh_from_db()
    assert (world["Amal"].name, world["Amal"].language, world["Amal"].email) == ("Amal H.", "ar", "amal@example.org")
    assert b'dir="rtl"' in client.get("/account/").content
