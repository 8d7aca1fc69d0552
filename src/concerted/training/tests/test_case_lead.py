"""Leading a group through a case study: what comes out when, comments, people, and who reads none of it."""

import uuid

import pytest

from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_group,
    make_person,
    make_position,
)
from concerted.ledger.models import Entry
from concerted.post.models import Notice
from concerted.practice.models import CaseComment, CaseGroup, CaseMember
from concerted.training.tests.case_factories import Sitter, Table, publish_small_case, sector_named

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Sitter:
    trainer = Sitter("Tara")
    grant_role(trainer.person, "trainer")
    return trainer


@pytest.fixture
def table(trainer: Sitter) -> Table:
    return Table(trainer)


def test_who_leads_brings_out_the_next_step_once(table: Table, trainer: Sitter) -> None:
    page = trainer.read(table.lead)
    for seen in ("Nobody looks for a culprit.", "The model answer of tuesday.", "Still to answer:"):
        assert seen in page
    for _twice in range(2):
        trainer.client.post(f"{table.lead}next/", {"step": "1"})
    assert CaseGroup.objects.get().step == 2
    assert "The model answer of monday." in table.police.read(table.one)
    table.police.write(table.one, text_police="Late, but here.", hand_in="police")
    assert "Late, but here." in table.health.read(table.one)
    assert CaseGroup.objects.get().step == 2, "a late answer brings nothing out"
    trainer.client.post(f"{table.lead}next/", {"step": "2"})
    assert "Somebody picked up." in table.health.read(table.home)
    assert Entry.objects.filter(verb="case step released").count() == 2
    assert table.health.client.post(f"{table.lead}next/", {"step": "1"}).status_code == 404


def test_a_comment_is_read_by_the_group_and_sent_once(table: Table, trainer: Sitter) -> None:
    table.health.write(table.one, text_health="Ward.", hand_in="health")
    path = f"{table.lead}monday-questions.health/"
    assert "Ward." in trainer.read(path)
    sent = {"text": "Think of the gun.", "key": str(uuid.uuid4())}
    for _twice in range(2):
        assert trainer.client.post(path, sent).status_code == 302
    assert CaseComment.objects.get().text == "Think of the gun."
    assert "Think of the gun." in table.health.read(table.one)
    assert "Think of the gun." in trainer.read(table.lead)
    assert "Think of the gun." not in table.police.read(table.one)
    assert trainer.client.post(path, {"text": " "}).status_code == 200
    assert trainer.client.get(f"{table.lead}monday-questions.police/").status_code == 404


def test_no_manager_and_no_other_trainer_reads_it(table: Table) -> None:
    table.health.write(table.one, text_health="Ward.", hand_in="health")
    agency = make_agency("Clinic")
    make_position(table.health.person, agency)
    for role, scope in (("manager", agency), ("supervisor", agency), ("trainer", agency), ("auditor", None)):
        other = Sitter(role)
        grant_role(other.person, role, scope)
        for path in (table.home, table.one, table.lead, f"{table.lead}monday-questions.health/"):
            assert other.client.get(path).status_code == 404, (role, path)


def test_a_group_of_the_directory_sits_down_by_its_sectors(trainer: Sitter) -> None:
    publish_small_case()
    amal, bela = Sitter("Amal", "health"), Sitter("Bela", "justice")
    cohort = make_group("Cohort", None, amal.person, bela.person)
    grant_role(trainer.person, "trainer", cohort)
    assert "Cohort" in trainer.read("/learn/cases/two-doors/open/")
    sent = {"name": "Monday table", "group": cohort.pk}
    assert "Work on a case study with this group" in trainer.read(f"/people/groups/{cohort.public}/")
    assert "Work on a case study with this group" not in amal.read(f"/people/groups/{cohort.public}/")
    lead = trainer.client.post("/learn/cases/two-doors/open/", sent)["Location"]
    seats = CaseMember.objects.order_by("person__name").values_list("person__name", "sector__code")
    assert list(seats) == [("Amal", "health"), ("Bela", None)], "a sector that is not asked answers what all are asked"
    assert Notice.objects.filter(kind="case_joined").count() == 2
    assert "Monday table" in amal.read("/learn/cases/")
    assert "You lead it." in trainer.read("/learn/cases/")
    other = Sitter("Tove")
    grant_role(other.person, "trainer", cohort)
    assert "Still to answer:" in other.read(lead), "whoever trains the cohort leads what it works on"


def test_a_group_she_may_not_read_is_not_there_for_her(trainer: Sitter) -> None:
    publish_small_case()
    cohort = make_group("Others")
    assert "Others" not in trainer.read("/learn/cases/two-doors/open/")
    answer = trainer.client.post("/learn/cases/two-doors/open/", {"name": "Mine", "group": cohort.pk})
    assert answer.status_code == 200
    assert not CaseGroup.objects.exists()
    assert trainer.client.post("/learn/cases/two-doors/open/", {"name": " "}).status_code == 200


def test_people_are_added_as_far_as_she_sees_them(table: Table, trainer: Sitter) -> None:
    agency = make_agency("Clinic", sector=sector_named("health"))
    grant_role(trainer.person, "trainer", agency)
    near, far, hidden = make_person("Nadia"), make_person("Nadira"), make_person("Nadina", hidden=True)
    make_position(near, agency)
    make_position(hidden, agency)
    page = trainer.read(f"{table.lead}people/?who=Nadi")
    assert "Nadia" in page
    assert "Nadira" not in page
    assert "Nadina" not in page
    for person in (near, far, hidden):
        trainer.client.post(f"{table.lead}people/", {"person": str(person.public)})
    trainer.client.post(f"{table.lead}people/", {"person": "nobody"})
    assert CaseMember.objects.filter(person__in=[near, far, hidden]).get().person == near
    assert CaseMember.objects.get(person=near).sector.code == "health"  # type: ignore[union-attr]
    assert Notice.objects.get(kind="case_joined").person == near
