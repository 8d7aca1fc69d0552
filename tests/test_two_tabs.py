"""One unit in two tabs: whichever is older is told where things stand, and nothing is counted twice."""

import uuid
from typing import Any

import pytest
from django.test import Client

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person, make_position
from concerted.kit.tests.stored import changed, stored
from concerted.practice.models import Attempt, Step
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
ONE, TWO = "/learn/core/C1/", "/learn/core/C2/"
WAY: list[tuple[str, dict[str, Any]]] = [
    (ONE, {"step": "q1", "do": "answer", "answer": "a"}),
    (ONE, {"step": "q1", "do": "on"}),
    (ONE, {"step": "q2", "do": "answer", "answer": ["a", "b"]}),
    (ONE, {"step": "q2", "do": "on"}),
    (TWO, {"step": "q1", "do": "answer", "place-a": "1", "place-b": "2"}),
    (TWO, {"step": "q1", "do": "on"}),
    (TWO, {"step": "q2", "do": "answer", "place-a": "a", "place-b": "b"}),
    (TWO, {"step": "q2", "do": "on"}),
    (TWO, {"step": "read-3", "do": "on"}),
]


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person)
    return person


def tab(amal: Person) -> Client:
    client = Client()
    client.force_login(amal)
    return client


def send(client: Client, path: str, form: dict[str, Any]) -> str:
    return client.post(path, {"key": str(uuid.uuid4())} | form, follow=True).content.decode()


@pytest.fixture
def tabs(amal: Person) -> tuple[Client, Client]:
    """Both tabs show the first question."""
    publish_small_module()
    first, second = tab(amal), tab(amal)
    first.post("/learn/core/start/")
    return first, second


def test_the_older_tab_answers_what_is_answered(tabs: tuple[Client, Client]) -> None:
    """The first answer counts; the later one is kept for learning and shown with its feedback, and changes no score."""
    first, second = tabs
    send(first, ONE, {"step": "q1", "do": "answer", "answer": "b"})
    said = send(second, ONE, {"step": "q1", "do": "answer", "answer": "a"})
    assert "Why One." in said
    assert list(Step.objects.order_by("seq").values_list("part", "right")) == [("C1/q1", False), ("C1/q1", True)]
    for path, form in WAY[1:]:
        send(first, path, form)
    assert Attempt.objects.get().score == 75
    assert Certificate.objects.count() == Evidence.objects.count() == 1


def test_the_older_tab_goes_on_where_the_other_went_on(tabs: tuple[Client, Client]) -> None:
    first, second = tabs
    for path, form in WAY[:4]:
        send(first, path, form)
    before = stored()
    said = send(second, *WAY[1])
    assert "Question q2?" in said, "it goes on behind the step it stood on"
    assert changed(before) == []


def test_a_tab_of_the_attempt_before_sends_a_later_step(tabs: tuple[Client, Client]) -> None:
    """Its turn has not come in the attempt that is open now."""
    _first, second = tabs
    before = stored()
    said = send(second, ONE, {"step": "q2", "do": "answer", "answer": ["a"]})
    assert "This step comes later. Here is the one you are at." in said
    assert "Question q1?" in said
    assert changed(before) == []


@pytest.mark.parametrize(("path", "form"), WAY, ids=str)
def test_finished_in_one_tab_and_sent_in_the_other(
    tabs: tuple[Client, Client], path: str, form: dict[str, Any]
) -> None:
    first, second = tabs
    for way, sent in WAY:
        send(first, way, sent)
    before = stored()
    said = send(second, path, form)
    assert "This attempt is already finished; nothing was changed. Its result stands on its page." in said
    assert changed(before) == []
    assert Certificate.objects.count() == Evidence.objects.count() == Attempt.objects.count() == 1


def test_both_tabs_begin(tabs: tuple[Client, Client]) -> None:
    _first, second = tabs
    before = stored()
    assert second.post("/learn/core/start/")["Location"] == ONE
    assert changed(before) == []
