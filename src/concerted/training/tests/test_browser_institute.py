"""The catalogue, the check and her record in a real browser: nothing axe finds, on a phone and at a desk."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import OutsideClaim
from concerted.directory.tests.factories import grant_role, make_person, make_position
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_exam, publish_small_module, publish_small_scenario
from concerted.training.tests.test_taking import device, take_all

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def faults(page: Any, width: int) -> list[Any]:
    from axe_playwright_python.sync_playwright import Axe

    wide = page.evaluate("document.documentElement.scrollWidth")
    found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
    return found + ([("too wide", wide)] if wide > width else [])


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    amal = make_person("Amal")
    place = make_position(amal)
    publish_small_exam()
    publish_small_module(months=24)
    publish_small_scenario()
    take_all(device(amal))
    held = Certificate.objects.get()
    facts = {"person": amal, "agency": place.agency, "by": amal}
    facts |= {"at": timezone.now(), "achieved_on": timezone.localdate()}
    for state in ("confirmed", "waiting"):
        OutsideClaim.objects.create(title=f"Course {state}", provider="University", minutes=90, state=state, **facts)
    dora = grant_role(make_person("Dora"), "national_coordinator").person
    paths = {
        None: [
            "/learn/catalogue/?minutes=15",
            "/learn/catalogue/?kind=test&minutes=15",
            "/learn/check/",
            f"/learn/check/{held.code}/",
        ],
        amal: ["/learn/record/", "/learn/record/all/", "/capacity/outside/mine/"],
        dora: [f"/learn/check/{held.code}/revoke/", "/capacity/outside/"],
    }
    wrong = []
    for who, asked in paths.items():
        context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        if who is not None:
            client = Client()
            client.force_login(who)
            kept = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": kept, "url": live_server.url}])
        page = context.new_page()
        for path in asked:
            assert page.goto(f"{live_server.url}{path}").status == 200, path
            wrong += [(path, fault) for fault in faults(page, width)]
        context.close()
    assert wrong == []
