"""The self-check in a real browser: nothing axe finds, and no source too long for a phone."""

from typing import Any

import pytest
from django.urls import reverse

from concerted.kit.tests.browsing import page_of
from concerted.planning.tests.factories import national

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_table_is_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = page_of(browser, live_server.url, national(), language, width)
    page.goto(live_server.url + reverse("planning:self_check"))
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
