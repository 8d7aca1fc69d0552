"""Answers to the questions inside a module: counted when it is completed for the first time, shown to who writes it."""

import uuid
from typing import Any

import pytest
from django.test import Client

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.practice.models import ItemCount, OptionCount
from concerted.training import services
from concerted.training.models import Module
from concerted.training.tests.factories import publish_reflecting_module, publish_small_module
from concerted.training.tests.test_item_counts import NOW, in_sector

pytestmark = pytest.mark.django_db
PAGE = "/learn/modules/core/answers/"
_STEPS = (
    ("C1", "q1", "a", "b"),
    ("C1", "q2", ["a", "b"], ["c"]),
    ("C2", "q1", ["a", "b"], ["b", "a"]),
    ("C2", "q2", {"a": "a", "b": "b"}, {"a": "b", "b": "a"}),
)


@pytest.fixture
def module() -> Module:
    return publish_small_module()


def take(person: Person, module: Module, fits: tuple[bool | None, ...] = (True, False, True, None)) -> None:
    """Go through the small module, answer rightly, wrongly or (None) first not at all; the last step completes it."""
    attempt = services.start_module(module, language="en", by=person, at=NOW)
    facts: dict[str, Any] = {"by": person, "at": NOW}
    for (unit, step, right, wrong), fit in zip(_STEPS, fits, strict=True):
        answers = {True: [right, wrong], False: [wrong, right], None: []}[fit]
        for answer in answers:
            services.answer_question(attempt, unit, step, answer, client_key=uuid.uuid4(), **facts)
        services.mark_read(attempt, unit, step, client_key=uuid.uuid4(), **facts)
        if fit is None:
            services.answer_question(attempt, unit, step, right, client_key=uuid.uuid4(), **facts)
    services.mark_read(attempt, "C2", "read-3", client_key=uuid.uuid4(), **facts)


def _client(role: str) -> Client:
    person, client = make_person(role), Client()
    grant_role(person, role)
    client.force_login(person)
    return client


def _counted() -> list[tuple[str, str, int, int, int]]:
    rows = ItemCount.objects.filter(what_kind="module", sector="health").order_by("question_id")
    return list(rows.values_list("question__question__key", "language", "people", "right", "rest"))


def test_the_first_answer_counts_with_the_rest_of_the_module(module: Module) -> None:
    """Three of four are marked right or wrong; what she left open first says nothing about that question."""
    take(in_sector("Amal"), module)
    assert _counted() == [("q1", "en", 1, 1, 33), ("q2", "en", 1, 0, 67), ("q1", "en", 1, 1, 33)]
    assert sorted(OptionCount.objects.values_list("option", "people")) == [("a", 1), ("c", 1)]


def test_only_the_first_time_counts(module: Module) -> None:
    amal = in_sector("Amal")
    for fits in ((True,) * 4, (False,) * 4):
        take(amal, module, fits)
    assert {row[2:4] for row in _counted()} == {(1, 1)}


def test_what_nobody_marks_is_not_counted() -> None:
    module, amal = publish_reflecting_module(), in_sector("Amal")
    facts: dict[str, Any] = {"by": amal, "at": NOW}
    attempt = services.start_module(module, language="en", by=amal, at=NOW)
    services.answer_question(attempt, "K1", "rest", "a walk", client_key=uuid.uuid4(), **facts)
    services.mark_read(attempt, "K1", "rest", client_key=uuid.uuid4(), **facts)
    services.answer_question(attempt, "K1", "one", "a", client_key=uuid.uuid4(), **facts)
    services.mark_read(attempt, "K1", "one", client_key=uuid.uuid4(), **facts)
    assert list(ItemCount.objects.values_list("question__question__key", "right")) == [("one", 1)]


def test_its_page_names_the_unit_and_shows_shares_from_ten_people_on(module: Module) -> None:
    trainer = _client("trainer")
    for n in range(9):
        take(in_sector(f"Person {n}"), module)
    assert "Not enough people have answered yet" in trainer.get(PAGE).content.decode()
    take(in_sector("Person 9"), module)
    page = trainer.get(PAGE).content.decode()
    for seen in ("A safe plan", "Question q2?", "10 people or more", "about 5 in 100", "about 95 in 100"):
        assert seen in page
    assert page.count("Question q1?") == 2, "two units may each have a q1"
    assert "Person 9" not in page
    assert PAGE in trainer.get("/learn/core/").content.decode()


def test_only_those_who_write_and_teach_see_it(module: Module) -> None:
    for role, status in (("author", 200), ("national_coordinator", 200), ("auditor", 200), ("manager", 404)):
        assert _client(role).get(PAGE).status_code == status, role
    assert PAGE not in _client("practitioner").get("/learn/core/").content.decode()
    assert _client("author").get("/learn/modules/nothing/answers/").status_code == 404
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(module: Module, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(10 * rows):
        take(in_sector(f"Person {n}", f"sector-{n % rows}"), module, (True, False, True, False))
    trainer = _client("trainer")
    trainer.get(PAGE)
    with django_assert_num_queries(7):
        trainer.get(PAGE)
