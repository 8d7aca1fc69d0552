"""Courses taken elsewhere: title, hours, link and the certificate, confirmed by a coordinator."""

import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from concerted.capacity import services
from concerted.capacity.models import Evidence, OutsideClaim
from concerted.capacity.proof import MOST_BYTES, BadProof, cleaned
from concerted.capacity.services.claims import MOST_WAITING
from concerted.capacity.services.evidence import NotRecorded
from concerted.capacity.tests.factories import make_credential
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OWN, LIST = "/capacity/outside/mine/", "/capacity/outside/"
GPS = b"48.2082N 16.3738E"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person, make_agency())
    return person


@pytest.fixture
def dora(amal: Person) -> Person:
    return grant_role(make_person("Dora"), "national_coordinator").person


def page(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def sent(**changes: Any) -> dict[str, Any]:
    facts = {"title": "Working with interpreters", "achieved_on": TODAY.isoformat(), "provider": "University"}
    return facts | {"hours": "1.5", "link": "https://example.org/course"} | changes


def part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


HEAD = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
DOT = part(b"IDAT", zlib.compress(b"\x00\x00"))
PNG = b"\x89PNG\r\n\x1a\n" + HEAD + part(b"tEXt", b"where\x00" + GPS) + DOT + part(b"eXIf", GPS) + part(b"IEND", b"")


def marker(kind: int, content: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


KEPT = marker(0xE0, b"JFIF\x00") + marker(0xDB, b"table")
SCAN = marker(0xDA, b"scan") + b"\x12\xff\x00\x34\xff\xd0\x56" + marker(0xDA, b"scan") + b"\x78\xff\xff\xd9"
JPEG = b"\xff\xd8" + marker(0xE1, b"Exif\x00" + GPS) + KEPT + marker(0xFE, GPS) + SCAN


def test_her_course_with_its_certificate_is_confirmed_and_counts(amal: Person, dora: Person) -> None:
    credential = make_credential("core")
    file = SimpleUploadedFile("Amal at the shelter.png", PNG, "text/html")
    answer = page(amal).post(OWN, sent(credential=credential.pk, proof=file))
    assert answer.status_code == 302
    claim = OutsideClaim.objects.get()
    assert (claim.minutes, claim.link, claim.title) == (90, "https://example.org/course", "Working with interpreters")
    assert "Amal" not in claim.proof.name
    shown = page(dora).get(LIST).content.decode()
    for words in ("Working with interpreters", "1.5 hours", "https://example.org/course", f"{LIST}{claim.pk}/proof/"):
        assert words in shown
    assert not Evidence.objects.exists()
    page(dora).post(LIST, {"claim": claim.pk, "accept": "yes"})
    assert Evidence.objects.get().credential == credential


def test_one_that_meets_no_mandate_stands_in_the_record_only(amal: Person, dora: Person) -> None:
    page(amal).post(OWN, sent())
    assert "it meets no mandate" in page(dora).get(LIST).content.decode()
    page(dora).post(LIST, {"claim": OutsideClaim.objects.get().pk, "accept": "yes"})
    assert OutsideClaim.objects.get().state == "confirmed"
    assert not Evidence.objects.exists()
    assert "already on record" in page(amal).post(OWN, sent()).content.decode()


def test_who_works_at_no_agency_tells_of_a_course_too(dora: Person) -> None:
    alone, north = make_person("Nadia"), make_agency()
    local = grant_role(make_person("Lena"), "local_coordinator", north.territory).person
    manager = grant_role(make_person("Mona"), "manager", north).person
    assert page(alone).post(OWN, sent()).status_code == 302
    claim = OutsideClaim.objects.get()
    assert claim.agency is None
    assert "Nadia" in page(dora).get(LIST).content.decode()
    for other in (local, manager, make_person("Bela")):
        assert "Nadia" not in page(other).get(LIST).content.decode()
        assert page(other).post(LIST, {"claim": claim.pk, "accept": "yes"}).status_code == 404
    page(dora).post(LIST, {"claim": claim.pk, "accept": "yes"})
    assert OutsideClaim.objects.get().state == "confirmed"


def test_the_file_comes_back_as_a_file_to_those_who_may(amal: Person, dora: Person) -> None:
    page(amal).post(OWN, sent(proof=SimpleUploadedFile("x.exe", PNG)))
    path = f"{LIST}{OutsideClaim.objects.get().pk}/proof/"
    for reader in (amal, dora):
        answer = page(reader).get(path)
        content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert answer["Content-Disposition"] == 'attachment; filename="document.png"'
        assert answer["Content-Type"] == "image/png"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
        assert content.startswith(b"\x89PNG")
        assert GPS not in content
    assert page(make_person("Bela")).get(path).status_code == 404
    assert Client().get(path).status_code == 302
    Path(OutsideClaim.objects.get().proof.path).unlink()
    assert page(amal).get(path).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "neither a PDF nor a picture"),
        (b"GIF89a", "neither a PDF nor a picture"),
        (b"PK\x03\x04", "neither a PDF nor a picture"),
        (b"MZ%PDF-1.7", "neither a PDF nor a picture"),
        (PNG[:30], "cut off"),
        (b"\xff\xd8\xff", "cut off"),
        (JPEG[:60], "cut off"),
        (b"\xff\xd8\xff\xe0\x00\x01", "cut off"),
        (b"%PDF-" + b"x" * MOST_BYTES, "larger than 5 MB"),
    ],
)
def test_other_files_are_refused_and_what_was_typed_stays(amal: Person, content: bytes, said: str) -> None:
    answer = page(amal).post(OWN, sent(proof=SimpleUploadedFile("certificate.pdf", content, "application/pdf")))
    shown = answer.content.decode()
    assert said in shown
    assert "Working with interpreters" in shown
    assert not OutsideClaim.objects.exists()


