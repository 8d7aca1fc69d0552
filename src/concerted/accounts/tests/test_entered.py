"""An address entered for somebody is answered alike whether it is known here; its owner alone is asked."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concerted.accounts.services.sign_up import open_account_of
from concerted.capacity.models import Evidence, Exemption, OutsideClaim
from concerted.capacity.services import grant_exemption
from concerted.capacity.services.reminders import remind_overdue
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory import services
from concerted.directory.jobs import ask_owners, take_in_file
from concerted.directory.models import EnteredAddress, ImportFile, Membership, Person, Position, Role
from concerted.directory.queries.entered import address_shown
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_group,
    make_person,
    make_position,
    make_profession,
    make_sector,
    make_territory,
)
from concerted.ledger.models import Entry
from concerted.post.models import Letter, Notice
from concerted.post.queries import outbox
from concerted.post.sending import send_due

pytestmark = pytest.mark.django_db
TODAY, NOW = timezone.localdate(), timezone.now()
ADDRESS = "amal@example.org"
#: What differs between any two answers: the token of a form, a name of a row nobody can guess, its number.
CHANCE = re.compile(r'value="[A-Za-z0-9]{64}"|[0-9a-f-]{36}|/(?:position|record)/\d+/|nonce="[^"]+"')


class World:
    """A clinic that Mona manages, within Dora's area; a court elsewhere; a group of several agencies."""

    def __init__(self) -> None:
        country = make_territory("Country")
        self.area = make_territory("Area", country)
        sector = make_sector("health")
        self.nurse = make_profession("nurse", sector=sector)
        self.clinic = make_agency("Clinic", sector=sector, territory=self.area)
        self.judge = make_profession("judge")
        self.court = make_agency("Court", territory=make_territory("Far", country))
        self.mona, self.dora = make_person("Mona"), make_person("Dora")
        grant_role(self.mona, "manager", self.clinic)
        self.course = make_credential("core")
        grant_role(self.dora, "local_coordinator", self.area)

    def owner(self) -> Person:
        """She has an account and works at the court."""
        person = make_person("Amal Saab", email=ADDRESS, password="river stone lamp")
        make_position(person, self.court, self.judge)
        return person

    def entered(self, by: Person | None = None, email: str = ADDRESS) -> Person:
        """Her entry at the clinic."""
        by = by or self.mona
        person = services.add_person(name="Amal S.", email=email, by=by, at=NOW)
        services.hold_position(person, self.clinic, self.nurse, since=TODAY, by=by, at=NOW)
        return person


@pytest.fixture
def world() -> World:
    return World()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk))
    return client


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def bytes_of(answer: Any) -> tuple[int, str, str]:
    return (
        answer.status_code,
        CHANCE.sub("", str(answer.headers.get("Location"))),
        CHANCE.sub("", answer.content.decode()),
    )


def shapes(captured: CaptureQueriesContext) -> list[str]:
    """What each query asks of which table, without the values in it."""
    return [" ".join(re.findall(r"SELECT|INSERT|UPDATE|DELETE|FROM [^\s(]+|INTO [^\s(]+", q["sql"])) for q in captured]


def by_form(world: World, client: Client) -> Iterator[Any]:
    add = f"/people/agency/{world.clinic.public}/add/"
    sent = {"name": "Amal S.", "email": ADDRESS, "profession": world.nurse.pk, "since": TODAY, "stage": "in"}
    yield client.post(add, sent)
    entry = Person.objects.get(name="Amal S.")
    yield client.post(add, sent | {"name": "Somebody else"})
    yield client.get(f"/people/person/{entry.public}/change/")
    yield client.get(f"/people/agency/{world.clinic.public}/")
    yield client.get(f"/people/person/{entry.public}/")
    yield client.post(f"/people/person/{entry.public}/change/", {"name": "Amal S.", "email": "", "language": ""})
    yield client.post(f"/people/person/{entry.public}/change/", {"name": "Amal S.", "email": ADDRESS, "language": "fr"})
    yield client.get(f"/people/person/{entry.public}/change/")


def by_list(world: World, client: Client) -> Iterator[Any]:
    lines = "name,email,agency,profession\nAmal S.,{0},Clinic,nurse\nBela,bela@example.org,Clinic,nurse\n"
    for text in (lines, lines, lines.replace("Amal", "Zoe"), lines.replace("{0}", "")):
        file = SimpleUploadedFile("staff.csv", text.format(ADDRESS).encode())
        yield client.post("/people/import/", {"kind": "people", "file": file})
        kept = ImportFile.objects.latest("id")
        yield client.get(f"/people/import/{kept.public}/")
        if not kept.checked["errors"]:
            client.post(f"/people/import/{kept.public}/", {"go": "1"})
            take_in_file.call(kept.pk)
            yield client.get(f"/people/import/{kept.public}/")
    for entry in Person.objects.filter(name="Amal S.").order_by("pk"):
        yield client.get(f"/people/person/{entry.public}/change/")


