"""A case study as it is worked on alone and in a group: who reads what, when it goes on, and that no word is lost."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
)
from concerted.ledger.forgetting import forget_old
from concerted.ledger.models import Entry
from concerted.post.models import Notice
from concerted.practice.models import CaseAnswer, CaseGroup, CaseMember
from concerted.training import services
from concerted.training.tests.case_factories import Sitter, Table, make_case_group, publish_small_case, sector_named

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="case").order_by("pk").values_list("verb", flat=True))


def test_alone_from_the_catalogue_to_the_look_back() -> None:
    publish_small_case()
    amal = Sitter("Amal", "health")
    assert "Two offices, one woman." in amal.read("/learn/cases/")
    page = amal.read("/learn/cases/two-doors/")
    assert "A hard topic." in page
    assert "Look for help outside your workplace" in page
    assert re.search(r'<option value="health" selected', page)
    one = amal.client.post("/learn/cases/two-doors/start/", {"sector": "health"})["Location"]
    page = amal.read(one)
    for seen in ("What ward-note says.", "What of shared on monday?", "What of police on monday?", "Theirs to answer"):
        assert seen in page
    for hidden in ("The model answer", "desk-note", "Nobody looks for a culprit.", "text-police"):
        assert hidden not in page
    amal.write(one, text_health="She must say yes.", text_shared="Nothing yet.", hand_in="health")
    assert "The model answer" not in amal.read(one)
    amal.write(one, text_shared="Nothing yet.", hand_in="shared")
    page = amal.read(one)
    assert "The model answer of monday." in page
    assert "She must say yes." in page
    two = one.replace("/1/", "/2/")
    assert amal.write(two, text_health="A draft.", do="on").status_code == 302
    page = amal.read(two)
    assert "The model answer of tuesday." in page
    assert "A draft." in page, "what she wrote and did not hand in is still hers to read"
    page = amal.read(one.removesuffix("1/"))
    for seen in ("Somebody picked up.", "A duty exists.", "Not filled in here."):
        assert seen in page
    assert "Nobody looks for a culprit." not in page
    assert "Done" in amal.read("/learn/cases/")
    assert verbs() == ["case published", "case begun", *["case answer handed in"] * 2, "case step released"]


def test_beginning_twice_is_one_way_and_begins_anew_once_finished() -> None:
    publish_small_case()
    amal = Sitter("Amal")
    first = amal.client.post("/learn/cases/two-doors/start/")["Location"]
    assert amal.client.post("/learn/cases/two-doors/start/", {"sector": "nothing"})["Location"] == first
    CaseGroup.objects.update(finished_at=timezone.now())
    assert amal.client.post("/learn/cases/two-doors/start/")["Location"] != first


@pytest.fixture
def trainer() -> Sitter:
    trainer = Sitter("Tara")
    grant_role(trainer.person, "trainer")
    return trainer


@pytest.fixture
def table(trainer: Sitter) -> Table:
    return Table(trainer)


def test_a_group_goes_on_when_all_have_answered(table: Table, trainer: Sitter) -> None:
    health, police = table.health, table.police
    health.write(table.one, text_health="Ward.", text_shared="All.", hand_in="health")
    assert "Ward." not in police.read(table.one), "another sector's answer waits until the step is through"
    assert "Ward." in trainer.read(table.lead)
    health.write(table.one, text_shared="All.", hand_in="shared")
    assert "All." in police.read(table.one)
    assert "desk-note" not in police.read(table.home)
    assert "Led by Tara" in police.read(table.home), "she knows who reads it"
    police.write(table.one, text_police="Desk.", hand_in="police")
    page = police.read(table.one)
    for seen in ("Ward.", "Desk.", "The model answer of monday."):
        assert seen in page
    assert "What desk-note says." in health.read(table.two)
    told = Notice.objects.filter(kind="case_next").values_list("person__name", flat=True)
    assert sorted(told) == ["Amal", "Bela"]


def test_an_answer_is_handed_in_once(table: Table) -> None:
    for _twice in range(2):
        table.health.client.post(table.one, {"text-health": "Ward.", "hand-in": "health"})
    assert table.answers() == {"monday-questions.health": "Ward."}
    assert verbs().count("case answer handed in") == 1
    answer = table.health.client.post(table.one, {"text-health": "Other words.", "hand-in": "health"})
    assert answer.status_code == 409
    assert "Other words." in answer.content.decode(), "what could not be kept is on the page to be read"
    assert table.answers() == {"monday-questions.health": "Ward."}


def test_nothing_is_handed_in_without_words(table: Table) -> None:
    answer = table.health.write(table.one, text_health="  ", hand_in="health")
    assert answer.status_code == 409
    assert "Write your answer first." in answer.content.decode()
    assert table.answers() == {}


def test_two_people_at_once_lose_no_word(table: Table) -> None:
    seen_by_both = {"seen-shared": "0"}
    table.health.client.post(table.one, seen_by_both | {"text-shared": "Hers.", "page": "a"})
    answer = table.police.client.post(table.one, seen_by_both | {"text-shared": "His.", "page": "b"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this" in page
    assert "Hers." in page
    assert "His." in page
    assert CaseAnswer.objects.get().text == "Hers."
    seen = re.search(r'name="seen-shared" value="(\d+)"', page)
    assert seen is not None
    table.police.client.post(table.one, {"text-shared": "Hers. His.", "seen-shared": seen[1], "page": "b"})
    assert CaseAnswer.objects.get().text == "Hers. His."


def test_words_are_kept_while_she_types(table: Table) -> None:
    typing: dict[str, Any] = {"headers": {"HX-Request": "true"}}
    sent = {"text-health": "Half a", "page": "a", "seen-health": "0", "do": "keep"}
    answer = table.health.client.post(table.one, sent, **typing).content.decode()
    assert "Saved at" in answer
    assert "<h1" not in answer
    assert 'name="seen-health" value="1"' in answer
    # The answer was lost on its way: the same page knows its own words again.
    table.health.client.post(table.one, sent | {"text-health": "Half a sentence"}, **typing)
    assert CaseAnswer.objects.get().text == "Half a sentence"
    assert table.answers() == {}


def test_words_that_are_too_many_stay_in_the_box(table: Table) -> None:
    sent = {"text-health": "a" * 6001, "seen-health": "0"}
    page = table.health.client.post(table.one, sent).content.decode()
    assert "6000" in page
    assert "a" * 6001 in page
    typing: dict[str, Any] = {"headers": {"HX-Request": "true"}}
    assert "Not saved:" in table.health.client.post(table.one, sent | {"do": "keep"}, **typing).content.decode()
    assert not CaseAnswer.objects.exists()


@pytest.mark.parametrize(
    ("question", "number"), [("police", 1), ("health", 2)], ids=["another sector's", "a step that is not out"]
)
def test_only_her_own_question_that_is_out_takes_words(table: Table, question: str, number: int) -> None:
    table.health.client.post(f"{table.home}{number}/", {f"text-{question}": "Forged.", "hand-in": question})
    assert not CaseAnswer.objects.exists()


def test_she_may_answer_for_another_sector(table: Table) -> None:
    table.health.client.post(f"{table.home}seat/", {"sector": "police"})
    assert CaseMember.objects.get(person=table.health.person).sector.code == "police"  # type: ignore[union-attr]
    assert "text-police" in table.health.read(table.one)
    table.health.client.post(f"{table.home}seat/", {"sector": "nothing"})
    assert CaseMember.objects.get(person=table.health.person).sector.code == "police"  # type: ignore[union-attr]


def test_whoever_leaves_holds_nobody_up(table: Table) -> None:
    table.health.write(table.one, text_health="Ward.", text_shared="All.", hand_in="health")
    table.health.write(table.one, hand_in="shared")
    assert table.police.client.post(f"{table.home}seat/", {"do": "leave"})["Location"] == "/learn/cases/"
    assert table.police.client.get(table.home).status_code == 404
    assert CaseGroup.objects.get().step == 2, "the others waited for nobody else"
    assert verbs().count("case member left") == 1


def test_alone_she_cannot_leave_herself() -> None:
    publish_small_case()
    amal = Sitter("Amal")
    home = amal.client.post("/learn/cases/two-doors/start/")["Location"].removesuffix("1/")
    amal.client.post(f"{home}seat/", {"do": "leave"})
    assert CaseMember.objects.count() == 1


def test_her_own_file_holds_what_she_wrote(table: Table, trainer: Sitter) -> None:
    table.health.write(table.one, text_health="=Ward.", hand_in="health")
    trainer.client.post(f"{table.lead}monday-questions.health/", {"text": "Good.", "key": str(uuid.uuid4())})
    file = b"".join(table.health.client.get("/learn/record/answers.csv")).decode()
    for seen in ("Two doors", "What of health on monday?", "Ward.", "Good."):
        assert seen in file
    assert ",=Ward." not in file, "no formula for a spreadsheet"
    assert "Ward." not in b"".join(table.police.client.get("/learn/record/answers.csv")).decode()


def test_what_was_written_is_deleted_after_two_years(table: Table) -> None:
    table.health.write(table.one, text_health="Ward.", hand_in="health")
    forget_old(timezone.now() + timedelta(days=729))
    assert CaseAnswer.objects.count() == 1
    forget_old(timezone.now() + timedelta(days=731))
    assert not CaseGroup.objects.exists()
    assert not CaseAnswer.objects.exists()


def test_the_database_refuses_nonsense(table: Table) -> None:
    case, now = table.group.case, timezone.now()
    facts: dict[str, Any] = {"case": case, "version": case.published, "opened_at": now}
    CaseGroup.objects.create(**facts, alone=table.health.person)
    for wrong in (
        {},
        {"alone": table.health.person},
        {"alone": table.police.person, "leader": table.health.person},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CaseGroup.objects.create(**facts | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseAnswer.objects.create(group=table.group, question="q", text="", at=now, handed_in_at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseMember.objects.create(group=table.group, person=table.health.person, joined_at=now)


def test_who_is_under_way_stays_on_her_version(table: Table) -> None:
    case = table.group.case
    case.published = None
    case.save()
    assert "What ward-note says." in table.health.read(table.one)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(trainer: Sitter, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_case(f"case-{number}")
    table = Table(trainer)
    for number in range(rows):
        make_case_group(trainer.person, {table.health.person: "health"}, publish_small_case(f"case-{number}"))
        services.add_to_case(table.group, _colleague(trainer, number), by=trainer.person, at=NOW)
    table.health.write(table.one, text_health="Ward.", hand_in="health")
    answer = CaseAnswer.objects.get()
    for number in range(rows):
        facts: dict[str, Any] = {"client_key": uuid.uuid4(), "by": trainer.person, "at": NOW}
        services.comment_on_answer(answer, f"Comment {number}.", **facts)
    counted = (
        (table.health, "/learn/cases/", 4),
        (table.health, "/learn/cases/two-doors/", 7),
        (table.health, table.home, 11),
        (table.health, table.one, 9),
        (trainer, table.lead, 11),
        (trainer, f"{table.lead}monday-questions.health/", 11),
        (trainer, f"{table.lead}people/?who=Zelda", 6),
        (trainer, "/learn/cases/two-doors/open/", 5),
    )
    for sitter, path, number in counted:
        sitter.client.get(path)
        with django_assert_num_queries(number, info=path):
            sitter.client.get(path)


def _colleague(trainer: Sitter, number: int) -> Person:
    """Somebody the trainer may see."""
    agency = make_agency(f"Clinic {number}", sector=sector_named("health"))
    grant_role(trainer.person, "trainer", agency)
    person = make_person(f"Zelda {number}")
    make_position(person, agency)
    trainer.person.__dict__.pop("held_roles", None)
    return person
