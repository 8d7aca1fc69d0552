"""A text moves on and French with it, by clicks and keys on a phone: author, second person, readers, translators.

The same journey over HTTP, which PostgreSQL takes too, is in test_words.py.
"""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from tests.journeys.browsing import digest_of, take

from concerted.capacity.models import Evidence
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.browsing import page_of
from concerted.text import services
from concerted.text.models import Document, Section, Translator
from concerted.text.rules import SectionText, hash_of
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_module

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()
PHONE = 360
XLIFF = "{urn:oasis:names:tc:xliff:document:1.2}"
#: Said above a unit of which readers are shown parts in the language of the source.
BEHIND = "Des parties de cette unité ont changé depuis leur traduction."
NEW = {"why": "Ask her first, alone.", "q1": "Which one is it?"}


class Phones:
    """A phone for each person; whatever a page complains of aloud fails the journey."""

    def __init__(self, browser: Any, base: str, script: bool) -> None:
        self._browser, self.base, self.script = browser, base, script
        self.said: list[str] = []
        self._pages: list[Any] = []

    def of(self, person: Person, language: str = "en") -> Any:
        page = page_of(self._browser, self.base, person, language, PHONE, java_script_enabled=self.script)
        # Chromium says refusals of the content policy, failed requests and faults of scripts on its console.
        page.on("console", lambda message: self.said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))
        self._pages.append(page)
        page.goto(self.base + "/")
        return page

    def close(self) -> None:
        for page in self._pages:
            page.context.close()


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def phones(request: Any, browser: Any, live_server: Any) -> Iterator[Phones]:
    phones = Phones(browser, live_server.url, request.param)
    yield phones
    phones.close()
    assert phones.said == []


def go(page: Any, label: str) -> None:
    """By the menu, as a thumb would."""
    page.locator(".menu").click()
    page.locator("header").get_by_role("link", name=label, exact=True).click()


def fits(page: Any, script: bool) -> None:
    assert page.locator("a.leave").count() == 1
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url


def in_french_already(document: Document) -> None:
    """Every part of a text's published wording, reviewed."""
    for row in Section.objects.filter(version=document.published):
        words = SectionText(row.key, row.markdown, title=row.title, kind=row.kind, data=row.data)
        services.save_translation(
            document,
            row.key,
            hash_of(words),
            "fr",
            title=f"FR {row.title}" if row.title else "",
            markdown=f"FR {row.markdown}" if row.markdown else "",
            state="reviewed",
            by=None,
            at=NOW,
        )


def open_unit(page: Any) -> None:
    """From the desk to the first step of the unit's module, started now."""
    go(page, "Apprendre")
    page.locator("main a[href='/learn/core/']").first.click()
    page.locator("main form[action='/learn/core/start/'] button").first.click()


def propose(page: Any, document: Document, script: bool) -> None:
    """The author rewords two parts and asks for a second person."""
    go(page, "Write")
    page.locator(f"main a[href$='/texts/{document.public}/']").click()
    text = page.url
    for key, words in NEW.items():
        page.locator(f"main a[href$='/part/{key}/']").click()
        page.get_by_label("Words").fill(words)
        fits(page, script)
        page.get_by_role("button", name="Keep as a draft").click()
        assert page.url == text
        assert page.locator("ins").count() >= 1
    page.get_by_label("What changes, in a sentence").fill("Two parts, said better.")
    page.get_by_role("button", name="Ask a second person to publish it").click()
    # She cannot be the second person herself.
    assert page.get_by_role("button", name="Publish it").count() == 0
    fits(page, script)


def publish(page: Any, script: bool) -> None:
    """Whoever did not write it finds what waits, reads why, and publishes it."""
    go(page, "Write")
    page.get_by_role("link", name="Only those with drafts").click()
    page.get_by_role("link", name="A safe plan").click()
    assert "Two parts, said better." in page.inner_text("main")
    fits(page, script)
    page.get_by_role("button", name="Publish it").click()
    assert page.get_by_role("button", name="Publish it").count() == 0


def open_exchange(page: Any) -> None:
    go(page, "Translate")
    page.get_by_role("link", name="Français").first.click()
    page.get_by_role("link", name="Work in your own tool").click()


