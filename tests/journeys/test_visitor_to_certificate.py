"""A visitor registers, fails a test, learns, plays a situation, passes, and somebody else checks her certificate.

On a phone, in English and in Arabic, with script and without; where there is script, the middle of the situation is
played off line.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.journeys.browsing import take

from concerted.directory.models import Person
from concerted.post.models import Letter
from concerted.practice.models import Attempt, Paper, QuestionVersion
from concerted.practice.services import TEST
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_exam, publish_small_module, publish_small_scenario
from concerted.training.tests.test_papers import ANSWERS, WRONG

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


@pytest.fixture(
    params=[("en", True), ("en", False), ("ar", True), ("ar", False)], ids=lambda p: f"{p[0]}-script-{p[1]}"
)
def phone(request: Any, browser: Any, live_server: Any) -> Iterator[tuple[Any, str, bool]]:
    language, script = request.param
    context = browser.new_context(viewport=PHONE, java_script_enabled=script)
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    yield context.new_page(), language, script
    context.close()


def looked_at(page: Any, script: bool) -> None:
    """Fits the phone, and axe, which is a script, finds nothing."""
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page.url


def register(page: Any, base: str, language: str, script: bool) -> Person:
    """Two screens: the form, and the link in the letter."""
    page.goto(f"{base}/learn/catalogue/")
    looked_at(page, script)
    page.goto(f"{base}/account/signup/")
    page.fill("input[name=name]", "Amal Hadi")
    page.fill("input[name=email]", "amal@example.org")
    page.fill("input[name=password]", "river stone lamp")
    looked_at(page, script)
    page.locator("main form button.btn").first.click()
    page.wait_for_url(f"{base}/account/sent/")
    link = re.search(r"http://[^/]+(/\S+)", Letter.objects.latest("id").body)
    assert link is not None
    page.goto(base + link[1])
    looked_at(page, script)
    page.locator("main form button.btn").first.click()
    page.wait_for_url(f"{base}/account/where/")
    assert page.get_attribute("html", "lang") == language
    return Person.objects.get(email="amal@example.org")


def sit(page: Any, base: str, person: Person, how: dict[str, dict[str, Any]], script: bool) -> bool:
    """Sit the test from its page; whether it was passed."""
    page.goto(f"{base}/learn/tests/final/")
    page.locator("form[action$='/start/'] button.btn").click()
    attempt = Attempt.objects.filter(person=person, what_kind=TEST).latest("no")
    for place, number in enumerate(Paper.objects.get(attempt=attempt).questions, start=1):
        page.goto(f"{base}/learn/tests/final/ask/?n={place}")
        looked_at(page, script)
        for name, value in how[QuestionVersion.objects.get(pk=number).kind].items():
            if name == "answer":
                for one in [value] if isinstance(value, str) else value:
                    page.check(f"input[name=answer][value={one}]")
            else:
                page.select_option(f"select[name={name}]", value)
        page.locator("form#ask button.btn").first.click()
    page.locator("button[value=hand-in]").click()
    looked_at(page, script)
    attempt.refresh_from_db()
    return bool(attempt.passed)


def play_off_line(page: Any, base: str) -> None:
    """Keep the situation, lose the line in its middle, and find it again before its end."""
    page.goto(f"{base}/learn/scenarios/corridor/")
    page.click("a[href='/learn/scenarios/corridor/keep/']")
    page.click("#keep button")
    page.wait_for_url("**/learn/kept/")
    page.get_by_role("button", name="Ask him to wait outside.").wait_for()
    page.context.set_offline(True)
    page.get_by_role("button", name="Ask him to wait outside.").click()
    page.get_by_text("He frowns and goes.").wait_for()
    with page.expect_response("**/learn/kept/send/"):
        page.context.set_offline(False)
    with page.expect_response("**/learn/kept/send/"):
        page.get_by_role("button", name="Listen.").click()
    page.get_by_text("I needed time.").wait_for()


def play_plainly(page: Any, base: str) -> None:
    """The same by forms alone."""
    page.goto(f"{base}/learn/scenarios/corridor/")
    page.locator("form[action$='/start/'] button.btn").first.click()
    for choice in ("b", "a"):
        page.check(f"input[name=choice][value={choice}]")
        page.locator("button[value=choose]").click()
    assert "I needed time." in page.inner_text("main")


def test_from_a_visitor_to_a_certificate_that_is_checked(phone: Any, browser: Any, live_server: Any) -> None:
    page, language, script = phone
    base = live_server.url
    publish_small_exam()
    publish_small_module(test="final")
    publish_small_scenario()
    amal = register(page, base, language, script)
    assert not sit(page, base, amal, WRONG, script)
    assert not Certificate.objects.exists()
    page.goto(f"{base}/learn/core/")
    looked_at(page, script)
    page.locator("main form .btn").first.click()
    assert take(page) == 4
    (play_off_line if script else play_plainly)(page, base)
    played = Attempt.objects.get(person=amal, what_kind="scenario")
    assert (played.passed, list(played.steps.order_by("seq").values_list("part", flat=True))) == (
        True,
        ["room.b", "hall.a"],
    )
    assert not Certificate.objects.exists()
    assert sit(page, base, amal, ANSWERS, script)
    held = Certificate.objects.get(person=amal)
    page.goto(f"{base}/learn/record/")
    looked_at(page, script)
    with page.expect_download() as coming:
        page.locator("a[href$='.pdf']").first.click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    employer = browser.new_context(viewport=PHONE, java_script_enabled=script)
    employer.add_cookies([{"name": "django_language", "value": language, "url": base}])
    other = employer.new_page()
    assert other.goto(f"{base}/learn/check/{held.code}/").status == 200
    words = other.inner_text("main")
    assert "A safe plan" in words
    assert "Amal" not in words, "the least fields: who holds the paper is read from the paper"
    if language == "en":
        assert "This certificate is real" in words
    looked_at(other, script)
    employer.close()