def test_pictures_are_kept_without_where_and_when() -> None:
    assert cleaned(PNG + b"<script>").content == PNG[:8] + HEAD + DOT + part(b"IEND", b"")
    assert cleaned(JPEG + b"PK\x03\x04").content == b"\xff\xd8" + KEPT + SCAN.replace(b"\xff\xff\xd9", b"\xff\xff\xd9")
    assert GPS not in cleaned(JPEG).content
    assert cleaned(b"%PDF-1.7 anything").suffix == ".pdf"
    with pytest.raises(BadProof):
        cleaned(b"")


@pytest.mark.parametrize(("typed", "minutes"), [("2", 120), ("1,5", 90), ("٢٫٥", 150), ("", 0)])
def test_hours_in_any_digits(amal: Person, typed: str, minutes: int) -> None:
    page(amal).post(OWN, sent(hours=typed))
    assert OutsideClaim.objects.get().minutes == minutes


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Say what it was"),
        ({"link": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"hours": "-1"}, "greater than or equal to 0"),
        ({"hours": "1e9"}, "less than or equal to 2000"),
        ({"hours": "many"}, "Enter a number"),
        ({"title": "x" * 161}, "at most 160"),
    ],
)
def test_what_cannot_stand(amal: Person, changes: dict[str, str], said: str) -> None:
    assert said in page(amal).post(OWN, sent(**changes)).content.decode()
    assert not OutsideClaim.objects.exists()


def test_nobody_fills_the_disk(amal: Person) -> None:
    facts = {"agency": amal.positions.get().agency, "achieved_on": TODAY, "provider": "x", "by": amal}
    OutsideClaim.objects.bulk_create(
        OutsideClaim(person=amal, title=f"Course {n}", at=timezone.now(), **facts) for n in range(MOST_WAITING)
    )
    with pytest.raises(NotRecorded, match="wait already"):
        services.claim_outside(amal, None, title="One more", at=timezone.now(), **facts)


def test_the_database_asks_what_it_was(amal: Person) -> None:
    facts = {"person": amal, "agency": amal.positions.get().agency, "achieved_on": TODAY, "by": amal}
    with pytest.raises(IntegrityError, match="outside_claim_says_what"), transaction.atomic():
        OutsideClaim.objects.create(**facts, at=timezone.now())
    OutsideClaim.objects.create(**facts, title="Course", at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideClaim.objects.create(**facts, title="Course", at=timezone.now())


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(amal: Person, dora: Person, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        page(amal).post(OWN, sent(title=f"Course {number}", proof=SimpleUploadedFile("x", PNG)))
    first = OutsideClaim.objects.order_by("pk").first()
    assert first is not None
    for who, path, queries in ((dora, LIST, 7), (amal, OWN, 4), (amal, f"{LIST}{first.pk}/proof/", 3)):
        client = page(who)
        for _again in range(2):
            answer = client.get(path)
            if answer.streaming:
                list(answer)
        with django_assert_num_queries(queries, info=path):
            answer = client.get(path)
        if answer.streaming:
            list(answer)