def by_records(world: World, client: Client) -> Iterator[Any]:
    """What else may be asked about an entry by its address, or says whether she can be reached."""
    position = world.entered(Person.objects.get(pk=world.mona.pk)).positions.get()
    Position.objects.filter(pk=position.pk).update(since=TODAY - timedelta(days=900))
    make_mandate("core", credential=world.course)
    file = SimpleUploadedFile("x.csv", f"email,training,day,provider\n{ADDRESS},core,{TODAY},x\n".encode())
    yield client.post(f"/capacity/outside/agency/{world.clinic.pk}/file/", {"file": file}, follow=True)
    answer = client.post(f"/capacity/agency/{world.clinic.pk}/remind/", follow=True)
    assert "1 person was reminded" in answer.content.decode()
    yield answer


def by_invitation(world: World, client: Client) -> Iterator[Any]:
    doors = f"/account/agency/{world.clinic.public}/"
    yield client.post(f"{doors}invite/", {"emails": ADDRESS, "profession": world.nurse.pk})
    yield client.get(doors)


@pytest.mark.parametrize("way", [by_form, by_list, by_records, by_invitation])
@pytest.mark.parametrize("who", ["mona", "dora"])
@pytest.mark.parametrize("account", [True, False])
def test_known_and_unknown_are_answered_byte_for_byte_alike(world: World, way: Any, who: str, account: bool) -> None:
    seen = []
    for known in (False, True):
        with undone():
            owner = world.owner() if known else None
            if owner and not account:
                Person.objects.filter(pk=owner.pk).update(password="!")
            client, told, asked = signed_in(getattr(world, who)), [], []
            if way is by_records and who == "dora":
                return
            if way is by_form and who == "dora":
                # She enters people but corrects no entries: only what she may ask is compared.
                steps: Any = (answer for _n, answer in zip(range(2), by_form(world, client), strict=False))
            else:
                steps = way(world, client)
            while True:
                with CaptureQueriesContext(connection) as captured:
                    answer = next(steps, None)
                if answer is None:
                    break
                told.append(bytes_of(answer))
                asked.append(shapes(captured))
            seen.append((told, asked))
    unknown, known_too = seen
    assert len(unknown[0]) > 1
    for one, other in zip(unknown[0], known_too[0], strict=True):
        assert one == other
    for one, other in zip(unknown[1], known_too[1], strict=True):
        assert one == other


def test_only_the_job_asks_the_owner_and_only_once(world: World) -> None:
    owner = world.owner()
    entry = world.entered()
    entry.refresh_from_db()
    assert (entry.email, address_shown(entry)) == (None, ADDRESS)
    assert not Notice.objects.exists()
    row = EnteredAddress.objects.get()
    for _run in range(2):
        ask_owners.call([row.pk])
    assert Notice.objects.get().person == owner
    assert (Notice.objects.get().link, Letter.objects.get().to) == ("/people/entries/", ADDRESS)
    assert "Clinic" not in Letter.objects.get().body


def test_nobody_is_asked_about_an_address_nobody_has_shown_to_be_hers(world: World) -> None:
    make_position(make_person("Entry elsewhere", email=ADDRESS), world.court)
    world.entered()
    ask_owners.call([EnteredAddress.objects.get().pk])
    assert not Notice.objects.exists()
    # The day she opens an account with it she is asked.
    owner = open_account_of(email=ADDRESS, name="Amal", hashed="!", language="en", at=NOW)
    assert Notice.objects.get().person == owner


def test_within_ones_own_staff_the_same_address_twice_is_told(world: World) -> None:
    world.owner()
    world.entered()
    for again in (ADDRESS, ADDRESS.upper()):
        with pytest.raises(services.PersonRefused, match="cannot be used here"):
            services.add_person(name="Other", email=again, by=world.mona, at=NOW)
    with pytest.raises(services.PersonRefused, match="cannot be used here"):
        services.add_person(name="Other", email=ADDRESS, by=None, at=NOW)


def test_yes_makes_everything_of_the_entry_hers(world: World) -> None:
    owner, entry = world.owner(), world.entered()
    group = make_group("Night duty", world.area, entry)
    course = world.course
    achieve(entry, course, TODAY - timedelta(days=9))
    grant_exemption(
        entry,
        make_mandate("late", credential=make_credential("late")),
        from_day=TODAY,
        until_day=TODAY + timedelta(days=30),
        reason="x",
        authority="y",
        by=None,
        at=NOW,
    )
    claim = OutsideClaim.objects.create(
        person=entry, agency=world.clinic, title="Old", achieved_on=TODAY, provider="z", by=world.mona, at=NOW
    )
    role = grant_role(entry, "supervisor", world.clinic)
    client = signed_in(owner)
    assert 'href="/people/entries/"' in client.get("/account/").content.decode()
    page = client.get("/people/entries/").content.decode()
    assert "Amal S." in page
    assert "Clinic" in page
    assert client.post(f"/people/entries/{entry.entered_address.pk}/", {"answer": "yes"}).status_code == 302
    assert set(owner.positions.values_list("agency__name", flat=True)) == {"Clinic", "Court"}
    assert Membership.objects.get(group=group).person == owner
    assert Evidence.objects.filter(subject_id=owner.pk, credential=course).count() == 1
    assert Exemption.objects.get().subject_id == owner.pk
    claim.refresh_from_db()
    assert claim.person == owner
    role.refresh_from_db()
    assert (role.person, role.until) == (entry, TODAY)
    entry.refresh_from_db()
    assert (entry.name, entry.is_active, entry.erased_at is not None) == ("", False, True)
    assert not EnteredAddress.objects.exists()
    assert 'href="/people/entries/"' not in client.get("/account/").content.decode()
    assert Entry.objects.get(verb="entry taken over").by_id == owner.pk
    manager = signed_in(world.mona)
    assert "Amal Saab" in manager.get(f"/people/agency/{world.clinic.public}/").content.decode()
    assert manager.get(f"/people/person/{entry.public}/change/").status_code == 404


