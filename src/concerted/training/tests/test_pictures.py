"""A question about a picture: the list is the form, the picture helps to choose in it."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import make_person
from concerted.practice.models import Attempt
from concerted.training.tests.factories import publish_picture_bank

pytestmark = pytest.mark.django_db
ASK = "/learn/questions/places/ask/"


@pytest.fixture
def amal() -> Client:
    publish_picture_bank()
    client = Client()
    client.force_login(make_person("Amal"))
    client.post("/learn/questions/places/start/")
    return client


def page(client: Client) -> str:
    return client.get(ASK, {"n": 1}).content.decode()


def test_every_area_is_a_line_of_the_list_and_a_label_in_the_picture(amal: Client) -> None:
    shown = page(amal)
    assert 'viewBox="0 0 1600 400" aria-hidden="true"' in shown
    assert "/starter/room.svg" in shown
    for place, (key, words) in enumerate((("a", "Beside her"), ("b", "Behind the desk")), start=1):
        assert f'id="choice-{key}" value="{key}"' in shown
        assert f'<label for="choice-{key}">' in shown
        assert f"<span>{place}. {words}</span>" in shown
    assert re.search(r'<foreignObject x="300" y="200" width="200" height="150">', shown)
    assert "style=" not in shown.split("<main")[1]


def test_numbers_of_the_picture_stay_numbers_in_every_language(amal: Client) -> None:
    amal.cookies["django_language"] = "ar"
    shown = page(amal)
    assert 'viewBox="0 0 1600 400"' in shown
    assert "<span>١. Beside her</span>" in shown


def test_an_area_is_an_answer(amal: Client, django_assert_num_queries: Any) -> None:
    send = {"n": 1, "key": str(uuid.uuid4())}
    assert "Choose one." in amal.post(ASK, send | {"answer": "20,30"}).content.decode()
    amal.post(ASK, send | {"answer": "b"})
    assert "It parts you." in page(amal)
    with django_assert_num_queries(8):
        page(amal)
    amal.post(ASK, {"do": "hand-in"})
    assert Attempt.objects.get().score == 0
    assert "Behind the desk" in page(amal)
