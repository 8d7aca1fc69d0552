from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Credential, Evidence
from concerted.capacity.services import decide_taking_back, propose_taking_back, record_evidence
from concerted.capacity.tests.factories import make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person, make_position
from concerted.text.rules import SectionText
from concerted.training import services
from concerted.training.models import Module, Programme
from concerted.training.rules import ModuleText, ProgrammeText, UnitText
from concerted.training.services.publishing import PublishRefused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
_refs = count(1)


def publish(code: str, *first: str) -> Module:
    title = SectionText("title", code.title(), kind="title")
    unit = UnitText("U1", 5, (title, SectionText("a", "Words.")))
    return services.publish_module(ModuleText(code, (title,), (unit,), prerequisites=first), at=NOW).module


def programme_of(*codes: str, code: str = "both") -> Programme:
    words = (SectionText("title", "Both of them", "title"), SectionText("summary", "Why both.", "summary"))
    return services.publish_programme(ProgrammeText(code, words, codes), at=NOW).programme


def held(person: Person, code: str, days_ago: int, kind: str = "module") -> Evidence:
    credential, day = Module.objects.get(code=code).credential, TODAY - timedelta(days=days_ago)
    ref = f"test:{next(_refs)}"
    return record_evidence(person, credential, source_kind=kind, source_ref=ref, achieved_on=day, by=None, at=NOW)


def completed(person: Person) -> list[date]:
    facts = Evidence.objects.filter(subject_id=person.pk, credential__code="programme-both", voided_by=None)
    return list(facts.exclude(source_kind="void").order_by("achieved_on").values_list("achieved_on", flat=True))


@pytest.fixture
def amal() -> Person:
    publish("one")
    publish("two")
    person = make_person("Amal")
    make_position(person)
    return person


def test_it_is_complete_on_the_day_of_its_last_module_wherever_that_was_done(amal: Person) -> None:
    programme_of("one", "two")
    held(amal, "one", 100)
    assert completed(amal) == []
    held(amal, "two", 30, kind="outside")
    assert completed(amal) == [TODAY - timedelta(days=30)]


def test_one_module_again_renews_nothing_and_both_again_renew_once(amal: Person) -> None:
    programme_of("one", "two")
    for code, days_ago in (("one", 100), ("two", 90), ("one", 5)):
        held(amal, code, days_ago)
    assert completed(amal) == [TODAY - timedelta(days=90)]
    held(amal, "two", 2)
    assert completed(amal) == [TODAY - timedelta(days=90), TODAY - timedelta(days=2)]


def test_whoever_held_all_before_the_programme_came_holds_it(amal: Person) -> None:
    held(amal, "one", 40)
    held(amal, "two", 50)
    for _time in range(2):
        programme_of("one", "two")
    assert completed(amal) == [TODAY - timedelta(days=40)]


def test_it_is_taken_back_with_the_module_it_stood_on(amal: Person) -> None:
    programme_of("one", "two")
    held(amal, "one", 40)
    wrong = held(amal, "two", 30, kind="outside")
    first, second = make_person("Dora"), make_person("Dario")
    for person in (first, second):
        grant_role(person, "administrator")
    asked = propose_taking_back(wrong, reason="Another person", by=first, at=NOW)
    decide_taking_back(asked.pk, accept=True, by=second, at=NOW)
    assert completed(amal) == []
    held(amal, "two", 10)
    assert completed(amal) == [TODAY - timedelta(days=10)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_shows_how_far_she_is(amal: Person, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        programme_of("one", "two", code=f"both-{n}")
    held(amal, "one", 40)
    client = Client()
    client.force_login(amal)
    page = client.get("/learn/").content.decode()
    assert page.count("Both of them") == rows
    assert page.count("1 of 2 modules done") == rows
    with django_assert_num_queries(12):
        client.get("/learn/")


def test_what_cannot_be_a_programme_is_refused(amal: Person) -> None:
    for codes in ((), ("one", "nowhere")):
        with pytest.raises(PublishRefused):
            programme_of(*codes)
    assert not Programme.objects.exists()


def test_modules_cannot_come_before_themselves(amal: Person) -> None:
    publish("two", "one")
    with pytest.raises(PublishRefused, match="one → two → one"):
        publish("one", "two")


def test_her_pages_lead_to_it_and_say_how_far_its_renewal_is(amal: Person) -> None:
    programme_of("one", "two", code="both")
    make_mandate("both", credential=Credential.objects.get(code="programme-both"))
    client = Client()
    client.force_login(amal)
    assert 'href="/learn/#programme-both"' in client.get("/").content.decode()
    for code in ("one", "two"):
        held(amal, code, 400)
    held(amal, "one", 3)
    page = client.get("/learn/").content.decode()
    assert 'id="programme-both"' in page
    assert "1 of 2 modules taken again since." in page
    assert "Programmes completed" in client.get("/learn/record/").content.decode()
