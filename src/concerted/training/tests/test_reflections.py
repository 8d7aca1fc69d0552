"""What somebody writes for herself: kept, changed and taken away by her, read by nobody else, counted by nothing."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.tests.factories import make_person
from concerted.ledger.forgetting import forget_old
from concerted.practice.models import Attempt, Paper, Reflection
from concerted.practice.rules import ExamText, Pool
from concerted.practice.services import ExamRefused, publish_exam
from concerted.text.rules import SectionText
from concerted.training.queries.book import book_file
from concerted.training.tests.factories import publish_reflecting_module, publish_reflections

pytestmark = pytest.mark.django_db
HOME = "/learn/questions/think/"
ASK = f"{HOME}ask/"
REST, ONE = 1, 2
WORDS = "A quiet hour\nby the river."


def told(answer: Any) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


@pytest.fixture
def amal() -> Client:
    publish_reflections()
    client = Client()
    client.force_login(make_person("Amal"))
    client.post(f"{HOME}start/")
    return client


def send(client: Client, n: int, answer: str, key: str = "") -> Any:
    return client.post(ASK, {"n": n, "key": key or str(uuid.uuid4()), "answer": answer})


def page(client: Client, n: int = 0, **more: Any) -> str:
    return client.get(ASK, ({"n": n} if n else {}) | more).content.decode()


def test_her_words_are_kept_changed_and_taken_away(amal: Client) -> None:
    asked = page(amal, REST)
    assert "Write nothing here about a woman you have met in your work." in asked
    assert "Only you see this, and nobody marks it." in asked
    assert "Keep my words" in asked
    assert "Others name a walk." not in asked
    send(amal, REST, WORDS.replace("\n", "\r\n"))
    shown = page(amal, REST)
    for said in ("by the river.", "Kept for you alone.", "Others name a walk.", "Change my words"):
        assert said in shown
    for said in ("That fits", "Not quite", "the first answer counts"):
        assert said not in shown
    assert Reflection.objects.get().words == WORDS
    send(amal, REST, "Other words")
    assert Reflection.objects.get().words == "Other words"
    send(amal, REST, "")
    assert not Reflection.objects.exists()
    assert "Other words" not in page(amal, REST)


def test_they_are_in_no_step_and_no_result(amal: Client) -> None:
    send(amal, REST, WORDS)
    send(amal, ONE, "a")
    assert "2 of 2 questions have an answer" in page(amal)
    amal.post(ASK, {"do": "hand-in"})
    attempt = Attempt.objects.get()
    assert attempt.score == 100
    assert list(attempt.steps.values_list("answer", "right")) == [(None, None), ("a", True)]
    assert "1 of 1 fitted" in page(amal)
    assert "by the river." in page(amal)


def test_nobody_else_sees_them(amal: Client) -> None:
    send(amal, REST, WORDS)
    bela = Client()
    bela.force_login(make_person("Bela"))
    bela.post(f"{HOME}start/")
    for path in (ASK, f"{ASK}?n=1", "/learn/record/", "/learn/record/list.csv"):
        assert "by the river" not in told(bela.get(path))


@pytest.mark.parametrize(
    ("words", "message"),
    [("", "There is no answer yet. Write one."), ("  \n ", "There is no answer yet."),
     ("x" * 4001, "This answer is too long. Shorten it."), ("a\x00b", "holds characters that cannot be kept")],
)  # fmt: skip
def test_what_cannot_be_kept_comes_back(amal: Client, words: str, message: str) -> None:
    shown = send(amal, REST, words).content.decode()
    assert message in shown
    assert words.strip() in shown
    assert not Reflection.objects.exists()
    assert not Attempt.objects.get().steps.exists()


def test_the_same_form_twice_keeps_the_first_words(amal: Client) -> None:
    key = str(uuid.uuid4())
    send(amal, REST, WORDS, key)
    send(amal, REST, WORDS, key)
    said = amal.post(ASK, {"n": REST, "key": key, "answer": "Other"}, follow=True).content.decode()
    assert "already sent with another answer" in said
    assert Reflection.objects.get().words == WORDS
    assert Attempt.objects.get().steps.count() == 1


def test_they_go_with_her_and_after_a_year(amal: Client) -> None:
    send(amal, REST, WORDS)
    assert forget_old(timezone.now())["practice.Reflection"] == 0
    assert forget_old(timezone.now() + timedelta(days=366), dry_run=True)["practice.Reflection"] == 1
    Attempt.objects.all().delete()
    assert not Reflection.objects.exists()


def test_they_are_in_her_own_export(amal: Client) -> None:
    send(amal, REST, WORDS)
    listed = told(amal.get("/learn/record/list.csv"))
    assert "What gives you rest?" in listed
    assert "by the river." in listed


def test_a_test_draws_none() -> None:
    publish_reflections()
    words = (SectionText("title", "T", "title"), SectionText("summary", "S", "summary"))
    with pytest.raises(ExamRefused, match="2 questions where 1 are left"):
        publish_exam(ExamText("t", words, (Pool("think", 2),)), at=timezone.now())


def test_in_a_unit_she_goes_on_and_passes_by_what_can_be_right() -> None:
    publish_reflecting_module()
    client = Client()
    client.force_login(make_person("Amal"))
    client.post("/learn/calm/start/")

    def act(step: str, do: str, **sent: str) -> Any:
        return client.post("/learn/calm/K1/", {"key": str(uuid.uuid4()), "step": step, "do": do} | sent)

    assert "Keep my words" in client.get("/learn/calm/K1/").content.decode()
    assert act("rest", "answer", answer=WORDS)["Location"].endswith("?step=rest#feedback")
    shown = client.get("/learn/calm/K1/", {"step": "rest"}).content.decode()
    assert "by the river." in shown
    assert "Others name a walk." in shown
    act("rest", "on")
    act("one", "answer", answer="a")
    act("one", "on")
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (100, True)
    assert not Paper.objects.exists()


def test_the_page_costs_one_query_more_and_one_for_where_to_read(amal: Client, django_assert_num_queries: Any) -> None:
    send(amal, REST, WORDS)
    for n, number in ((REST, 8), (ONE, 6)):
        page(amal, n)
        with django_assert_num_queries(number):
            page(amal, n)


@pytest.mark.parametrize("kind", ["html", "epub", "pdf"])
def test_in_a_book_nobody_is_asked_for_an_answer(kind: str) -> None:
    content = book_file(publish_reflecting_module(), "en", kind).content
    if kind == "html":
        page = content.decode()
        assert "For yourself; nobody marks it." in page
        assert page.index("Afterwards:") < page.index("Others name a walk.")
    assert len(content) > 1000
