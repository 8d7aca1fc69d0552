"""An initiative moved along its timeline in a real browser: the answer, the field and the keyboard follow."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from concerted.kit.tests.browsing import page_of
from concerted.planning.tests.factories import national

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH, FIELD = "/plans/example/delegation/", '[name="initiatives.duty.start"]'


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pressed_twice_it_begins_two_months_later(browser: Any, live_server: Any, language: str) -> None:
    page = page_of(browser, live_server.url, national(), language, 360)
    page.goto(f"{live_server.url}{PATH}?services.helpline.queue.minutes=30")
    before = page.locator("#timeline").inner_html()
    page.locator("#later-duty").focus()
    for month in ("2027-08", "2027-09"):
        page.keyboard.press("Enter")
        page.wait_for_function("([field, month]) => document.querySelector(field).value == month", arg=[FIELD, month])
        # The field is put back a moment before the focus is, and what is new answers to keys a moment after it.
        page.wait_for_function("() => document.activeElement.id == 'later-duty'")
        page.wait_for_function("() => !document.querySelector('.htmx-request, .htmx-added, .htmx-settling')")
    assert page.locator("#timeline").inner_html() != before
    assert page.url.endswith("minutes=30")
    # What she changes next leaves it where she moved it.
    page.locator("#assumed details[open] > summary").wait_for()
    page.locator('[name="services.helpline.queue.minutes"]').fill("20")
    page.locator('[name="services.helpline.queue.minutes"]').press("Tab")
    page.locator('#later-duty[href*="minutes=20"][href*="start=2027-10"]').wait_for()
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def test_it_is_moved_without_script(browser: Any, live_server: Any) -> None:
    page = page_of(browser, live_server.url, national(), "en", 1280, java_script_enabled=False)
    page.goto(f"{live_server.url}{PATH}?services.helpline.queue.minutes=30")
    page.locator("#earlier-duty").click()
    page.wait_for_url("**#timeline")
    assert page.locator(FIELD).input_value() == "2027-06"
    assert page.locator('[name="services.helpline.queue.minutes"]').input_value() == "30.0"
    page.context.close()


@pytest.mark.parametrize(("language", "width"), [("en", 360), ("en", 1280), ("ar", 360)])
def test_words_of_the_drawing_stand_clear_of_each_other(
    browser: Any, live_server: Any, language: str, width: int
) -> None:
    page = page_of(browser, live_server.url, national(), language, width)
    page.goto(f"{live_server.url}/plans/example/helpline/")
    touching = page.evaluate(
        """() => { const words = [...document.querySelectorAll("#timeline svg text")]
        .filter(one => one.getClientRects().length).map(one => [one.textContent, one.getBoundingClientRect()]);
        return words.flatMap(([a, one], n) => words.slice(n + 1).filter(([, other]) =>
            one.left < other.right && other.left < one.right
            && one.top + 2 < other.bottom && other.top + 2 < one.bottom).map(([b]) => [a, b])); }"""
    )
    assert touching == []
    page.context.close()
