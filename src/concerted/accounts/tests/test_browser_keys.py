"""The page of keys in a real browser: nothing axe finds, nothing wider than a phone, the key fits whole."""

from typing import Any

import pytest
from django.test import Client

from concerted.accounts.models import ProgramKey
from concerted.accounts.tests.test_browser_accounts import looked_at
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_key_is_made_and_ended(browser: Any, live_server: Any, width: int, language: str) -> None:
    person, agency = make_person("Mona"), make_agency("Clinic")
    make_position(person, agency)
    grant_role(person, "manager", agency)
    client = Client()
    client.force_login(person)
    context = browser.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", client.cookies["sessionid"].value), ("django_language", language)):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/account/")
    page.click('a[href="/account/programs/"]')
    looked_at(page, width)
    page.fill("#id_name", "Case system")
    page.click("form.stack .btn")
    page.wait_for_selector(".note.ok code")
    secret = page.inner_text(".note.ok code")
    assert len(secret) == 46
    looked_at(page, width)
    page.click(".do button")
    page.wait_for_url("**/account/programs/")
    looked_at(page, width)
    assert ProgramKey.objects.get().ended_at is not None
    context.close()
