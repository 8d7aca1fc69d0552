"""A module whose gate is a test: its certificate and its evidence come when both are done, in either order."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Evidence
from concerted.capacity.queries import standings_of
from concerted.capacity.tests.factories import make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person, make_position
from concerted.practice.models import Attempt, Exam, Paper, QuestionVersion
from concerted.practice.services import TEST
from concerted.training import services
from concerted.training.models import Certificate, Module, ModuleVersion
from concerted.training.services.publishing import PublishRefused
from concerted.training.tests.factories import publish_small_exam, publish_small_module
from concerted.training.tests.test_taking import device, take_all

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def final() -> Exam:
    return publish_small_exam()


@pytest.fixture
def module(final: Exam) -> Module:
    return publish_small_module(test="final")


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person)
    return person


def sit(person: Person, exam: Exam, *, right: bool = True) -> Attempt:
    """Sit the test; one of its two questions right is enough."""
    now = timezone.now()
    attempt = services.start_exam(exam, language="en", by=person, at=now)
    answers: dict[str, Any] = {
        "single": "a" if right else "b",
        "multiple": ["a", "b"] if right else ["b"],
        "ordering": ["a", "b"] if right else ["b", "a"],
        "matching": {"a": "a", "b": "b"} if right else {"a": "b", "b": "a"},
    }
    for number in Paper.objects.get(attempt=attempt).questions:
        answer = answers[QuestionVersion.objects.get(pk=number).kind]
        services.answer_on_paper(attempt, number, answer, client_key=uuid.uuid4(), by=person, at=now)
    return services.hand_in_paper(attempt, by=person, at=now)


def page_of(client: Client) -> str:
    return client.get("/learn/core/").content.decode()


def test_the_parts_alone_give_no_certificate(amal: Person, module: Module, final: Exam) -> None:
    make_mandate("core", credential=module.credential)
    client = device(amal)
    assert "the certificate comes when both are done" in page_of(client)
    page = take_all(client).content.decode()
    assert "All units are done. The test is left" in page
    assert "/learn/tests/final/" in page
    assert not Certificate.objects.exists()
    assert not Evidence.objects.exists()
    sit(amal, final, right=False)
    assert not Certificate.objects.exists()
    assert "My certificates" not in client.get("/learn/tests/final/ask/").content.decode()
    passed = sit(amal, final)
    assert "My certificates" in client.get("/learn/tests/final/ask/").content.decode()
    held = Certificate.objects.get()
    assert (held.test, held.achieved_on) == (passed, TODAY)
    assert Evidence.objects.get().credential == module.credential
    assert [line.state for line in standings_of(amal, TODAY)] == ["current"]
    assert "You have completed this module" in page_of(client)


def test_the_test_may_be_passed_first(amal: Person, module: Module, final: Exam) -> None:
    passed = sit(amal, final)
    assert not Evidence.objects.exists()
    take_all(device(amal))
    assert Certificate.objects.get().test == passed
    assert Evidence.objects.count() == 1


def test_the_next_certificate_asks_for_the_test_again(amal: Person, module: Module, final: Exam) -> None:
    sit(amal, final)
    take_all(device(amal))
    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        client = device(amal)
        take_all(client)
        assert Certificate.objects.count() == 1
        assert "The test is left" in page_of(client)
        again = sit(amal, final)
        newest = Certificate.objects.order_by("pk").last()
        assert newest is not None
        assert (newest.test, newest.achieved_on) == (again, TODAY + timedelta(days=400))
        sit(amal, final)
        assert Certificate.objects.count() == 2, "passing once more opens nothing: nothing waits"


def test_a_test_may_be_enough_alone(amal: Person, final: Exam) -> None:
    module = publish_small_module(test="final", test_alone=True)
    make_mandate("core", credential=module.credential)
    assert "need not read the units first" in page_of(device(amal))
    passed = sit(amal, final)
    assert [fact.source_ref for fact in Evidence.objects.all()] == [f"attempt:{passed.pk}"]
    assert [line.state for line in standings_of(amal, TODAY)] == ["current"]
    assert not Certificate.objects.exists(), "a certificate says that the units were done"
    take_all(device(amal))
    assert Certificate.objects.get().test == passed


def test_nobody_elses_test_opens_hers(amal: Person, module: Module, final: Exam) -> None:
    take_all(device(amal))
    sit(make_person("Bela"), final)
    assert not Certificate.objects.exists()


def test_rewording_and_another_gate_are_versions(module: Module, final: Exam) -> None:
    assert publish_small_module(test="final").published == module.published
    again = publish_small_module()
    assert again.published is not None
    assert (again.published.no, again.published.test) == (2, None)


def test_a_test_that_is_not_there_is_refused() -> None:
    with pytest.raises(PublishRefused, match="asks for the test final") as refusal:
        publish_small_module(test="final")
    assert refusal.value.fact == "test"
    assert not Module.objects.exists()


def test_a_test_alone_names_one(module: Module) -> None:
    held = module.published
    assert held is not None
    facts = {"module": module, "minutes": 1, "hash": "x", "published_at": timezone.now(), "test_alone": True}
    ModuleVersion.objects.create(no=8, test=held.test, **facts)
    with pytest.raises(IntegrityError, match="module_version_test_alone_names_one"):
        ModuleVersion.objects.create(no=9, **facts)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_gated_module(
    amal: Person, module: Module, final: Exam, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        publish_small_module(f"more-{number}", test="final")
    assert Attempt.objects.filter(what_kind=TEST).count() == 0
    client = device(amal)
    take_all(client)
    page_of(client)
    with django_assert_num_queries(9):
        page_of(client)
