"""A practitioner signs in on a phone and completes a module; certificate, her board and the national one follow.

In English and in Arabic, with script and without.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from tests.journeys.browsing import take

from concerted.capacity.tests.factories import make_mandate
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.training.tests.factories import publish_small_module

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


class Response:
    """One country, one region, one clinic: Amal practises, Mona manages, Nora coordinates."""

    def __init__(self, language: str) -> None:
        country = make_territory("Country")
        region = make_territory("Region", country)
        make_territory("Other region", country)
        self.agency = make_agency("Clinic", territory=region)
        self.amal = make_person("Amal", email="amal@example.org", language=language)
        self.amal.set_password("river stone lamp")
        self.amal.save()
        self.mona, self.nora = make_person("Mona"), make_person("Nora")
        make_position(self.amal, self.agency)
        grant_role(self.mona, "manager", self.agency)
        grant_role(self.nora, "national_coordinator")
        module = publish_small_module()
        make_mandate("core", credential=module.credential)

    def boards(self) -> tuple[str, str]:
        """What the manager and the national coordinator see now."""
        seen = []
        for person, path in ((self.mona, f"/capacity/agency/{self.agency.pk}/"), (self.nora, "/capacity/")):
            client = Client()
            client.force_login(person)
            seen.append(client.get(path).content.decode())
        return seen[0], seen[1]


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
    """Can be left; and, where script runs, which both need: fits the phone, and axe finds nothing."""
    assert page.locator("form[action$='/leave/'], a[href$='/leave/']").count() >= 1
    if not script:
        return
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_from_the_phone_to_the_boards(phone: Any, live_server: Any) -> None:
    page, language, script = phone
    response = Response(language)
    before = response.boards()
    assert "Amal" in before[0]
    page.goto(live_server.url + "/")
    page.fill("input[name=login]", "amal@example.org")
    page.fill("input[name=password]", "river stone lamp")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(live_server.url + "/")
    assert page.get_attribute("html", "lang") == language
    looked_at(page, script)
    page.locator("main .btn").first.click()
    looked_at(page, script)
    page.locator("main form .btn").first.click()
    looked_at(page, script)
    assert take(page) == 4
    looked_at(page, script)
    page.goto(live_server.url + "/learn/record/")
    looked_at(page, script)
    with page.expect_download() as coming:
        page.locator("a[href$='.pdf']").first.click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    after = response.boards()
    assert "Amal" not in after[0]
    assert before[1] != after[1]
