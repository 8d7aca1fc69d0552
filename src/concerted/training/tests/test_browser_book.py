"""A module as a web page, opened alone in a real browser: nothing axe finds, nothing asked for, it fits a phone."""

from pathlib import Path
from typing import Any

import pytest

from concerted.training.models import Module
from concerted.training.queries.book import book_file
from concerted.training.tests.books import publish_book

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_file_is_accessible(browser: Any, settings: Any, tmp_path: Path, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    settings.MEDIA_ROOT = tmp_path
    publish_book(2)
    module = Module.objects.select_related("document", "published").get()
    (tmp_path / "a.html").write_bytes(book_file(module, language, "html").content)
    page = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{tmp_path}/a.html")
    for closed in page.locator("summary").all():
        closed.click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.context.close()


def test_its_own_policy_lets_its_style_and_pictures_through(browser: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    publish_book()
    module = Module.objects.select_related("document", "published").get()
    (tmp_path / "a.html").write_bytes(book_file(module, "en", "html").content)
    page = browser.new_context(viewport={"width": 360, "height": 800}).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"file://{tmp_path}/a.html")
    assert said == []
    assert page.evaluate("getComputedStyle(document.querySelector('.box')).backgroundColor") == "rgb(245, 242, 236)"
    assert page.evaluate("document.querySelector('img').naturalWidth") > 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.context.close()
