"""A document is brought in the browser, looked at by its author alone, and published by a second person."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.forgetting import forget_old
from concerted.packs.services import bring_document
from concerted.packs.tests.bad_manuscripts import BAD, BadManuscript
from concerted.packs.tests.documents import TITLE, docx_of, odt_of
from concerted.text.models import Section
from concerted.training import services
from concerted.training.models import Module, ModuleProposal
from concerted.training.services import ProposalRefused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HERE = "/packs/documents/"
SAID = {"code": "asking", "summary": "How to ask.", "aims": "ask alone\nsay what happens next\n"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def make_author(name: str, role: str = "author") -> Person:
    person = make_person(name)
    grant_role(person, role)
    return person


@pytest.fixture
def ada() -> Person:
    return make_author("Ada")


@pytest.fixture
def nora() -> Person:
    return make_author("Nora", "national_coordinator")


def brought(by: Person, content: bytes | None = None) -> ModuleProposal:
    return bring_document(content or docx_of(), "file", "en", by=by, at=NOW)


def asked(by: Person, content: bytes | None = None, code: str = "asking") -> ModuleProposal:
    held = brought(by, content)
    return services.ask_for_module(held, code=code, summary="How to ask.", aims=["ask alone"], by=by, at=NOW)


def upload(client: Client, content: bytes, name: str = "file.docx") -> Any:
    return client.post(HERE, {"file": SimpleUploadedFile(name, content), "language": "en"})


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (docx_of(lambda d: d.add_table(1, 1)), "Paragraph 14, below “After the answer”: a table."),
        (odt_of(), "Nothing was left out."),
    ],
    ids=["docx", "odt"],
)
def test_the_way_of_two_people(content: bytes, told: str, ada: Person, nora: Person) -> None:
    client, second = signed_in(ada), signed_in(nora)
    page = upload(client, content)
    held = ModuleProposal.objects.get()
    path = f"{HERE}{held.public}/"
    assert page.headers["Location"] == path
    shown = client.get(path).content.decode()
    assert TITLE in shown
    assert "<p>Close the <strong>door</strong> and <em>wait</em>.</p>" in shown
    assert told in shown
    assert second.get(path).status_code == 404, "nobody sees it before she asks"
    assert client.post(path, SAID).headers["Location"] == path
    assert "Publish it" not in client.get(path).content.decode()
    assert client.post(f"{path}decide/", {"do": "publish"}).status_code == 409
    assert not Module.objects.exists()
    assert path in second.get(HERE).content.decode()
    assert "Publish it" in second.get(path).content.decode()
    assert second.post(f"{path}decide/", {"do": "publish"}).headers["Location"] == "/learn/asking/"
    module = Module.objects.select_related("published", "document").get()
    heads = (
        Section.objects.filter(version=module.document.published).order_by("place").values_list("markdown", flat=True)
    )
    assert list(heads) == [TITLE, "How to ask.", "ask alone", "say what happens next"]
    assert [unit.steps for unit in module.published.units.order_by("place")] == [["read-1"], ["read-1"]]  # type: ignore[union-attr]
    assert signed_in(make_person("Amal")).get("/learn/asking/").status_code == 200
    assert not ModuleProposal.objects.exists()


def test_given_back_it_can_be_asked_for_again(ada: Person, nora: Person) -> None:
    held = asked(ada)
    with pytest.raises(ProposalRefused, match="few words"):
        services.decide_module(held, accept=False, by=nora, at=NOW)
    client, second, path = signed_in(ada), signed_in(nora), f"{HERE}{held.public}/"
    assert "few words" in second.post(f"{path}decide/", {"do": "back"}).content.decode()
    second.post(f"{path}decide/", {"do": "back", "remark": "Another aim, please."})
    assert "Another aim, please." in client.get(path).content.decode()
    assert second.get(path).status_code == 404
    with pytest.raises(ProposalRefused, match="given back"):
        services.decide_module(held, accept=True, by=nora, at=NOW)
    client.post(path, SAID)
    held.refresh_from_db()
    assert held.waits
    assert held.aims == ["ask alone", "say what happens next"]


def test_nobody_decides_alone_or_for_another(ada: Person, nora: Person) -> None:
    held = asked(ada)
    with pytest.raises(ProposalRefused, match="A second person publishes it"):
        services.decide_module(held, accept=True, by=ada, at=NOW)
    with pytest.raises(ProposalRefused, match="Somebody else brought this"):
        services.drop_module(held, by=nora)
    with pytest.raises(ProposalRefused, match="already waits"):
        services.ask_for_module(held, code="other", summary="x", aims=["x"], by=ada, at=NOW)
    with pytest.raises(ProposalRefused, match="Somebody else brought this"):
        services.ask_for_module(held, code="other", summary="x", aims=["x"], by=nora, at=NOW)
    services.decide_module(held, accept=True, by=nora, at=NOW)
    with pytest.raises(ProposalRefused, match="no longer here"):
        services.decide_module(held, accept=True, by=nora, at=NOW)
    assert Module.objects.count() == 1


def test_no_other_module_is_written_over(ada: Person, nora: Person) -> None:
    first, second = asked(ada), asked(ada, odt_of())
    services.decide_module(first, accept=True, by=nora, at=NOW)
    before = stored()
    with pytest.raises(ProposalRefused, match="The code asking is already used"):
        services.decide_module(second, accept=True, by=nora, at=NOW)
    assert changed(before) == []
    third = brought(ada, docx_of(lambda d: d.add_paragraph("More.")))
    answer = signed_in(ada).post(f"{HERE}{third.public}/", SAID)
    assert answer.status_code == 409
    assert "already used" in answer.content.decode()


@pytest.mark.parametrize("code", ["record", "scenarios", "Asking", "a/b", "x" * 41])
def test_a_code_leads_to_the_module(code: str, ada: Person) -> None:
    held = brought(ada)
    page = signed_in(ada).post(f"{HERE}{held.public}/", SAID | {"code": code})
    assert page.status_code in (200, 409)
    held.refresh_from_db()
    assert not held.waits
    assert "How to ask." in page.content.decode(), "what she typed stays"


def test_the_same_document_twice_is_one(ada: Person) -> None:
    client = signed_in(ada)
    content = docx_of()
    assert upload(client, content).headers["Location"] == upload(client, content, "b.docx").headers["Location"]


def test_what_is_thrown_away_is_gone(ada: Person) -> None:
    held = brought(ada)
    signed_in(ada).post(f"{HERE}{held.public}/drop/")
    assert not ModuleProposal.objects.exists()


def test_what_nobody_publishes_goes_after_half_a_year(ada: Person) -> None:
    held = asked(ada)
    ModuleProposal.objects.filter(pk=held.pk).update(at=NOW - timedelta(days=181))
    forget_old(at=NOW)
    assert not ModuleProposal.objects.exists()


@pytest.mark.parametrize("row", BAD, ids=lambda row: f"{row.kind}: {row.what}")
def test_a_bad_document_says_what_to_do(row: BadManuscript, ada: Person) -> None:
    client = signed_in(ada)
    client.get(HERE)
    before = stored()
    page = upload(client, row.make())
    assert page.status_code == 200
    assert f"{row.message} {row.remedy}" in unescape(page.content.decode())
    assert changed(before) == []


def test_strangers_find_nothing(ada: Person) -> None:
    held = asked(ada)
    for person in (make_person("Amal"), make_author("Tove", "trainer")):
        client = signed_in(person)
        for path in (HERE, f"{HERE}{held.public}/"):
            assert client.get(path).status_code == 404
        assert client.post(f"{HERE}{held.public}/decide/", {"do": "publish"}).status_code == 404
        with pytest.raises(Http404):
            brought(person)
        with pytest.raises(Http404):
            services.decide_module(held, accept=True, by=person, at=NOW)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(ada: Person, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        last = asked(make_author(f"Eva {n}"), docx_of(lambda d, n=n: [d.add_table(1, 1) for _ in range(n + 1)]))
    client = signed_in(ada)
    for path, number in ((HERE, 5), (f"{HERE}{last.public}/", 4)):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200


def test_an_arabic_document_is_read_from_right_to_left(ada: Person) -> None:
    held = bring_document(docx_of(), "file", "ar", by=ada, at=NOW)
    assert '<bdi lang="ar" dir="rtl">' in signed_in(ada).get(f"{HERE}{held.public}/").content.decode()
