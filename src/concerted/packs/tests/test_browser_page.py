"""A scenario played from its file alone, in a real browser: by keyboard, in either direction, and nothing is kept."""

from pathlib import Path
from typing import Any

import pytest

from concerted.packs.interchange.files import export_file
from concerted.packs.reading.faults import Faults
from concerted.packs.tests.test_workshop import STARTER

pytestmark = pytest.mark.browser


def _written(folder: Path, name: str) -> str:
    content = export_file(STARTER / name, "html", "en", Faults(name))
    assert content is not None
    (folder / "a.html").write_bytes(content)
    return f"file://{folder}/a.html"


@pytest.mark.parametrize("name", ["man-in-the-corridor.md", "man-in-the-corridor.ar.md"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_plays_to_the_look_back_and_axe_finds_nothing(browser: Any, tmp_path: Path, width: int, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    page.goto(_written(tmp_path, name))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#stage button").click()
    for _step in range(60):
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.activeElement.tagName") == "H2", "the focus is at the top of what is new"
        if not page.locator(".choices button").count():
            break
        page.locator(".choices button").last.click()
    assert page.locator("#stage h3").count() >= 3, "the look back"
    assert page.locator("#stage ol li").count() >= 3, "the way she went"
    assert asked == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.close()


def test_by_keyboard_under_its_own_policy_until_it_is_left(browser: Any, tmp_path: Path) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(_written(tmp_path, "man-in-the-corridor.md"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "leave"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Room 3"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "What followed"
    assert said == []
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("about:blank")
    page.context.close()


def test_without_script_the_numbers_are_links(browser: Any, tmp_path: Path) -> None:
    page = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=False).new_page()
    page.goto(_written(tmp_path, "man-in-the-corridor.md"))
    assert not page.locator("#leave").is_visible(), "a button that could do nothing"
    page.locator("noscript li a").first.click()
    number = page.url.partition("#n")[2]
    assert page.locator(f"#n{number}").text_content() == number
    assert page.locator("html").evaluate("one => one.scrollWidth") <= 360
    page.context.close()
