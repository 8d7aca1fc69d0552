"""Play without a line in a real browser: kept, played, sent, refused under another sign-in, and wiped."""

from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.kit.tests.browsing import page_of
from concerted.practice.models import Attempt
from concerted.training.tests.factories import publish_small_scenario

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEEP, KEPT = "/learn/scenarios/corridor/keep/", "/learn/kept/"
LEFT_OVER = """async () => ({
  bases: (await indexedDB.databases()).map((one) => one.name),
  stores: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookie: document.cookie,
})"""
NOTHING = {"bases": [], "stores": [], "workers": 0}


@pytest.fixture
def amal() -> Person:
    publish_small_scenario()
    return make_person("Amal")


def keep(browser: Any, live_server: Any, person: Person, language: str = "en", width: int = 360) -> Any:
    """A page of her phone that stands at what she has just kept, and what its console says."""
    page = page_of(browser, live_server.url, person, language, width)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.goto(live_server.url + "/learn/scenarios/corridor/")
    page.click(f"a[href='{KEEP}']")
    page.click("#keep button")
    page.wait_for_url(f"**{KEPT}")
    page.get_by_text("Ask with him there.").wait_for()
    return page


def press(page: Any, words: str) -> None:
    page.get_by_role("button", name=words).click()


def steps(person: Person) -> list[str]:
    return list(Attempt.objects.get(person=person).steps.order_by("seq").values_list("part", flat=True))


def sign_in_as(page: Any, live_server: Any, browser: Any, person: Person) -> None:
    """The same device under another sign-in."""
    other = page_of(browser, live_server.url, person, "en", 360)
    page.context.add_cookies([one for one in other.context.cookies() if one["name"] == "sessionid"])
    other.context.close()


def test_the_middle_of_a_scenario_without_a_line(browser: Any, live_server: Any, amal: Person) -> None:
    page = keep(browser, live_server, amal)
    page.context.set_offline(True)
    page.reload()
    page.get_by_text("You are a nurse.").wait_for()
    words = page.inner_text("#stage")
    assert words.index("A hard topic.") < words.index("You are a nurse.") < words.index("He stays.")
    press(page, "Ask him to wait outside.")
    page.get_by_text("He frowns and goes.").wait_for()
    assert page.get_by_text("A hard topic.").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "What followed"
    page.get_by_text("Steps not yet sent: 1").wait_for()
    assert page.title().startswith("Learn")
    page.reload()
    page.get_by_text("She tells you.").wait_for()
    assert steps(amal) == []
    page.context.set_offline(False)
    page.get_by_text("All steps are sent.").wait_for()
    assert steps(amal) == ["room.b"]
    page.get_by_role("button", name="Listen.").focus()
    with page.expect_response("**/learn/kept/send/"):
        page.keyboard.press("Enter")
    page.get_by_text("I needed time.").wait_for()
    assert steps(amal) == ["room.b", "hall.a"]
    assert [one for one in page.said if "ERR_INTERNET_DISCONNECTED" not in one] == []
    page.context.close()


def test_two_tabs_take_turns(browser: Any, live_server: Any, amal: Person) -> None:
    one = keep(browser, live_server, amal)
    two = one.context.new_page()
    two.goto(live_server.url + KEPT)
    two.get_by_role("button", name="Ask with him there.").wait_for()
    one.context.set_offline(True)
    press(one, "Ask him to wait outside.")
    press(two, "Ask with him there.")
    two.get_by_text("She tells you.").wait_for()
    for tab in (one, two):
        tab.get_by_text("Steps not yet sent: 1").wait_for()
    one.context.set_offline(False)
    for tab in (one, two):
        tab.get_by_text("All steps are sent.").wait_for()
    assert steps(amal) == ["room.b"]
    one.context.close()