def test_a_post_she_holds_already_is_one_post_with_the_entrys(world: World) -> None:
    """Ended with the entry, it would count her twice on every day before."""
    owner = world.owner()
    entry = world.entered()
    make_position(owner, world.clinic, world.nurse, since=TODAY - timedelta(days=40))
    held = Position.objects.get(person=entry)
    services.answer_entry(entry.entered_address, mine=True, by=owner, at=NOW)
    assert not Position.objects.filter(pk=held.pk).exists()
    one = owner.positions.get(agency=world.clinic)
    assert (one.since, one.until) == (TODAY - timedelta(days=40), None)


def test_no_changes_nothing_that_anybody_else_sees(world: World) -> None:
    owner, entry = world.owner(), world.entered()
    change, manager = f"/people/person/{entry.public}/change/", signed_in(world.mona)
    before = bytes_of(manager.get(change))
    client, path = signed_in(owner), f"/people/entries/{entry.entered_address.pk}/"
    assert client.post(path, {"answer": "no"}).status_code == 302
    assert bytes_of(manager.get(change)) == before
    assert "Amal S." not in client.get("/people/entries/").content.decode()
    assert "answered in the meantime" in client.post(path, {"answer": "yes"}, follow=True).content.decode()
    assert list(owner.positions.values_list("agency__name", flat=True)) == ["Court"]
    assert not Notice.objects.filter(person=world.mona).exists()


def test_nobody_else_answers_for_her(world: World) -> None:
    world.owner()
    entry = world.entered()
    path = f"/people/entries/{entry.entered_address.pk}/"
    for stranger in (world.mona, world.dora, make_person("Bela")):
        assert signed_in(stranger).get(path).status_code == 404
        assert signed_in(stranger).post(path, {"answer": "yes"}).status_code == 404
        assert "Amal S." not in signed_in(stranger).get("/people/entries/").content.decode()
    assert Position.objects.get(person=entry).agency == world.clinic


def test_another_agency_that_enters_her_is_another_question(world: World) -> None:
    owner = world.owner()
    first = world.entered()
    other = make_agency("School", territory=world.court.territory)
    head = make_person("Head")
    grant_role(head, "manager", other)
    second = services.add_person(name="A. Saab", email=ADDRESS, by=head, at=NOW)
    services.hold_position(second, other, world.nurse, since=TODAY, by=head, at=NOW)
    services.answer_entry(first.entered_address, mine=True, by=owner, at=NOW)
    services.answer_entry(second.entered_address, mine=False, by=owner, at=NOW)
    assert set(owner.positions.values_list("agency__name", flat=True)) == {"Clinic", "Court"}
    assert Role.objects.filter(person=second).count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    owner = world.owner()
    for n in range(rows):
        agency = make_agency(f"Agency {n}")
        manager = make_person()
        grant_role(manager, "manager", agency)
        entry = services.add_person(name=f"Amal {n}", email=ADDRESS, by=manager, at=NOW)
        services.hold_position(entry, agency, world.nurse, since=TODAY, by=manager, at=NOW)
    client = signed_in(owner)
    client.get("/people/entries/")
    with django_assert_num_queries(4):
        assert client.get("/people/entries/").content.decode().count("Yes, that is me") == rows


@pytest.mark.parametrize("known", [True, False])
def test_what_is_written_to_an_address_of_somebody_else_never_goes_out(
    world: World, known: bool, mailoutbox: list[Any]
) -> None:
    if known:
        world.owner()
    entry = world.entered()
    Position.objects.filter(person=entry).update(since=TODAY - timedelta(days=900))
    make_mandate("core", credential=world.course)
    services.change_person(entry, name=entry.name, email=None, language="", by=world.mona, at=NOW)
    services.change_person(entry, name=entry.name, email=ADDRESS, language="", by=world.mona, at=NOW)
    assert remind_overdue(world.clinic, by=world.mona, at=NOW).told == 1
    assert Letter.objects.filter(to=ADDRESS).count() == 2
    send_due(timezone.now)
    assert len(mailoutbox) == (0 if known else 2)
    assert outbox().given_up == 0
