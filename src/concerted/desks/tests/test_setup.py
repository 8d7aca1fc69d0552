import csv
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from concerted.capacity.models import Mandate
from concerted.capacity.tests.factories import make_credential
from concerted.desks.setup.queries import set_up_pending
from concerted.directory.models import Agency, Person, Position, Profession, Response, Sector, Territory
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position
from concerted.ledger.models import Entry

pytestmark = pytest.mark.django_db
STEPS = ["languages", "sectors", "territories", "first", "mail"]


@pytest.fixture
def nora() -> Person:
    person = make_person("Nora", email="nora@example.org")
    grant_role(person, "national_coordinator")
    return person


@pytest.fixture
def ask(client: Client, nora: Person) -> Any:
    client.force_login(nora)

    def ask(step: str, **data: Any) -> Any:
        path = f"/setup/{step}/"
        return client.post(path, data) if data else client.get(path)

    return ask


def test_only_who_may_set_up_sees_it(nora: Person) -> None:
    agency = make_agency()
    amal, bela, chiara, dora = (make_person(name) for name in ("Amal", "Bela", "Chiara", "Dora"))
    make_position(amal, agency)
    make_position(bela, agency)
    make_position(chiara)
    grant_role(dora, "local_coordinator", agency.territory)
    answers = {}
    for person in (amal, bela, chiara, dora, nora):
        client = Client()
        client.force_login(person)
        answers[person.name] = {client.get(f"/setup/{step}/").status_code for step in STEPS}
    assert answers == {"Amal": {404}, "Bela": {404}, "Chiara": {404}, "Dora": {404}, "Nora": {200}}


def test_five_pages_leave_an_empty_real_response(ask: Any, client: Client, nora: Person) -> None:
    make_credential("risk-and-safety")
    assert client.get("/")["Location"] == "/setup/"
    assert client.get("/setup/")["Location"] == "/setup/languages/"
    assert ask("languages", name="Response of Kestria", languages=["en", "ar"])["Location"] == "/setup/sectors/"
    assert client.get("/setup/")["Location"] == "/setup/sectors/"
    assert ask("sectors", sectors=["health", "police"], own="Fire service")["Location"] == "/setup/territories/"
    assert sorted(Sector.objects.values_list("code", flat=True))[:2] == ["health", "own-2"]
    assert ask("territories", country="Kestria", areas="North, South")["Location"] == "/setup/first/"
    assert Territory.objects.filter(parent__name="Kestria").count() == 2
    first = {
        "agency": "North Clinic",
        "territory": Territory.objects.get(name="North").pk,
        "profession": Profession.objects.get(code="midwife").pk,
        "mandate": "Risk and safety",
        "credential": make_credential("risk-and-safety").pk,
        "months": "24",
        "basis": "Act 1",
        "authority": "Ministry",
    }
    assert ask("first", **first)["Location"] == "/setup/mail/"
    assert Agency.objects.get().name == "North Clinic"
    assert Position.objects.get().person == nora
    assert Mandate.objects.get().code == "risk-and-safety"
    did = set(Entry.objects.filter(by_id=nora.pk).values_list("verb", flat=True))
    assert {"territories imported", "place entered", "position held", "audience saved", "mandate proposed"} <= did
    assert b"took the letter" in ask("mail", do="test").content
    assert [letter.subject for letter in mail.outbox] == ["Something new for you"]
    assert set_up_pending()
    assert ask("mail", do="finish")["Location"] == "/"
    assert not set_up_pending()
    assert Response.objects.get().languages == ["en", "ar"]
    assert client.get("/").status_code == 200


def test_who_only_administers_is_told_whom_to_ask(client: Client) -> None:
    vera = make_person("Vera")
    grant_role(vera, "administrator")
    client.force_login(vera)
    page = client.post("/setup/territories/", {"country": "Kestria"}).content.decode()
    assert "A national coordinator takes this step." in page
    assert not Territory.objects.exists()


@pytest.mark.parametrize(
    ("step", "sent", "said"),
    [
        ("languages", {"name": " ", "languages": "en"}, "This field is required."),
        ("languages", {"name": "Kestria"}, "This field is required."),
        ("sectors", {"own": " "}, "Choose at least one sector."),
        ("territories", {"areas": "North"}, "Bring a file, or write the name of the country or region."),
        ("first", {"agency": "Clinic"}, "This field is required."),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(ask: Any, step: str, sent: dict[str, Any], said: str) -> None:
    page = ask(step, **sent)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Response.objects.exists()
    assert not Sector.objects.exists()
    assert not Territory.objects.exists()
    assert not Agency.objects.exists()


def test_a_bad_file_names_its_lines(ask: Any) -> None:
    lines = [["name", "parent path"], ["Kestria", ""], ["North", "Nowhere"]]
    text = "\n".join(",".join(line) for line in csv.reader(map(",".join, lines)))
    page = ask("territories", file=SimpleUploadedFile("tree.csv", text.encode())).content.decode()
    assert "Line 3" in page
    assert "Nothing was stored" in page
    assert not Territory.objects.exists()


def test_what_is_typed_is_told_without_lines_of_a_file(ask: Any) -> None:
    page = ask("territories", country="Kestria", areas="North > East").content.decode()
    assert "Correct what you typed." in page
    assert "The name holds “&gt;”" in page
    assert "Line 3" not in page
    assert "bring the file again" not in page
    assert not Territory.objects.exists()


def test_an_area_typed_twice_is_one(ask: Any) -> None:
    assert ask("territories", country="Kestria", areas="North, South, north ,")["Location"] == "/setup/first/"
    names = Territory.objects.filter(parent__name="Kestria").values_list("name", flat=True)
    assert sorted(names) == ["North", "South"]


def test_without_a_mail_server_nobody_is_told_that_one_took_the_letter(ask: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    for page in (ask("mail"), ask("mail", do="test")):
        assert b"No mail server is named yet." in page.content
        assert b"took the letter" not in page.content


def test_a_mail_server_that_refuses_is_told(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise smtplib.SMTPAuthenticationError(535, b"wrong password")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    page = ask("mail", do="test").content.decode()
    assert "did not take the letter" in page
    assert "wrong password" in page


def test_a_sector_in_use_is_never_taken_away(ask: Any) -> None:
    ask("sectors", sectors=["health", "police"])
    make_agency(sector=Sector.objects.get(code="police"))
    ask("sectors", sectors=["health"])
    assert set(Sector.objects.values_list("code", flat=True)) == {"health", "police"}
    assert not Profession.objects.filter(sector__code="justice").exists()