def test_leaving_without_a_line_wipes_it(browser: Any, live_server: Any, settings: Any, amal: Person) -> None:
    settings.CONCERTED_EXIT_URL = live_server.url + "/healthz"
    page = keep(browser, live_server, amal)
    page.context.set_offline(True)
    press(page, "Ask him to wait outside.")
    page.get_by_text("Steps not yet sent: 1").wait_for()
    for _time in range(3):
        page.keyboard.press("Shift")
    with suppress(Error):  # the neutral page cannot be reached either: the browser says so, at its address
        page.wait_for_url("**/healthz", timeout=2000)
    page.context.set_offline(False)
    page.goto(live_server.url + "/healthz")
    found = page.evaluate(LEFT_OVER)
    assert {name: found[name] for name in NOTHING} == NOTHING
    assert "kept" not in found["cookie"]
    assert "/account/login/" in page.goto(live_server.url + KEPT).url
    assert steps(amal) == []
    page.context.close()


def test_signing_out_asks_sends_and_wipes(browser: Any, live_server: Any, amal: Person) -> None:
    page = keep(browser, live_server, amal)
    page.context.set_offline(True)
    press(page, "Ask him to wait outside.")
    page.get_by_text("Steps not yet sent: 1").wait_for()
    page.context.set_offline(False)
    page.goto(live_server.url + "/learn/scenarios/")
    press(page, "Sign out")
    assert "send them first" in page.content()
    page.get_by_role("link", name="Send what waits, then sign out").click()
    page.wait_for_url("**/account/login/")
    assert steps(amal) == ["room.b"]
    found = page.evaluate(LEFT_OVER)
    assert {name: found[name] for name in NOTHING} == NOTHING
    page.context.close()


def test_another_sign_in_sees_and_sends_nothing(browser: Any, live_server: Any, amal: Person) -> None:
    page = keep(browser, live_server, amal)
    page.context.set_offline(True)
    press(page, "Ask him to wait outside.")
    page.get_by_text("Steps not yet sent: 1").wait_for()
    sign_in_as(page, live_server, browser, make_person("Bela"))
    page.context.set_offline(False)
    page.goto(live_server.url + KEPT)
    page.get_by_text("Something is kept here under another sign-in.").wait_for()
    assert "She tells you." not in page.inner_text("main")
    page.goto(live_server.url + KEPT + "?out=1")
    press(page, "Leave it here and sign out")
    page.wait_for_url("**/account/login/")
    assert steps(amal) == []
    sign_in_as(page, live_server, browser, amal)
    page.goto(live_server.url + KEPT)
    page.get_by_text("All steps are sent.").wait_for()
    assert steps(amal) == ["room.b"]
    press(page, "Wipe what is kept here, with steps not yet sent")
    page.get_by_text("Nothing is kept on this device any more.").wait_for()
    found = page.evaluate(LEFT_OVER)
    assert {name: found[name] for name in NOTHING} == NOTHING
    page.context.close()


def looked_at(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pages_are_accessible(browser: Any, live_server: Any, amal: Person, language: str) -> None:
    page = page_of(browser, live_server.url, amal, language, 320, bypass_csp=True)
    page.goto(live_server.url + KEEP)
    page.locator("#keep button").wait_for()
    looked_at(page)
    page.click("#keep button")
    page.wait_for_url(f"**{KEPT}")
    page.locator("#stage button").first.wait_for()
    looked_at(page)
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert page.locator("#stage [data-key='room']").get_attribute("dir") == "ltr"
    page.locator("#stage button").first.click()
    page.locator("#stage button >> text=Listen.").wait_for()
    looked_at(page)
    page.context.close()


def test_in_forced_colours_what_can_be_pressed_has_an_edge(browser: Any, live_server: Any, amal: Person) -> None:
    page = page_of(browser, live_server.url, amal, "en", 360, forced_colors="active")
    page.goto(live_server.url + KEEP)
    page.click("#keep button")
    choice = page.locator("#stage button").first
    choice.wait_for()
    assert choice.evaluate("(one) => parseFloat(getComputedStyle(one).borderTopWidth)") >= 1
    page.context.close()


def test_without_script_it_is_not_offered(browser: Any, live_server: Any, amal: Person) -> None:
    page = page_of(browser, live_server.url, amal, "en", 360, java_script_enabled=False)
    page.goto(live_server.url + "/learn/scenarios/corridor/")
    assert not page.locator(f"a[href='{KEEP}']").is_visible()
    page.goto(live_server.url + KEEP)
    assert not page.locator("#keep").is_visible()
    assert page.get_by_text("This browser keeps nothing here.").is_visible()
    page.context.close()
