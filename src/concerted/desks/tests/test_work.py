"""Who does more than practise finds the places of her work on her own desk, and what waits there for her."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.desks.work import work_of
from concerted.directory.models import Group, Person, Response
from concerted.directory.tests.factories import grant_role, make_agency, make_person, make_position, make_territory
from concerted.text.models import ContentLanguage, Translator

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def _set_up() -> None:
    Response.objects.update_or_create(pk=1, defaults={"set_up_at": timezone.now()})


def somebody(name: str, role: str, scope: Any = None) -> Person:
    person = make_person(name)
    make_position(person)
    grant_role(person, role, scope)
    return person


def hrefs(person: Person) -> list[str]:
    return [way.href for way in work_of(person, TODAY).ways]


def opened(person: Person) -> str:
    """Her desk; every way on it leads to a page that opens."""
    client = Client()
    client.force_login(person)
    page = client.get("/").content.decode()
    for href in hrefs(person):
        assert f'href="{href}"' in page
        assert client.get(href, follow=True).status_code == 200, href
    return page


def test_who_only_practises_has_no_such_part() -> None:
    amal = make_person("Amal")
    make_position(amal)
    assert not work_of(amal, TODAY)
    assert "My work here" not in opened(amal)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("author", "/texts/"),
        ("auditor", "/record/"),
        ("administrator", "/people/roles/"),
        ("trainer", "/learn/cases/"),
    ],
)
def test_each_role_finds_its_place(role: str, expected: str) -> None:
    person = somebody("Vera", role)
    assert expected in hrefs(person)
    assert "My work here" in opened(person)


def test_a_trainer_finds_her_groups() -> None:
    area = make_territory()
    hers = Group.objects.create(name="Spring <b>course", kind="cohort", territory=area)
    Group.objects.create(name="Autumn", kind="cohort", territory=area)
    page = opened(somebody("Tove", "trainer", hers))
    assert "Spring &lt;b&gt;course" in page
    assert "Autumn" not in page


def test_a_translator_finds_her_languages_and_no_other() -> None:
    tamar = somebody("Tamar", "translator")
    swahili = ContentLanguage.objects.create(code="sw", name="Kiswahili")
    ContentLanguage.objects.create(code="so", name="Soomaali")
    Translator.objects.create(person=tamar, language=swahili)
    page = opened(tamar)
    assert "/languages/sw/" in page
    assert "/languages/so/" not in page


def test_a_supervisor_finds_her_agency() -> None:
    agency = make_agency("Clinic")
    assert f"/people/agency/{agency.public}/" in hrefs(somebody("Selma", "supervisor", agency))


def test_what_waits_is_the_next_step_where_nothing_is_due() -> None:
    vera = somebody("Vera", "administrator")
    given = grant_role(make_person("Amal"), "author")
    given.by, given.confirmed_by = make_person("Nora"), None
    given.save()
    page = opened(vera)
    assert "1 role waits for a second person." in page
    assert "Next step" in page


def test_who_coordinates_reads_what_waits_once() -> None:
    nora = somebody("Nora", "national_coordinator")
    assert not work_of(nora, TODAY)
    grant_role(nora, "auditor")
    nora = Person.objects.get(pk=nora.pk)
    work = work_of(nora, TODAY)
    assert work.waiting == ()
    assert "/record/" in [way.href for way in work.ways]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    person = somebody("Tamar", "translator")
    area = make_territory()
    for n in range(rows):
        language = ContentLanguage.objects.create(code=f"q{n}", name=f"Language {n}")
        Translator.objects.create(person=person, language=language)
        grant_role(person, "trainer", Group.objects.create(name=f"Group {n}", kind="cohort", territory=area))
    person = Person.objects.get(pk=person.pk)
    assert person.held_roles
    with django_assert_num_queries(6):
        work_of(person, TODAY)
