"""Questions are brought in the browser, looked at, and published by a second person; banks are taken along."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import grant_role, make_person
from concerted.kit.tests.stored import changed, stored
from concerted.packs.questions.formats import FORMATS, read_questions
from concerted.packs.questions.written import Findings
from concerted.packs.services.questions import bring_file
from concerted.practice.models import Bank, BankProposal
from concerted.practice.services import ask_for_questions, decide_questions
from concerted.training.tests.factories import publish_small_bank

pytestmark = pytest.mark.django_db
HERE = "/packs/questions/"
GIFT = "::First::What comes *first*?{=Her safety#Yes. ~The form#Later.}\n\n::Second::Is it so?{T#no#yes}\n"
SAID = {"do": "ask", "title": "Signs", "summary": "About signs."}


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


def upload(client: Client, content: str, **facts: str) -> Any:
    file = SimpleUploadedFile("bank.txt", content.encode())
    return client.post(HERE, {"file": file, "code": "signs", "language": "en"} | facts)


def waiting(by: Person, text: str = GIFT) -> BankProposal:
    _planned, held = bring_file(text.encode(), "signs", by=by, at=timezone.now())
    assert held is not None
    return ask_for_questions(held, title="Signs", summary="About signs.", by=by, at=timezone.now())


def test_the_way_of_two_people(ada: Person) -> None:
    client, second = signed_in(ada), signed_in(make_author("Nora", "national_coordinator"))
    answer = upload(client, GIFT)
    path = f"{HERE}{BankProposal.objects.get().public}/"
    assert answer.headers["Location"] == path
    shown = client.get(path).content.decode()
    for seen in (r"<p>What comes *first*?</p>", "Her safety", "Later.", "2 new, 0 changed, 0 already there."):
        assert seen in shown
    assert second.get(path).status_code == 404, "nobody sees it before she asks"
    assert "required" in client.post(path, {"do": "ask", "title": "Signs"}).content.decode()
    assert client.post(path, SAID).headers["Location"] == path
    assert "Publish it" not in client.get(path).content.decode()
    refused = client.post(path, {"do": "publish"})
    assert (refused.status_code, Bank.objects.count()) == (409, 0)
    assert "Signs" in second.get(HERE).content.decode()
    assert "Say in a few words" in second.post(path, {"do": "back"}).content.decode()
    assert "Publish it" in second.get(path).content.decode()
    assert second.post(path, {"do": "publish"}).headers["Location"] == "/learn/questions/signs/"


def test_whoever_practises_is_asked_what_the_file_asked(ada: Person) -> None:
    decide_questions(waiting(ada), accept=True, by=make_author("Nora"), at=timezone.now())
    client = signed_in(make_person("Amal"))
    page = client.get(reverse("training:quiz", args=["signs"])).content.decode()
    assert "About signs." in page
    assert "What it asks about" not in page, "the file names no aims"
    asked = client.post(reverse("training:start_quiz", args=["signs"]), follow=True)
    assert "What comes *first*?" in asked.content.decode()
    told = client.post(reverse("training:ask_quiz", args=["signs"]), {"n": 1, "answer": "b"}, follow=True)
    assert "Later." in told.content.decode()


def test_given_back_it_can_be_asked_for_again_or_dropped(ada: Person) -> None:
    held = waiting(ada)
    client, second, path = (
        signed_in(ada),
        signed_in(make_author("Nora", "national_coordinator")),
        f"{HERE}{held.public}/",
    )
    assert second.post(path, {"do": "back", "remark": "Another title, please."}).headers["Location"] == HERE
    assert "Another title, please." in client.get(path).content.decode()
    assert client.post(path, SAID).status_code == 302
    assert client.post(path, {"do": "drop"}).headers["Location"] == HERE
    assert not BankProposal.objects.exists()


def test_faults_are_told_with_their_line_and_nothing_is_kept(ada: Person) -> None:
    client = signed_in(ada)
    client.get(HERE)
    before = stored()
    page = upload(client, "One {=a\n\nTwo?{T}")
    assert page.status_code == 200
    for seen in ("Lines to correct", "The brace that opens here is never closed.", 'value="signs"'):
        assert seen in page.content.decode()
    assert changed(before) == []


def test_notes_are_marked_with_the_language_they_were_said_in(ada: Person) -> None:
    client = signed_in(ada)
    path = upload(client, "::One::What?{=a ~%50%b}").headers["Location"]
    page = client.get(path, headers={"accept-language": "ar"}).content.decode()
    assert '<bdi lang="en" dir="ltr">“One”: answers that count in part count as not right.' in page


def test_a_bank_or_a_code_is_needed(ada: Person) -> None:
    client = signed_in(ada)
    assert "Choose a bank, or write the code" in upload(client, GIFT, code="").content.decode()
    assert upload(client, GIFT, code="Not a code").status_code == 200
    assert upload(client, GIFT, code="", bank="nowhere").status_code == 200
    assert not BankProposal.objects.exists()


def test_the_bank_of_a_pack_is_told_apart(ada: Person) -> None:
    bank = publish_small_bank()
    client = signed_in(ada)
    path = upload(client, GIFT, bank=bank.code, code="").headers["Location"]
    assert "This bank came with a pack" not in client.get(path).content.decode()
    Bank.objects.update(pack="starter")
    assert "This bank came with a pack" in client.get(path).content.decode()


@pytest.mark.parametrize("name", FORMATS)
def test_a_bank_is_taken_along(name: str, ada: Person) -> None:
    bank = publish_small_bank()
    answer = signed_in(ada).get(f"{HERE}{bank.code}/{name}/")
    assert answer["Content-Disposition"] == f'attachment; filename="{bank.code}.{FORMATS[name].ending}"'
    findings = Findings()
    assert read_questions(answer.content, findings, name)
    assert not findings.faults


def test_what_is_in_the_bank_already_is_not_brought_again(ada: Person) -> None:
    decide_questions(waiting(ada), accept=True, by=make_author("Nora"), at=timezone.now())
    client = signed_in(ada)
    for name in FORMATS:
        file = client.get(f"{HERE}signs/{name}/").content.decode()
        page = upload(client, file, bank="signs", code="").content.decode()
        assert "2 questions of the file are in the bank already, word for word." in page, name


def test_strangers_find_nothing(ada: Person) -> None:
    held, bank = waiting(ada), publish_small_bank()
    for person in (make_person("Amal"), make_author("Tove", "trainer")):
        client = signed_in(person)
        for path in (HERE, f"{HERE}{held.public}/", f"{HERE}{bank.code}/gift/"):
            assert client.get(path).status_code == 404
        assert client.post(f"{HERE}{held.public}/", {"do": "publish"}).status_code == 404
        assert upload(client, GIFT).status_code == 404
    assert signed_in(ada).get(f"{HERE}{bank.code}/odd/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(ada: Person, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        last = waiting(make_author(f"Eva {n}"), "".join(f"Is it {n}-{m}?{{T#no#yes}}\n\n" for m in range(rows)))
        bank = publish_small_bank(f"bank-{n}")
    client = signed_in(ada)
    for path, number in ((HERE, 7), (f"{HERE}{last.public}/", 5), (f"{HERE}{bank.code}/csv/", 7)):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200


def test_arabic_questions_are_read_from_right_to_left(ada: Person) -> None:
    client = signed_in(ada)
    path = upload(client, "هل هذا صحيح؟{T#لا#نعم}", language="ar").headers["Location"]
    assert '<div class="body" lang="ar" dir="rtl">' in client.get(path).content.decode()
