"""Translating, writing and local words in a real browser: nothing axe finds, at any size and in either direction."""

from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role
from concerted.kit.tests.browsing import page_of
from concerted.text import services
from concerted.text.models import ContentLanguage, GlossaryEntry, Section, Translation
from concerted.text.rules import SectionText
from concerted.text.tests.test_translating import HOW, TITLE, WHY, draft, make_document, make_translator
from concerted.text.wording import WordEntry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()


def everybody() -> Person:
    """Somebody who may do all of it, and a draft of another that waits for her."""
    for code, name in (("fr", "Français"), ("ar", "العربية")):
        services.add_language(code, name, right_to_left=code == "ar", by=None, at=NOW)
    rena, tara = make_translator("Rena"), make_translator("Tara")
    for role in ("author", "national_coordinator"):
        grant_role(rena, role)
    services.replace_glossary("starter", [WordEntry("fr", ("femme battue",), "femme", "Elle est plus que cela.")])
    document = make_document(TITLE, WHY, HOW)
    draft(document, "how", markdown="Écoutez.", by=tara)
    draft(document, markdown="Une femme battue {svc.helpline}", ready=False, by=tara)
    services.edit_section(document, "why", title="Why ask", markdown="Ask her first.", seen="", by=rena, at=NOW)
    return rena


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    rena = everybody()
    document = make_document(TITLE, WHY, HOW)
    page = page_of(browser, live_server.url, rena, language, width)
    for path in (
        "languages/",
        "languages/add/",
        "languages/fr/",
        "languages/fr/words/",
        "languages/fr/words/add/",
        f"languages/fr/words/{GlossaryEntry.objects.get().key}/",
        "languages/fr/people/",
        "languages/fr/file/",
        f"languages/fr/{document.public}/",
        f"languages/fr/{document.public}/how/",
        f"languages/fr/{document.public}/why/",
        f"languages/fr/{document.public}/preview/",
        "texts/",
        f"texts/{document.public}/",
        f"texts/{document.public}/part/why/",
        "learn/local/",
        "learn/local/svc.helpline/",
    ):
        page.goto(f"{live_server.url}/{path}")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("a.leave").count() == 1, path
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_second_person_lets_a_draft_through(browser: Any, live_server: Any, script: bool) -> None:
    rena = everybody()
    document = make_document(TITLE, WHY, HOW)
    page = page_of(browser, live_server.url, rena, "en", 360, java_script_enabled=script)
    page.goto(f"{live_server.url}/languages/fr/{document.public}/")
    page.get_by_role("link", name="Review it").click()
    page.get_by_role("button", name="Let readers see it").click()
    assert "Readers see it now." in page.inner_text("main")
    page.goto(f"{live_server.url}/languages/fr/{document.public}/title/")
    page.get_by_label("Words").fill("Un plan sûr")
    page.get_by_role("button", name="Finished: ask a second person").click()
    assert "It waits for a second person." in page.inner_text("main")
    page.context.close()


def test_a_language_added_here_keeps_its_direction(browser: Any, live_server: Any) -> None:
    """Django knows no direction of it, so the page must not say the other one first."""
    rena = everybody()
    language = services.add_language("ckb", "کوردی", right_to_left=True, by=None, at=NOW)
    services.enter_translator(rena, language, by=None, at=NOW)
    document = make_document(TITLE, SectionText("why", "Ask.", title="Why ask"))
    page = page_of(browser, live_server.url, rena, "en", 1280)
    page.goto(f"{live_server.url}/languages/ckb/{document.public}/why/")
    assert page.get_by_label("Words").get_attribute("dir") == "rtl"
    page.get_by_label("Heading").fill("بۆچی")
    page.get_by_label("Words").fill("بپرسە")
    page.get_by_role("button", name="Keep as a draft").click()
    page.goto(f"{live_server.url}/languages/ckb/{document.public}/")
    assert page.locator("[lang=ckb][dir=rtl]", has_text="بپرسە").count() >= 1
    page.context.close()


