"""What is not in her language says so, and carries the language and direction it has."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Credential
from concerted.capacity.tests.factories import achieve
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import save_translation
from concerted.training.rules import ModuleText, ProgrammeText, UnitText
from concerted.training.services import publish_module, publish_programme
from concerted.training.tests.factories import publish_small_scenario
from concerted.training.tests.test_certificate import make_certificate

pytestmark = pytest.mark.django_db
TITLE = SectionText("title", "A safe plan", kind="title")
SUMMARY = SectionText("summary", "In two hours.", kind="summary")
ENGLISH = ' lang="en" dir="ltr">'
PART, ALL = "Parts of this are not yet in your language", "This module is not yet in your language"


@pytest.fixture
def client() -> Client:
    unit = UnitText("C1", 5, (TITLE, SectionText("why", "Ask first.")))
    publish_module(ModuleText("core", (TITLE, SUMMARY), (unit,)), at=timezone.now())
    client = Client()
    client.force_login(make_person())
    return client


def translate(document: str, *sections: SectionText) -> None:
    for one in sections:
        kept, now = Document.objects.get(key=document), timezone.now()
        save_translation(kept, one.key, hash_of(one), "ar", markdown="كلمات", state="reviewed", by=None, at=now)


def arabic(client: Client, path: str) -> str:
    client.cookies["django_language"] = "ar"
    return client.get(path).content.decode()


def test_the_list_and_the_way_back_mark_words_of_another_language(client: Client) -> None:
    client.post("/learn/core/start/")
    page = arabic(client, "/learn/")
    assert len(re.findall(f"{ENGLISH}(?:<a [^>]+>)?A safe plan", page)) == 2
    assert f"<p{ENGLISH}In two hours." in page
    where = arabic(client, "/learn/core/C1/").split("<ol class='where'>")[1].partition("</ol>")[0]
    assert f"{ENGLISH}A safe plan" in where
    translate("module:core", TITLE, SUMMARY)
    page = arabic(client, "/learn/")
    assert ENGLISH not in page.partition('<ul class="rows">')[2].partition("</ul>")[0]
    assert len(re.findall(' lang="ar" dir="rtl">(?:<a [^>]+>)?كلمات', page)) == 3


def test_what_she_can_read_stands_first(client: Client) -> None:
    for code in ("corridor", "telephone"):
        publish_small_scenario(code)
    translate("scenario:telephone", SectionText("title", "The corridor", kind="title"))
    for path in ("/learn/scenarios/", "/learn/catalogue/"):
        said = arabic(client, path)
        assert said.index("/learn/scenarios/telephone/") < said.index("/learn/scenarios/corridor/")
        assert f'<h2 class="lead"{ENGLISH}<a href="/learn/scenarios/corridor/' in said
        assert '<h2 class="lead" lang="ar" dir="rtl"><a href="/learn/scenarios/telephone/' in said


def test_a_record_and_a_check_mark_it_too() -> None:
    certificate = make_certificate("en")
    client = Client()
    client.force_login(certificate.person)
    assert f'<h2 class="h3"{ENGLISH}A safe plan' in arabic(client, "/learn/record/")
    assert f"<span{ENGLISH}A safe plan" in arabic(Client(), f"/learn/check/{certificate.code}/")


def test_the_page_of_a_module_says_what_is_not_in_her_language(client: Client) -> None:
    def says(path: str = "/learn/core/") -> tuple[bool, bool]:
        answer = client.get(path)
        words = answer.context["words"]["title"]
        return answer.context["shown_in_part"], words.missing or words.behind

    client.cookies["django_language"] = "ar"
    assert says() == (False, True)
    translate("module:core", TITLE, SUMMARY)
    assert says() == (True, False)
    assert '<div class="note soon">' in arabic(client, "/learn/core/")
    translate("unit:core:C1", TITLE)
    assert says() == (False, False)
    assert '<div class="note soon">' not in arabic(client, "/learn/core/")
    client.cookies["django_language"] = "en"
    page = client.get("/learn/core/").content.decode()
    assert PART not in page
    assert ALL not in page


def test_the_desk_marks_what_she_began(client: Client) -> None:
    client.post("/learn/core/start/")
    assert f"<h2{ENGLISH}A safe plan" in arabic(client, "/")


def test_a_programme_and_its_modules_are_marked(client: Client) -> None:
    words = (SectionText("title", "First response", kind="title"), SectionText("summary", "Both.", kind="summary"))
    publish_programme(ProgrammeText("first", words, ("core",)), at=timezone.now())
    page = arabic(client, "/learn/")
    assert f"<h2{ENGLISH}First response" in page
    assert f"<p{ENGLISH}Both." in page
    assert len(re.findall(f"{ENGLISH}(?:<a [^>]+>)?A safe plan", page)) == 2
    achieve(Person.objects.get(), Credential.objects.get(code="core"), timezone.localdate(), source_kind="import")
    assert f'<h2 class="h3"{ENGLISH}A safe plan' in arabic(client, "/learn/record/")


def test_an_empty_slot_speaks_the_language_of_the_words_around_it() -> None:
    unit = UnitText("C1", 5, (TITLE, SectionText("why", "The law: {law.weapons}")))
    publish_module(ModuleText("core", (TITLE, SUMMARY), (unit,)), at=timezone.now())
    client = Client()
    client.force_login(make_person())
    client.post("/learn/core/start/")
    assert "The law: <em>Not filled in here." in arabic(client, "/learn/core/C1/")
