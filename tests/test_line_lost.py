"""A line lost in the middle of a unit: before the server had all of the form, and after, before she had the answer."""

import io
import uuid
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client

from concerted.config.wsgi import application
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person, make_position
from concerted.kit.tests.stored import changed, stored
from concerted.practice.models import Step
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
ONE, TWO = "/learn/core/C1/", "/learn/core/C2/"


def on_this_connection(environ: dict[str, Any]) -> tuple[str, str]:
    """Ask the application. It would close the connection first, and the test's own transaction with it."""
    answered: list[str] = []
    request_started.disconnect(close_old_connections)
    try:
        page = b"".join(application(environ, lambda status, headers: answered.append(status)))
    finally:
        request_started.connect(close_old_connections)
    return answered[0], page.decode()


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person)
    return person


@pytest.fixture
def client(amal: Person) -> Client:
    publish_small_module()
    client = Client()
    client.force_login(amal)
    client.post("/learn/core/start/")
    return client


def post(client: Client, path: str, sent: dict[str, Any], lost: int = 0) -> tuple[str, str]:
    """Send a form through the application as the server does, its last `lost` bytes never arriving."""
    client.get(path)
    token = client.cookies["csrftoken"].value
    body = urlencode({"csrfmiddlewaretoken": token} | sent, doseq=True).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body[: max(0, len(body) - lost)]),
        "wsgi.errors": io.StringIO(),
    }
    return on_this_connection(environ)


def answer(step: str, answer: Any, key: str = "") -> dict[str, Any]:
    return {"key": key or str(uuid.uuid4()), "step": step, "do": "answer", "answer": answer}


@pytest.mark.parametrize("lost", [1, 9, 40, 9999], ids=lambda lost: f"{lost} bytes lost")
def test_a_form_that_arrived_in_part_changes_nothing(client: Client, lost: int) -> None:
    """Of three ticked answers two may arrive: half a form is no form."""
    for do in ("answer", "on"):
        client.post(ONE, answer("q1", "a") | {"do": do})
    before = stored()
    sent = answer("q2", ["a", "b"])
    status, page = post(client, ONE, sent, lost)
    assert status.startswith("403")
    assert "Nothing was changed. Go back, load the page again and send it once more." in page
    assert changed(before) == []
    assert "Question q2?" in client.get(ONE).content.decode(), "the page goes on where it was"
    status, _page = post(client, ONE, sent)
    assert status.startswith("302")
    assert Step.objects.order_by("seq").last().answer == ["a", "b"]  # type: ignore[union-attr]


def test_the_answer_was_lost_on_the_way_back(client: Client) -> None:
    """She sends the same form again and is shown what was kept the first time."""
    sent = answer("q1", "b")
    first = client.post(ONE, sent)
    before = stored()
    again = client.post(ONE, sent)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert changed(before) == []
    page = client.get(again["Location"]).content.decode()
    assert "Not quite." in page
    assert "Why Two." in page
    assert Step.objects.count() == 1


def test_the_answer_was_lost_and_she_sends_another(client: Client) -> None:
    sent = answer("q1", "b")
    client.post(ONE, sent)
    before = stored()
    said = client.post(ONE, sent | {"answer": "a"}, follow=True).content.decode()
    assert "This form was already sent with another answer. The first one stays. Open the page again." in said
    assert changed(before) == []


def test_the_last_answer_of_all_was_lost(client: Client) -> None:
    """The module is finished once, whatever is sent again; the page she lands on shows her result."""
    sent: list[tuple[str, dict[str, Any]]] = [
        (ONE, answer("q1", "a")),
        (ONE, answer("q2", ["a", "b"])),
        (TWO, answer("q1", "") | {"place-a": "1", "place-b": "2"}),
        (TWO, answer("q2", "") | {"place-a": "a", "place-b": "b"}),
        (TWO, answer("read-3", "") | {"do": "on"}),
    ]
    for path, form in sent:
        last = client.post(path, form)
    before = stored()
    for path, form in sent[-2:]:
        again = client.post(path, form)
        assert (again.status_code, again["Location"]) == (302, last["Location"])
    assert changed(before) == []
    assert "100" in client.get(last["Location"]).content.decode()
