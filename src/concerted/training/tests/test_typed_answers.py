"""Questions answered in words: kept as typed, marked in every language, refused with what was typed still there."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.tests.factories import make_person
from concerted.practice.models import Attempt, Bank, Question, QuestionVersion
from concerted.practice.services import reword
from concerted.text.models import Section
from concerted.text.queries import as_written
from concerted.text.rules import SectionText
from concerted.text.services import save_translation
from concerted.training.book.shape import Words
from concerted.training.queries.expected import expected_in
from concerted.training.rules import cut
from concerted.training.tests.factories import publish_typed_bank

pytestmark = pytest.mark.django_db
HOME = "/learn/questions/typed/"
ASK = f"{HOME}ask/"
PLAN, HOURS = 1, 2


@pytest.fixture
def bank() -> Bank:
    return publish_typed_bank()


@pytest.fixture
def amal(bank: Bank) -> Client:
    client = Client()
    client.force_login(make_person("Amal"))
    client.post(f"{HOME}start/")
    return client


def send(client: Client, n: int, answer: str) -> Any:
    return client.post(ASK, {"n": n, "key": str(uuid.uuid4()), "answer": answer})


def page(client: Client, n: int) -> str:
    return client.get(ASK, {"n": n}).content.decode()


def translate(bank: Bank, key: str, words: str, language: str, state: str = "reviewed") -> None:
    section = Section.objects.get(version=bank.document.published_id, key=key)
    facts: dict[str, Any] = {"title": "", "markdown": words, "state": state, "by": None, "at": timezone.now()}
    save_translation(bank.document, key, section.hash, language, **facts)


@pytest.mark.parametrize(
    ("n", "answer", "said"),
    [
        (PLAN, "Safety  Planning.", "Well said."),
        (PLAN, "LEAVE him", "That is a slip."),
        (PLAN, "a talk", "Think of her."),
        (HOURS, "70", "Well said."),
        (HOURS, "٧٢", "Well said."),
        (HOURS, "73,5", "Well said."),
        (HOURS, "24", "That is a slip."),
        (HOURS, "-1", "Think of her."),
    ],
)
def test_an_answer_is_told_what_is_said_to_it(amal: Client, n: int, answer: str, said: str) -> None:
    assert said not in page(amal, n)
    assert send(amal, n, answer)["Location"] == f"{ASK}?n={n}#said"
    shown = page(amal, n)
    assert said in shown
    assert [other in shown for other in ("Well said.", "That is a slip.", "Think of her.")].count(True) == 1
    assert f'value="{answer}"' in shown, "it stands as she typed it"
    assert Attempt.objects.get().steps.get().answer == answer


@pytest.mark.parametrize(
    ("n", "answer", "message"),
    [
        (PLAN, "", "There is no answer yet. Write one."),
        (PLAN, "x" * 201, "This answer is too long. Shorten it."),
        (PLAN, "safety\x00plan", "This answer holds characters that cannot be kept. Type it again."),
        (HOURS, "three days", "This is no number. Write it in digits alone, for example 12 or 2.5."),
        (HOURS, "72 hours", "This is no number."),
    ],
)
def test_what_cannot_be_marked_comes_back_as_typed(amal: Client, n: int, answer: str, message: str) -> None:
    shown = send(amal, n, answer).content.decode()
    assert message in shown
    assert not answer or f'value="{answer}"' in shown
    assert not Attempt.objects.get().steps.exists()


def test_the_box_has_a_label_a_unit_and_the_warning(amal: Client) -> None:
    assert 'for="id_answer">Your answer (<span lang="en" dir="ltr">hours</span>)' in page(amal, HOURS)
    assert 'inputmode="decimal"' in page(amal, HOURS)
    shown = page(amal, PLAN)
    assert "Write nothing here about a woman you have met in your work." in shown
    assert 'aria-describedby="id_answer_warning"' in shown


def test_what_somebody_typed_is_on_no_page_but_hers(amal: Client) -> None:
    send(amal, PLAN, "a plan of my own")
    assert "a plan of my own" in page(amal, PLAN)
    bela = Client()
    bela.force_login(make_person("Bela"))
    bela.post(f"{HOME}start/")
    assert "a plan of my own" not in page(bela, PLAN)


def test_markup_that_is_typed_stays_words(amal: Client) -> None:
    send(amal, PLAN, "<b>leave</b>")
    amal.post(ASK, {"do": "hand-in"})
    assert "<bdi>&lt;b&gt;leave&lt;/b&gt;</bdi>" in page(amal, 0)


def test_a_short_answer_is_right_in_every_language_it_was_translated_into(bank: Bank, amal: Client) -> None:
    translate(bank, "plan.accepted", "plan de sécurité", "fr")
    translate(bank, "plan.accepted", "plan de seguridad", "es", state="draft")
    for answer, said in (("Plan de Securite", "Well said."), ("Plan de seguridad", "Think of her."),
                         ("safety plan", "Well said.")):  # fmt: skip
        send(amal, PLAN, answer)
        assert said in page(amal, PLAN)


def test_a_unit_and_feedback_are_shown_in_her_language(bank: Bank, amal: Client) -> None:
    translate(bank, "hours.unit", "heures", "fr")
    translate(bank, "hours.a.why", "Trop court.", "fr")
    amal.cookies["django_language"] = "fr"
    assert '<span lang="fr" dir="ltr">heures</span>' in page(amal, HOURS)
    send(amal, HOURS, "24")
    assert "Trop court." in page(amal, HOURS)


def test_other_accepted_forms_are_another_wording_and_the_first_stays_with_who_began(bank: Bank, amal: Client) -> None:
    assert bank.document.published is not None
    sections = [
        SectionText(one.key, one.markdown.replace("safety plan*", "plan for her"), one.kind, one.title, one.data)
        for one in bank.document.published.sections.all()
    ]
    reword(bank.document, sections, summary="Other forms", by=make_person(), at=timezone.now())
    send(amal, PLAN, "safety plan")
    assert "Well said." in page(amal, PLAN)
    bela = Client()
    bela.force_login(make_person("Bela"))
    bela.post(f"{HOME}start/")
    send(bela, PLAN, "safety plan")
    assert "Think of her." in page(bela, PLAN)
    send(bela, PLAN, "plan for her")
    assert "Well said." in page(bela, PLAN)


def test_the_result_and_the_look_back(amal: Client) -> None:
    send(amal, PLAN, "safety plan")
    send(amal, HOURS, "24")
    amal.post(ASK, {"do": "hand-in"})
    assert Attempt.objects.get().score == 50
    shown = page(amal, 0)
    assert "1 of 2 fitted" in shown
    assert "<bdi>24</bdi>" in shown


def test_where_to_read_about_it_is_told_after_the_answer(amal: Client, django_assert_num_queries: Any) -> None:
    Question.objects.filter(key="plan").update(rests_on=["core/C1/why", "core/C2/how"])
    link = '<a href="/learn/core/">Read about this in its module</a>'
    assert link not in page(amal, PLAN)
    send(amal, PLAN, "safety plan")
    send(amal, HOURS, "72")
    assert page(amal, PLAN).count(link) == 1
    assert link not in page(amal, HOURS)
    for n in (PLAN, HOURS):
        with django_assert_num_queries(7):
            page(amal, n)
    amal.post(ASK, {"do": "hand-in"})
    assert page(amal, 0).count(link) == 1


def test_a_book_tells_what_fits_and_what_is_said_to_slips(bank: Bank) -> None:
    [plan, hours] = [step for step in cut(as_written(bank.document.published_id or 0).sections) if step.question]
    told = []
    for step in (plan, hours):
        assert step.question is not None
        marking = QuestionVersion.objects.get(question__key=step.name).marking
        why = {key: Words(part.markdown, part.language) for key, part in step.feedback.items()}
        told += [
            (line.words.markdown, line.fits, line.why.markdown if line.why else "")
            for line in expected_in(step, step.question, marking, why)
        ]
    assert told == [
        ("safety plan…", True, ""),
        ("leave…", False, "That is a slip."),
        ("go away", False, "That is a slip."),
        ("72 ± 2 hours", True, ""),
        ("24 hours", False, "That is a slip."),
    ]


def test_marking_a_short_answer_costs_one_query_more(amal: Client, django_assert_num_queries: Any) -> None:
    for n, answer in ((PLAN, "safety plan"), (HOURS, "72")):
        send(amal, n, answer)
    for n, answer, number in ((PLAN, "safety plans", 13), (HOURS, "71", 12)):
        with django_assert_num_queries(number):
            send(amal, n, answer)
