"""A plan of one's own in a real browser: nothing axe finds, nothing too wide, and all of it without script."""

from typing import Any

import pytest
from django.urls import reverse

from concerted.kit.tests.browsing import page_of
from concerted.planning.models import KeptPlan
from concerted.planning.tests.factories import national
from concerted.planning.tests.test_plan_file import HELPLINE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_faults_and_headlines_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = page_of(browser, live_server.url, national(), language, width)
    page.goto(live_server.url + reverse("planning:own"))
    for text in (HELPLINE.replace("minutes: 25", "minuts: 25", 1), HELPLINE):
        page.fill("textarea", text)
        page.click("button[value=check]")
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_plan_is_kept_without_script(browser: Any, live_server: Any) -> None:
    page = page_of(browser, live_server.url, national(), "en", 360, java_script_enabled=False)
    page.goto(live_server.url + reverse("planning:own"))
    page.fill("textarea", HELPLINE)
    page.click("button[value=check]")
    page.click("button[value=keep]")
    assert KeptPlan.objects.get().file == HELPLINE
