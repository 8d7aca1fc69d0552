"""The first page a visitor sees says what this is, who may come, and why she stands there."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
DOOR = "/account/login/"


def test_the_door_says_what_this_is_and_leads_in() -> None:
    page = Client().get(f"{DOOR}?next=/").content.decode()
    assert "Learning and planning at work" in page
    assert page.index("Make an account") < page.index('type="password"')
    assert page.index('href="/learn/catalogue/"') < page.index('type="password"')


def test_who_followed_a_link_is_told_why_she_has_to_sign_in() -> None:
    client = Client()
    page = client.get("/learn/core/", follow=True).content.decode()
    assert "The page you asked for opens once you have signed in." in page
    assert "you were signed out" not in page


def test_who_was_signed_out_is_told_that_alone() -> None:
    page = Client().get(f"{DOOR}?next=/learn/&away=1").content.decode()
    assert "you were signed out" in page
    assert "The page you asked for" not in page
    assert "New here?" not in page


def test_whoever_holds_a_certificate_in_her_hands_finds_where_to_check_it() -> None:
    page = Client().get("/learn/catalogue/").content.decode()
    assert 'href="/learn/check/"' in page
    assert "(if you like)" not in page