def test_part_after_part_by_keys_alone(browser: Any, live_server: Any) -> None:
    """Words, Control and Enter, words: the source stands beside them, and no hand leaves the keys."""
    rena = everybody()
    document = make_document(*(SectionText(f"part-{n}", f"Ask {n}.") for n in range(20)), key="long")
    page = page_of(browser, live_server.url, rena, "en", 1280)
    page.goto(f"{live_server.url}/languages/fr/{document.public}/part-0/?on")
    for n in range(20):
        page.wait_for_selector(f"h1:text-is('Part {n + 1} of 20')")
        assert page.evaluate("document.activeElement.name") == "markdown"
        source, box = (page.locator(one).bounding_box() for one in (".pair article >> nth=0", "textarea"))
        assert source["x"] + source["width"] <= box["x"], "beside, not above"
        assert source["y"] + 40 < page.viewport_size["height"], "in view"
        page.keyboard.type(f"Demandez {n}.")
        page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Nothing waits for your words in this text")
    kept = Translation.objects.filter(document=document, ready=True).order_by("pk")
    assert [one.markdown for one in kept] == [f"Demandez {n}." for n in range(20)]
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_two_languages_are_parted_by_a_line_between_them(browser: Any, live_server: Any, language: str) -> None:
    rena = everybody()
    document = make_document(TITLE, SectionText("why", "Ask her.", title="Why ask"), key="short")
    section = Section.objects.get(version=document.published, key="why")
    said = {"source_hash": section.hash, "title": "لماذا", "markdown": "اسألوها.", "ready": True, "seen": ""}
    services.write_draft(document, "why", "ar", **said, by=make_translator("Aya", "ar"), at=NOW)
    services.enter_translator(rena, ContentLanguage.objects.get(pk="ar"), by=None, at=NOW)
    page = page_of(browser, live_server.url, rena, language, 1280)
    page.goto(f"{live_server.url}/languages/ar/{document.public}/why/")
    first, second = page.locator(".pair.langs >> nth=0").locator(":scope > div").all()
    lines = second.evaluate("one => [getComputedStyle(one).borderLeftWidth, getComputedStyle(one).borderRightWidth]")
    assert lines == (["1px", "0px"] if language == "en" else ["0px", "1px"])
    assert (first.bounding_box()["x"] < second.bounding_box()["x"]) is (language == "en")
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_typed_is_kept_and_the_page_says_so(browser: Any, live_server: Any, width: int) -> None:
    rena = everybody()
    document = make_document(TITLE, WHY, HOW)
    page = page_of(browser, live_server.url, rena, "en", width)
    page.goto(f"{live_server.url}/languages/fr/{document.public}/title/")
    box = page.get_by_label("Words", exact=True)
    box.press_sequentially("Une femme battue")
    page.wait_for_selector("#kept :text('Saved at')")
    assert Translation.objects.get(key="title").markdown == "Une femme battue"
    assert "femme battue: femme. Elle est plus que cela." in page.inner_text("#beside")
    assert page.get_by_role("link", name="femme battue").get_attribute("aria-describedby") == "written1"
    assert page.evaluate("document.activeElement.name") == "markdown", "typing goes on where it was"

    page.context.set_offline(True)
    box.press_sequentially(" et <b>plus</b>")
    page.wait_for_selector("#kept:text('Not saved yet')")
    assert box.input_value() == "Une femme battue et <b>plus</b>"
    page.context.set_offline(False)
    page.wait_for_selector("#kept :text('Saved at')")
    assert Translation.objects.get(key="title").markdown == "Une femme battue et <b>plus</b>"
    assert page.locator("#beside article b").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_whoever_was_signed_out_is_told_and_keeps_her_words(browser: Any, live_server: Any) -> None:
    rena = everybody()
    document = make_document(TITLE, WHY, HOW)
    page = page_of(browser, live_server.url, rena, "en", 360)
    page.goto(f"{live_server.url}/texts/{document.public}/part/how/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Words", exact=True).press_sequentially("Hear. ")
    page.wait_for_selector("#kept:text('Not saved yet')")
    assert "Hear." in page.get_by_label("Words", exact=True).input_value()
    assert page.locator("#beside").count() == 1
    page.context.close()
