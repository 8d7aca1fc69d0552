"""The transcript: modules, tests, situations and courses elsewhere, with hours, on a page and as a tagged PDF."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from concerted.capacity import services as capacity
from concerted.capacity.models import Evidence, OutsideClaim
from concerted.capacity.tests.factories import achieve, make_credential
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person, make_position
from concerted.practice.models import CaseAnswer, CaseGroup
from concerted.practice.services import begin_case_alone
from concerted.training.models import Certificate
from concerted.training.queries.transcript import transcript_of
from concerted.training.tests.case_factories import make_case_group
from concerted.training.tests.factories import publish_small_exam, publish_small_module
from concerted.training.tests.test_certificate import lines_of, plain
from concerted.training.tests.test_gates import sit
from concerted.training.tests.test_taking import device, take_all
from concerted.training.transcript import draw, words_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PATH, FILE = "/learn/record/all/", "/learn/record/all/document.pdf"


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal Haddad")
    make_position(person)
    return person


def course(person: Person, title: str = "Working with interpreters", minutes: int = 90) -> OutsideClaim:
    facts = {"agency": person.positions.get().agency, "achieved_on": TODAY, "provider": "University"}
    return capacity.claim_outside(person, None, title=title, minutes=minutes, **facts, by=person, at=timezone.now())


def confirm(claim: OutsideClaim) -> None:
    dora = grant_role(make_person("Dora"), "national_coordinator").person
    capacity.decide_claim(claim.pk, accept=True, by=dora, at=timezone.now())


@pytest.fixture
def done(amal: Person) -> Person:
    exam = publish_small_exam()
    publish_small_module()
    take_all(device(amal))
    sit(amal, exam, right=False)
    sit(amal, exam)
    sit(amal, exam)
    confirm(course(amal))
    achieve(amal, make_credential("old"), TODAY - timedelta(days=900), source_kind="import")
    return amal


def test_everything_once_with_its_hours(done: Person) -> None:
    shown = transcript_of(done, "en", TODAY)
    assert sorted((line.kind, line.title, line.minutes) for line in shown.lines)[:3] == [
        ("course", "Working with interpreters", 90),
        ("import", "Old", 0),
        ("module", "A safe plan", 10),
    ]
    assert [line.title for line in shown.lines if line.kind == "test"] == ["The test"]
    assert shown.minutes == 100
    page = device(done).get(PATH).content.decode()
    for words in ("A safe plan", "The test", "Working with interpreters", "University", "Hours in all: 1.7"):
        assert words in page


def finish_case(group: CaseGroup, question: str = "") -> None:
    if question:
        facts = {"text": "What we would do.", "at": group.opened_at, "handed_in_at": group.opened_at}
        CaseAnswer.objects.create(group=group, question=question, **facts)
    CaseGroup.objects.filter(pk=group.pk).update(finished_at=timezone.now())


def test_a_finished_case_study_counts_with_its_hours_once(amal: Person) -> None:
    """In a group an answer of her sector, or one of all, makes it hers; alone she may go on without one."""
    trainer = make_person("Tara")
    group = make_case_group(trainer, {amal: "health"})
    minutes = group.version.minutes
    assert transcript_of(amal, "en", TODAY).lines == (), "it is not finished"
    finish_case(group)
    assert transcript_of(amal, "en", TODAY).lines == (), "she was only on the list"
    finish_case(group, "monday-questions.police")
    assert transcript_of(amal, "en", TODAY).lines == (), "others answered"
    finish_case(group, "monday-questions.health")
    finish_case(make_case_group(trainer, {amal: "health"}, group.case), "monday-questions.shared")
    [line] = transcript_of(amal, "en", TODAY).lines
    assert (line.kind, line.minutes) == ("case", minutes)
    bela = make_person("Bela")
    alone, _new = begin_case_alone(group.case, None, by=bela, at=timezone.now())
    finish_case(alone)
    assert [line.kind for line in transcript_of(bela, "en", TODAY).lines] == ["case"]
    assert "Case study" in device(bela).get(PATH).content.decode()
    assert not Evidence.objects.filter(source_kind="case").exists()


def test_what_waits_or_was_refused_is_not_in_it(amal: Person) -> None:
    course(amal)
    assert "Nothing is completed yet" in device(amal).get(PATH).content.decode()
    assert device(amal).get(FILE).status_code == 200


def test_a_record_without_hours_counts_none(amal: Person) -> None:
    """Training recorded without its length is no "0 hours"."""
    achieve(amal, make_credential("old"), TODAY, source_kind="import")
    page = device(amal).get(PATH).content.decode()
    assert "Hours in all" not in page
    assert "Nothing is completed yet" not in page


def test_revoked_and_expired_are_said_and_revoked_does_not_count(done: Person) -> None:
    Certificate.objects.update(achieved_on=TODAY - timedelta(days=2), expires_on=TODAY)
    assert "Expired" in device(done).get(PATH).content.decode()
    assert transcript_of(done, "en", TODAY).minutes == 100
    Certificate.objects.update(revoked_at=timezone.now(), revoked_by=make_person(), revoked_why="x")
    assert "Revoked" in device(done).get(PATH).content.decode()
    assert transcript_of(done, "en", TODAY).minutes == 90


def test_hers_alone(done: Person) -> None:
    assert "A safe plan" not in device(make_person("Bela")).get(PATH).content.decode()
    assert Client().get(PATH).status_code == 302
    assert Client().get(FILE).status_code == 302


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_file_is_tagged_and_says_what_the_page_says(done: Person, language: str) -> None:
    shown = transcript_of(done, language, TODAY)
    words: Any = words_of(done.name, shown, language, TODAY)
    pdf = draw(done.name, shown, language, TODAY)
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert "/StructTreeRoot" in root
    said = " ".join(plain(line) for line in lines_of(pdf))
    for part in (words["heading"], words["name"], words["when"], *(row["title"] for row in words["rows"])):
        assert plain(part) in said, part
    for row in words["rows"]:
        assert plain(row["day"]) in said
        assert plain(row["hours"]) in said


def test_letters_our_fonts_lack_are_no_error(amal: Person) -> None:
    confirm(course(amal, title="የደህንነት እቅድ 王小明 🙂 #let x = 1"))
    shown = transcript_of(amal, "en", TODAY)
    said = " ".join(lines_of(draw("አበበ በቀለ", shown, "en", TODAY)))
    assert "#let x = 1" in said
    assert "�" in said


def test_a_long_life_is_several_pages(amal: Person) -> None:
    claims = [course(amal, title=f"Course {number}") for number in range(40)]
    OutsideClaim.objects.filter(pk__in=[claim.pk for claim in claims]).update(
        state="confirmed", decided_by=make_person(), decided_at=timezone.now()
    )
    pdf = draw("Amal", transcript_of(amal, "en", TODAY), "en", TODAY)
    assert len(PdfReader(BytesIO(pdf)).pages) > 1
    assert "Hours in all: 60" in " ".join(lines_of(pdf))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(done: Person, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        sit(done, publish_small_exam(f"exam-{number}"))
        achieve(done, make_credential(f"more-{number}"), TODAY, source_kind="import")
    client = device(done)
    for path, queries in ((PATH, 12), (FILE, 12)):
        client.get(path)
        with django_assert_num_queries(queries, info=path):
            client.get(path)
