"""Journey 3: she changes one assumption, sees the country answer, and nothing is saved until she keeps it."""

from typing import Any

import pytest

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.browsing import page_of
from concerted.planning.models import KeptPlan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def nora() -> Person:
    person = make_person("Nora")
    grant_role(person, "national_coordinator")
    return person


@pytest.mark.parametrize(("language", "script"), [("en", True), ("ar", True), ("en", False)])
def test_what_if(browser: Any, live_server: Any, nora: Person, language: str, script: bool) -> None:
    page = page_of(browser, live_server.url, nora, language, 360, java_script_enabled=script)
    page.goto(f"{live_server.url}/plans/example/delegation/?in=forest")
    before = page.locator("#result table").first.inner_text()
    page.locator('[name="territories.forest.people"]').fill("900000")
    page.locator('[name="territories.forest.women"]').fill("450000")
    if script:
        page.locator('[name="territories.forest.women"]').press("Tab")
    else:
        page.locator("#assumed button").click()
    page.wait_for_selector('#result a.btn[href*="forest.women"]')
    assert page.locator("#result table").first.inner_text() != before
    assert not KeptPlan.objects.exists()
    page.locator("#result a.btn").click()
    page.locator('[name="title"]').fill("Forest grows")
    page.locator("main form button.btn").click()
    page.wait_for_url("**/plans/kept/**")
    kept = KeptPlan.objects.get()
    assert kept.changes == {"territories.forest.people": 900000, "territories.forest.women": 450000}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
