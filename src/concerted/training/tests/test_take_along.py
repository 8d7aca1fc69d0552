"""Her own export: record, practice and papers, hers alone, and no trace of what she skipped."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity import services as capacity
from concerted.capacity.proof import Proof
from concerted.capacity.tests.factories import make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person, make_position
from concerted.practice.models import Attempt
from concerted.training.models import Certificate
from concerted.training.tests.factories import (
    publish_small_exam,
    publish_small_module,
    publish_small_scenario,
)
from concerted.training.tests.test_gates import sit
from concerted.training.tests.test_scenarios import Player
from concerted.training.tests.test_taking import device, take_all

pytestmark = pytest.mark.django_db
TODAY, FILE = timezone.localdate(), "/learn/record/all/document.zip"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person)
    return person


def taken(person: Person) -> dict[str, bytes]:
    answer = device(person).get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="document.zip"'
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
        return {name: archive.read(name) for name in archive.namelist()}


def course(person: Person, title: str) -> None:
    facts = {"agency": person.positions.get().agency, "achieved_on": TODAY, "provider": "University", "by": person}
    proof = Proof(".pdf", b"%PDF-1.7 " + title.encode())
    capacity.claim_outside(person, None, title=title, proof=proof, at=timezone.now(), **facts)


def test_everything_she_did(amal: Person) -> None:
    publish_small_module()
    take_all(device(amal))
    sit(amal, publish_small_exam())
    course(amal, "Interpreters")
    mandate = make_mandate("core")
    until = TODAY + timedelta(days=9)
    capacity.grant_exemption(
        amal,
        mandate,
        from_day=TODAY,
        until_day=until,
        reason="Leave",
        authority="Ministry",
        by=None,
        at=timezone.now(),
    )
    files = taken(amal)
    assert set(files) == {"README.txt", "profile.json", "record.json", "practice.json", "tables.json", *_papers(files)}
    assert [files[name] for name in _papers(files)] == [b"%PDF-1.7 Interpreters"]
    assert json.loads(files["profile.json"])["name"] == "Amal"
    record = json.loads(files["record.json"])
    assert record["certificates"][0]["code"] == Certificate.objects.get().code
    assert record["achieved"][0]["what"] == "core"
    assert (record["elsewhere"][0]["title"], record["elsewhere"][0]["state"]) == ("Interpreters", "waiting")
    assert record["elsewhere"][0]["paper"] in files
    assert record["exempt"][0]["why"] == "Leave"
    module, test = json.loads(files["practice.json"])
    assert (module["kind"], module["code"], module["passed"]) == ("module", "core", True)
    assert [step["part"] for step in module["steps"]][:2] == ["C1/q1", "C1/q2"]
    assert (test["kind"], test["code"], len(test["steps"])) == ("test", "final", 2)


def _papers(files: dict[str, bytes]) -> list[str]:
    return [name for name in files if name.startswith("papers/")]


def test_a_passage_she_skipped_stands_nowhere() -> None:
    publish_small_scenario()
    amal, bela = Player("Amal"), Player("Bela")
    amal.send("room", do="round")
    bela.send("room", "a")
    for player in (amal, bela):
        player.send("hall", "a")
    files = taken(amal.person)
    (hers,) = json.loads(files["practice.json"])
    (others,) = json.loads(taken(bela.person)["practice.json"])
    assert hers["kind"] == "scenario"
    assert [step["part"] for step in hers["steps"]] == ["hall.a"]
    assert [step["part"] for step in others["steps"]] == ["room.a", "hall.a"]
    assert {key: hers[key] for key in RESULT} == {key: others[key] for key in RESULT}
    said = files["practice.json"] + files["record.json"] + files["profile.json"]
    assert b"room" not in said
    assert b"round" not in said


RESULT = ("kind", "code", "no", "score", "passed")


def test_hers_alone(amal: Person) -> None:
    publish_small_module()
    take_all(device(amal))
    course(amal, "Interpreters")
    files = taken(make_person("Bela"))
    assert json.loads(files["practice.json"]) == []
    assert not _papers(files)
    assert Client().get(FILE).status_code == 302


def test_a_paper_that_is_gone_is_left_out(amal: Person, tmp_path: Path) -> None:
    course(amal, "Interpreters")
    for file in tmp_path.rglob("*.pdf"):
        file.unlink()
    assert not _papers(taken(amal))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(amal: Person, rows: int, django_assert_num_queries: Any) -> None:
    publish_small_module()
    take_all(device(amal))
    for number in range(rows):
        course(amal, f"Course {number}")
        sit(amal, publish_small_exam(f"exam-{number}"))
    assert Attempt.objects.count() == rows + 1
    client = device(amal)
    list(client.get(FILE))
    with django_assert_num_queries(12):
        answer = client.get(FILE)
    list(answer)
