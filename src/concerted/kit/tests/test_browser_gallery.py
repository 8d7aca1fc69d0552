"""The gallery in a real browser: accessible in every size and direction, no forbidden request, and it can be left."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def exit_to(live_server: Any, settings: Any) -> str:
    """A neutral page of our own: a test may not reach another site."""
    settings.CONCERTED_EXIT_URL = f"{live_server.url}/healthz"
    return str(settings.CONCERTED_EXIT_URL)


def opened(browser: Any, url: str, language: str = "en", **options: Any) -> tuple[Any, list[str]]:
    context = browser.new_context(**options)
    context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(url)
    return page, said


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_gallery_is_accessible(browser: Any, live_server: Any, width: int, scheme: str, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    size = {"width": width, "height": 800}
    page, said = opened(browser, f"{live_server.url}/parts/", language, viewport=size, color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_open_menu_never_covers_leave(browser: Any, live_server: Any, language: str) -> None:
    for width in (320, 360, 800):
        page, _ = opened(browser, f"{live_server.url}/parts/", language, viewport={"width": width, "height": 640})
        page.click(".menu")
        box = page.locator(".leave").bounding_box()
        top = page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('.leave') !== null",
            [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2],
        )
        assert top
        assert box["height"] >= 44
        page.context.close()


def test_leave_is_the_first_stop_and_stays_in_view(browser: Any, live_server: Any) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/", viewport={"width": 360, "height": 640})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('leave')")
    page.evaluate("scrollTo(0, 4000)")
    box = page.locator(".leave").bounding_box()
    assert 0 <= box["y"] < 640
    page.context.close()


def test_a_click_leaves(browser: Any, live_server: Any, exit_to: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/")
    page.goto(f"{live_server.url}/parts/?second")
    page.click(".leave")
    page.wait_for_url(exit_to)
    page.go_back()
    assert "second" not in page.url
    page.context.close()


def test_shift_three_times_leaves(browser: Any, live_server: Any, exit_to: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/")
    page.locator("input[name=name]").focus()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(exit_to)
    page.context.close()


def test_shift_while_typing_does_not_leave(browser: Any, live_server: Any, exit_to: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/")
    box = page.locator("input[name=name]")
    box.focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/parts/")
    assert box.input_value() == "ABCD"
    page.context.close()


def test_the_cover_is_there_at_once(browser: Any, live_server: Any, exit_to: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/")
    took, shown = page.evaluate(
        """() => { const from = performance.now(); document.querySelector('.leave').click();
        return [performance.now() - from, getComputedStyle(document.body).display]; }"""
    )
    assert shown == "none"
    assert took < 100
    page.wait_for_url(exit_to)
    page.context.close()


def test_leaving_empties_what_the_page_kept(browser: Any, live_server: Any, exit_to: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/")
    page.evaluate("localStorage.setItem('a', 1); sessionStorage.setItem('a', 1)")
    page.click(".leave")
    page.wait_for_url(exit_to)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.close()


def test_leave_works_without_script(browser: Any, live_server: Any, exit_to: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/", java_script_enabled=False)
    page.click(".leave")
    page.wait_for_url(exit_to)
    page.context.close()


def test_leave_works_with_the_server_down(browser: Any, live_server: Any, settings: Any) -> None:
    # Another origin stands for the neutral page; only our own server is cut off.
    settings.CONCERTED_EXIT_URL = "http://neutral.test/"
    page, _ = opened(browser, f"{live_server.url}/parts/")
    page.context.route(
        "http://neutral.test/**", lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html")
    )
    page.context.route(f"{live_server.url}/**", lambda route: route.abort())
    page.click(".leave")
    page.wait_for_url("http://neutral.test/")
    assert "left" in {cookie["name"] for cookie in page.context.cookies(live_server.url)}
    page.context.unroute(f"{live_server.url}/**")
    # The server is back: the first request ends the session and takes the mark away.
    page.goto(f"{live_server.url}/healthz")
    assert "left" not in {cookie["name"] for cookie in page.context.cookies(live_server.url)}
    page.context.close()


def test_a_form_is_accepted_by_our_own_check(browser: Any, live_server: Any) -> None:
    # Guards the referrer policy: a stricter one makes browsers send "Origin: null".
    page, said = opened(browser, f"{live_server.url}/parts/")
    page.click("#form .btn")
    page.wait_for_selector(".summary")
    page.wait_for_function("document.activeElement.classList.contains('summary')")
    page.click(".summary a")
    assert page.evaluate("document.activeElement.id") == "id_name"
    assert said == []
    page.context.close()


def test_a_second_press_sends_nothing(browser: Any, live_server: Any) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(
        "() => { const b = document.querySelector('#form .btn'); b.click(); b.click(); b.click(); return b.disabled }"
    )
    page.wait_for_selector(".summary")
    assert len(sent) == 1
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_the_language_can_be_changed(browser: Any, live_server: Any, script: bool) -> None:
    page, _ = opened(browser, f"{live_server.url}/parts/?q=1", java_script_enabled=script)
    page.click("#languages [lang=ar]")
    page.wait_for_selector("html[dir=rtl]")
    assert page.url.endswith("/parts/?q=1")
    page.context.close()
