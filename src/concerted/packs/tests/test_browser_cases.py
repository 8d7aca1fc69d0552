"""Writing a case in a real browser: nothing axe finds, no wider than a phone, kept while she types."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.browsing import page_of
from concerted.packs.services.scripts import begin_from
from concerted.practice.models import PassageDraft
from concerted.training.tests.table_factories import publish_small_conference

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("en", 320), ("ar", 320)])
def test_the_pages_are_accessible_and_keep_what_is_typed(
    browser: Any, live_server: Any, language: str, width: int
) -> None:
    ada = grant_role(make_person("Ada"), "author").person
    draft = begin_from(publish_small_conference(), by=ada, at=timezone.now())
    home = f"{live_server.url}/packs/scenarios/"
    here = f"{home}{draft.public}/"
    page = page_of(browser, live_server.url, ada, language, width)
    wrong = []
    parts = [f"passage/{key}/" for key in ("police", "asks", "opening", "kept", "debrief")]
    for path in (home, here, *(here + one for one in ("head/", "try/", "try/?at=opening&d-police=b&go=1", *parts))):
        assert page.goto(path).status == 200, path
        page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
        found = Axe().run(page).response["violations"]
        wrong += [(path, one["id"], one["nodes"][0]["html"]) for one in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert wrong == []
    page.goto(f"{here}passage/opening/")
    page.fill("textarea[name=for-health-text]", "You have her file.")
    page.locator("#kept .ok").wait_for()
    assert "### health\n\nYou have her file." in PassageDraft.objects.get(draft=draft, key="opening").text
    page.context.close()
