"""Texts are read in the language she chose, which the interface need not speak; the words around keep their own."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import concerted
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.practice.models import Attempt
from concerted.text import queries as text
from concerted.text.models import ContentLanguage, Document, Section, Translation, Translator
from concerted.text.rules import SectionText
from concerted.text.services import (
    LanguageRefused,
    add_language,
    choose_reading_language,
    count_document,
    count_language,
    open_interface_languages,
    review,
    write_draft,
)
from concerted.training.rules import ModuleText, ProgrammeText, UnitText
from concerted.training.services import publish_module, publish_programme
from concerted.training.services.local import fill_slot
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
PASSWORD = "river stone lamp"
NOW = timezone.now()
UNIT = "/learn/core/C1/"
SWAHILI = ' lang="sw" dir="ltr">'
WORDS = {"title": "Mpango salama", "why": "Uliza kwanza.", "q1": "Swali la kwanza?", "q1.a": "Moja", "q1.b": "Mbili"}
WHY = {"q1.b.why": "Kwa sababu mbili.", "q1.a.why": "Kwa sababu moja."}


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal", email="amal@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def client(amal: Person) -> Client:
    open_interface_languages()
    add_language("sw", "Kiswahili", by=None, at=NOW)
    publish_small_module()
    count_language("ar")
    client = Client()
    client.force_login(amal)
    client.post("/learn/core/start/")
    return client


def translate(key: str, language: str, words: dict[str, str], *, to_review: bool = True) -> None:
    """Words of a published text, written by one person and let through by another."""
    names = iter(("Tara", "Rena"))
    writer, second = (_translator(next(names), language) for _n in range(2))
    document = Document.objects.get(key=key)
    for section, said in words.items():
        held = Section.objects.get(version=document.published, key=section)
        made = write_draft(
            document,
            section,
            language,
            source_hash=held.hash,
            title="Kwa nini" if held.title else "",
            markdown=said,
            ready=True,
            seen=0,
            by=writer,
            at=NOW,
        )
        if to_review:
            review(made, accept=True, by=second, at=NOW)


def _translator(name: str, language: str) -> Person:
    person = make_person(name)
    grant_role(person, "translator")
    Translator.objects.create(person=person, language_id=language)
    return person


def choose(client: Client, code: str, back: str = UNIT) -> Any:
    return client.post("/languages/read/", {"language": code, "next": back})


def page_of(client: Client, path: str = UNIT, interface: str = "en") -> str:
    client.cookies["django_language"] = interface
    return client.get(path).content.decode()


def test_a_unit_is_read_in_a_language_the_interface_does_not_speak(client: Client, amal: Person) -> None:
    translate("unit:core:C1", "sw", WORDS | WHY)
    translate("module:core", "sw", {"title": "Mpango salama"})
    answer = choose(client, "sw")
    assert (answer.status_code, answer.headers["Location"]) == (303, UNIT)
    page = page_of(client)
    assert '<html lang="en" dir="ltr">' in page
    assert f"<span{SWAHILI}Mpango salama" in page
    assert f'<article class="read"{SWAHILI}<h2 class="h3">Kwa nini</h2>' in page
    assert "Go on" in page
    client.post(UNIT, {"step": "read-1", "do": "on"})
    question = page_of(client, UNIT + "?step=q1")
    assert f"<fieldset{SWAHILI}" in question
    assert "Swali la kwanza?" in question
    assert "Check my answer" in question
    client.post(UNIT, {"step": "q1", "do": "answer", "answer": "b"})
    feedback = page_of(client, UNIT + "?step=q1").split('id="feedback"')[1]
    assert "Not quite." in feedback
    assert f"<div{SWAHILI}<p>Kwa sababu mbili.</p>" in feedback
    assert f'href="/learn/core/"{SWAHILI}Mpango salama' in page_of(client), "the way back"


def test_lists_the_desk_and_the_record_follow(client: Client) -> None:
    words = (SectionText("title", "First response", kind="title"), SectionText("summary", "Both.", kind="summary"))
    publish_programme(ProgrammeText("first", words, ("core",)), at=NOW)
    translate("module:core", "sw", {"title": "Mpango salama"})
    choose(client, "sw")
    listed = page_of(client, "/learn/")
    found = re.findall(f"{SWAHILI}(?:<a [^>]*>)?Mpango salama", listed)
    assert len(found) == 3, "what she began, the list, and the programme"
    assert f"Read in: <bdi{SWAHILI}Kiswahili</bdi>" in listed
    assert f"<h2{SWAHILI}Mpango salama" in page_of(client, "/")
    choose(client, "pages")
    assert "Mpango" not in page_of(client, "/learn/") + page_of(client, "/")


def test_what_comes_first_is_named_as_she_reads(client: Client) -> None:
    title = SectionText("title", "More", kind="title")
    later = ModuleText("later", (title,), (UnitText("M1", 5, (title,)),), prerequisites=("core",))
    publish_module(later, at=NOW)
    translate("module:core", "sw", {"title": "Mpango salama"})
    choose(client, "sw")
    assert f'href="/learn/core/"{SWAHILI}Mpango salama' in page_of(client, "/learn/later/")


def test_the_attempt_records_the_language_it_was_begun_in(client: Client, amal: Person) -> None:
    publish_small_module("other")
    choose(client, "sw")
    client.post("/learn/other/start/")
    assert list(Attempt.objects.order_by("pk").values_list("language", flat=True)) == ["en", "sw"]


def test_what_is_missing_or_behind_names_the_language_she_chose(client: Client) -> None:
    translate("unit:core:C1", "sw", {"title": "Mpango salama"})
    translate("module:core", "sw", {"title": "Mpango salama"})
    choose(client, "sw")
    named = f"are not yet in <bdi{SWAHILI}Kiswahili</bdi>."
    assert f"Parts of this unit {named}" in page_of(client)
    assert f"Parts of this {named}" in page_of(client, "/learn/core/")
    assert "in your language" not in page_of(client) + page_of(client, "/learn/core/")
    choose(client, "fr")
    assert 'This module is not yet in <bdi lang="fr" dir="ltr">Français</bdi>.' in page_of(client, "/learn/core/")


def test_what_moved_on_says_so_in_that_language(client: Client) -> None:
    title, why = SectionText("title", "Calm", kind="title"), SectionText("why", "Ask.", title="Why")
    publish_module(ModuleText("new", (title,), (UnitText("N1", 5, (title, why)),)), at=NOW)
    translate("unit:new:N1", "sw", {"title": "Utulivu", "why": "Uliza."})
    moved = SectionText("why", "Ask first.", title="Why")
    publish_module(ModuleText("new", (title,), (UnitText("N1", 5, (title, moved)),)), at=NOW)
    choose(client, "sw")
    client.post("/learn/new/start/")
    page = page_of(client, "/learn/new/N1/")
    assert f"have changed since they were translated into <bdi{SWAHILI}Kiswahili</bdi>." in page
    assert "<bdi>Why</bdi>" in page
    assert "Uliza." not in page
    assert "Ask first." in page


def offers(page: str) -> list[str]:
    """The languages the form of a page offers."""
    form = re.search(r'<form class="cluster" method="post" action="/languages/read/".*?</form>', page, re.DOTALL)
    return re.findall(r'name="language" value="([\w-]+)"', form[0]) if form else []


def test_only_languages_with_something_to_read_are_offered(client: Client) -> None:
    publish_small_module("empty")
    assert offers(page_of(client)) == ["pages", "en", "ar"]
    translate("unit:core:C2", "sw", {"title": "Mpango"}, to_review=False)
    assert offers(page_of(client)) == ["pages", "en", "ar"], "a draft is nothing to read"
    translate("unit:core:C2", "fr", {"title": "Un plan"})
    for path in (UNIT, "/learn/core/"):
        assert offers(page_of(client, path)) == ["pages", "en", "fr", "ar"]
    page = page_of(client)
    assert ' lang="ar" dir="rtl">العربية</button>' in page
    assert 'value="pages" aria-current="true">As the pages around it' in page
    choose(client, "fr")
    page = page_of(client)
    assert 'value="fr" lang="fr" dir="ltr" aria-current="true">Français' in page
    assert page.count('aria-current="true">Français') == 1
    assert offers(page_of(client, "/languages/read/")) == ["pages", "en", "fr", "ar"]


def test_where_there_is_nothing_to_choose_nothing_is_offered(client: Client) -> None:
    Translation.objects.all().delete()
    title = SectionText("title", "Calm", kind="title")
    publish_module(ModuleText("plain", (title,), (UnitText("P1", 5, (title,)),)), at=NOW)
    assert "Read in:" not in page_of(client, "/learn/plain/")


def test_her_choice_survives_signing_in_on_another_device(client: Client) -> None:
    translate("unit:core:C1", "sw", WORDS)
    choose(client, "sw")
    other = Client()
    other.post("/account/login/", {"login": "amal@example.org", "password": PASSWORD})
    assert "Uliza kwanza." in page_of(other, interface="fr")
    choose(other, "pages")
    assert "Uliza kwanza." not in page_of(client)


@pytest.mark.parametrize("code", ["", "xx", "SW", "sw\x00", "' or 1=1", "x" * 500, "../../en"])
def test_a_bad_language_is_refused_and_nothing_changes(client: Client, amal: Person, code: str) -> None:
    choose(client, "ar")
    answer = choose(client, code)
    assert answer.status_code == 303
    amal.refresh_from_db()
    assert amal.reads_in == "ar"
    assert "Choose one of" in page_of(client)


def test_nobody_is_sent_away_by_the_way_back(client: Client) -> None:
    assert choose(client, "ar", "https://example.org/").headers["Location"] == "/learn/"


def test_a_language_that_is_closed_reads_as_the_pages_and_says_so(client: Client, amal: Person) -> None:
    translate("unit:core:C1", "sw", WORDS)
    choose(client, "sw")
    ContentLanguage.objects.get(pk="sw").delete()
    for path in (UNIT, "/learn/core/"):
        page = page_of(client, path)
        assert "is not open here any more" in page
        assert "Uliza" not in page
        assert 'lang="sw"' not in page
    assert "Mpango" not in page_of(client, "/learn/") + page_of(client, "/")
    with pytest.raises(LanguageRefused):
        choose_reading_language("sw", by=amal, at=NOW)


def test_a_translation_taken_away_gives_way_to_the_source(client: Client) -> None:
    translate("unit:core:C1", "sw", WORDS)
    choose(client, "sw")
    assert "Uliza kwanza." in page_of(client)
    Translation.objects.filter(language="sw", key="why").update(state="draft")
    count_document(Document.objects.get(key="unit:core:C1"))
    page = page_of(client)
    assert "Uliza kwanza." not in page
    assert "Ask first." in page
    assert f"are not yet in <bdi{SWAHILI}Kiswahili</bdi>." in page


def test_arabic_text_in_english_pages_and_the_other_way_round(client: Client) -> None:
    choose(client, "ar")
    page = page_of(client)
    assert '<html lang="en" dir="ltr">' in page
    assert '<span lang="ar" dir="rtl">خطة آمنة' in page
    assert "Step 1 of 2" in page
    choose(client, "en")
    page = page_of(client, interface="ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert '<span lang="en" dir="ltr">A safe plan' in page
    assert '<div class="note soon">' not in page, "all of it stands in the language she chose"


def test_a_language_django_does_not_know_runs_its_own_way(client: Client) -> None:
    add_language("ps", "پښتو", right_to_left=True, by=None, at=NOW)
    translate("unit:core:C1", "ps", {"title": "خوندي پلان"})
    translate("module:core", "ps", {"title": "خوندي پلان"})
    choose(client, "ps")
    assert '<span lang="ps" dir="rtl">خوندي پلان' in page_of(client)
    assert ' lang="ps" dir="rtl" aria-current="true">پښتو</button>' in page_of(client)
    for path in ("/learn/", "/", "/learn/core/"):
        assert 'lang="ps" dir="rtl">خوندي پلان' in page_of(client, path)


def test_slots_stand_in_her_language_else_in_that_of_the_pages(client: Client) -> None:
    title = SectionText("title", "Calm", kind="title")
    why = SectionText("why", "Ring: {svc.helpline} Law: {law.weapons}", title="Why")
    publish_module(ModuleText("new", (title,), (UnitText("N1", 5, (title, why)),)), at=NOW)
    translate("unit:new:N1", "sw", {"why": "Piga simu: {svc.helpline} Sheria: {law.weapons}"})
    choose(client, "sw")
    client.post("/learn/new/start/")
    path = "/learn/new/N1/"
    assert 'Sheria: <em lang="en" dir="ltr">Not filled in here.' in page_of(client, path)
    assert '<em lang="fr" dir="ltr">' in page_of(client, path, "fr")
    for language, words in (("es", "900"), ("fr", "800"), ("sw", "700")):
        fill_slot("svc.helpline", language, words, "Act 3", by=None, at=NOW)
        # In French pages: what there is, then what the pages speak, then the language of the text itself.
        assert f"Piga simu: {words}" in page_of(client, path, "fr")


def test_a_slot_is_filled_in_a_language_opened_at_run_time(client: Client) -> None:
    nora = make_person("Nora")
    grant_role(nora, "national_coordinator")
    hers = Client()
    hers.force_login(nora)
    assert f"<h2{SWAHILI}Kiswahili" in page_of(hers, "/learn/local/svc.helpline/")
    hers.post("/learn/local/svc.helpline/", {"language": "sw", "markdown": "700", "source": "Act 3"})
    assert "\n700</textarea>" in page_of(hers, "/learn/local/svc.helpline/")


def test_strangers_choose_for_nobody(client: Client, amal: Person) -> None:
    visitor = Client()
    assert visitor.post("/languages/read/", {"language": "ar"}).headers["Location"].startswith("/account/login/")
    other = make_person("Bela")
    theirs = Client()
    theirs.force_login(other)
    choose(theirs, "ar")
    amal.refresh_from_db()
    other.refresh_from_db()
    assert (amal.reads_in, other.reads_in) == ("", "ar")
    assert text.reading_language(None, "fr").code == "fr"


def queries_of(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    return len(found)


@pytest.mark.parametrize("rows", [1, 3])
def test_only_who_chose_pays_and_one_query(client: Client, rows: int) -> None:
    translate("unit:core:C1", "sw", WORDS)
    for n in range(rows):
        add_language(f"q{'abc'[n]}", f"Other {n}", by=None, at=NOW)
        publish_small_module(f"more-{n}")
    chose_nothing = {path: queries_of(client, path) for path in (UNIT, "/learn/core/", "/learn/", "/")}
    # As before there was a choice (test_taking.py).
    assert chose_nothing == {UNIT: 4, "/learn/core/": 7, "/learn/": 8, "/": 7}
    choose(client, "sw")
    chose = {path: queries_of(client, path) for path in chose_nothing}
    # The words in Swahili; where the languages are not listed anyway, also whether hers is open.
    assert chose == {UNIT: 5, "/learn/core/": 8, "/learn/": 10, "/": 9}
    assert queries_of(client, "/languages/read/") == 3


def test_no_room_asks_the_interface_in_which_language_a_text_is_read() -> None:
    """Who reads texts asks `reading_language`. Names of places and mandates are no texts: those may ask."""
    asks = re.compile(r"\bget_language\(\)")
    reads = re.compile(r"\b(?:text|queries)\.(?:read_sections|titles|titles_shown|reading_\w+)\(|_lines\(|unit_shown\(")
    both = [
        str(path)
        for path in Path(concerted.__file__).parent.rglob("*.py")
        if "tests" not in path.parts and asks.search(said := path.read_text()) and reads.search(said)
    ]
    assert both == []