def carry(page: Any, folder: Path, script: bool) -> None:
    """Out by a download, through the tool, back by an upload."""
    open_exchange(page)
    fits(page, script)
    with page.expect_download() as coming:
        page.get_by_role("link", name="XLIFF 1.2", exact=True).click()
    there = folder / "there.xlf"
    coming.value.save_as(there)
    sources = translate(there, folder / "back.xlf")
    # The heading goes along: it belongs to a section whose words have changed.
    assert sorted(sources) == sorted([*NEW.values(), "Why"])
    page.locator("input[type=file]").set_input_files(folder / "back.xlf")
    page.get_by_role("button", name="Take the file in").click()
    assert "Left out" not in page.inner_text("main")


def translate(there: Path, back: Path) -> list[str]:
    """A translator's program: a target beside every source, its codes kept, signed off. What it found to do."""
    ElementTree.register_namespace("", XLIFF.strip("{}"))
    tree, found = ElementTree.parse(there), []  # noqa: S314 - what we wrote ourselves
    for unit in tree.iter(f"{XLIFF}trans-unit"):
        source, target = unit.find(f"{XLIFF}source"), unit.find(f"{XLIFF}target")
        assert source is not None
        found.append("".join(source.itertext()))
        if target is None:
            target = ElementTree.Element(f"{XLIFF}target")
            unit.insert(list(unit).index(source) + 1, target)
        target.clear()
        target.set("state", "signed-off")
        target.text = f"FR {source.text or ''}"
        target.extend(copy.deepcopy(child) for child in source)
    tree.write(back, encoding="utf-8", xml_declaration=True)
    return found


def review(page: Any, script: bool) -> None:
    """The second translator lets each part through, going where the pages lead her."""
    go(page, "Translate")
    page.get_by_role("link", name=f"{len(NEW)} to review").click()
    page.locator("main .rows h3 a").first.click()
    assert page.get_by_text("waits for a second person").count() == len(NEW)
    page.get_by_role("link", name="Review it").first.click()
    for _part in NEW:
        # Each part she lets through leads her to the next that waits.
        fits(page, script)
        page.get_by_role("button", name="Let readers see it").click()
        assert "Readers see it now." in page.inner_text("main")
    assert page.get_by_role("button", name="Let readers see it").count() == 0


def see_source(page: Any, script: bool) -> None:
    """The reader is told which two parts are behind, and each stands in its source language, marked as such."""
    said = page.locator(".note", has_text=BEHIND)
    assert said.locator("bdi").all_inner_texts() == ["Why", "question 1"]
    assert page.locator("main [lang=en]", has_text=NEW["why"]).count() >= 1
    assert page.locator("main", has_text="FR Ask first.").count() == 0
    fits(page, script)
    asked = page.locator("fieldset[lang=en] legend")
    assert asked.inner_text() == NEW["q1"]
    # The answers have not changed, and stay French.
    assert page.locator("form#ask [lang=fr]", has_text="FR One").count() >= 1


def see_french(page: Any) -> None:
    """The banner is gone, and both parts are hers to read."""
    page.reload()
    assert BEHIND not in page.inner_text("main")
    assert f"FR {NEW['why']}" in page.inner_text("main")
    assert page.locator("form#ask legend").inner_text() == f"FR {NEW['q1']}"
    assert page.locator("main [lang=en]").count() == 0


def translator(name: str) -> Person:
    person = make_person(name)
    grant_role(person, "translator")
    Translator.objects.create(person=person, language_id="fr")
    return person


def author(name: str) -> Person:
    person = make_person(name)
    grant_role(person, "author")
    return person


def test_a_text_moves_on_by_clicks_and_keys(phones: Phones, tmp_path: Path) -> None:
    module, script = publish_small_module(), phones.script
    services.add_language("fr", "Français", by=None, at=NOW)
    document = Document.objects.get(key=f"unit:{module.code}:C1")
    for whole in Document.objects.all():
        in_french_already(whole)
    amal = phones.of(make_person("Amal"), "fr")
    open_unit(amal)
    assert "FR Ask first." in amal.inner_text("main")
    assert take(amal) == 4
    before = digest_of(Evidence, Certificate)

    propose(phones.of(author("Ada")), document, script)
    publish(phones.of(author("Eva")), script)
    bela = phones.of(make_person("Bela"), "fr")
    open_unit(bela)
    see_source(bela, script)
    carry(phones.of(translator("Tara")), tmp_path, script)
    # What one person brought in is shown to nobody yet.
    bela.reload()
    assert bela.locator("form#ask legend").inner_text() == NEW["q1"]
    review(phones.of(translator("Rena")), script)
    see_french(bela)
    assert digest_of(Evidence, Certificate) == before
