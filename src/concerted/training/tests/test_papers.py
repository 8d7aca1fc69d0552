"""Quizzes and tests: an answer is one answer, a test tells nothing before it is handed in, and has one result."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.ledger.models import Entry
from concerted.practice.models import Attempt, Exam, Paper, QuestionVersion
from concerted.practice.rules import ExamText, Pool
from concerted.practice.services import ExamRefused, publish_exam, reword
from concerted.practice.services.attempts import AttemptRefused
from concerted.text.models import Document
from concerted.text.rules import SectionText, hash_of
from concerted.text.services import save_translation
from concerted.training import services
from concerted.training.models import LocalWords
from concerted.training.tests.factories import publish_small_bank, publish_small_exam

pytestmark = pytest.mark.django_db
NOW = timezone.now()
ANSWERS: dict[str, dict[str, Any]] = {
    "single": {"answer": "a"},
    "multiple": {"answer": ["a", "b"]},
    "ordering": {"place-a": "1", "place-b": "2"},
    "matching": {"place-a": "a", "place-b": "b"},
}
WRONG: dict[str, dict[str, Any]] = {
    "single": {"answer": "b"},
    "multiple": {"answer": ["b"]},
    "ordering": {"place-a": "2", "place-b": "1"},
    "matching": {"place-a": "b", "place-b": "a"},
}


class Sitter:
    """Somebody who has begun a quiz or a test."""

    def __init__(self, home: str, name: str = "Amal", **sent: Any) -> None:
        self.home, self.ask = home, f"{home}ask/"
        self.person: Person = make_person(name)
        self.client = Client()
        self.client.force_login(self.person)
        assert self.client.post(f"{home}start/", sent)["Location"] == self.ask

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.filter(person=self.person).latest("no")

    @property
    def kinds(self) -> list[str]:
        numbers = Paper.objects.get(attempt=self.attempt).questions
        return [QuestionVersion.objects.get(pk=number).kind for number in numbers]

    def page(self, n: int | str = "") -> str:
        return self.client.get(self.ask, {"n": n} if n else {}).content.decode()

    def send(self, n: int, sent: dict[str, Any], **more: Any) -> Any:
        return self.client.post(self.ask, {"n": n, "key": str(uuid.uuid4())} | sent | more)

    def answer_all(self, how: dict[str, dict[str, Any]]) -> None:
        for n, kind in enumerate(self.kinds, start=1):
            assert self.send(n, how[kind]).status_code == 302

    def hand_in(self) -> Any:
        return self.client.post(self.ask, {"do": "hand-in"})


@pytest.fixture
def quiz() -> Sitter:
    publish_small_bank()
    return Sitter("/learn/questions/danger/")


@pytest.fixture
def final() -> Exam:
    return publish_small_exam(minutes=30)


@pytest.fixture
def sat(final: Exam) -> Sitter:
    return Sitter("/learn/tests/final/")


def test_a_quiz_from_the_catalogue_to_the_look_back(quiz: Sitter) -> None:
    assert "Under way" in quiz.client.get("/learn/questions/").content.decode()
    assert "see what is urgent" in quiz.client.get(quiz.home).content.decode()
    assert "Question 1 of 4" in quiz.page()
    assert "Why Second." not in quiz.page(1)
    assert quiz.send(1, WRONG["single"])["Location"] == f"{quiz.ask}?n=1#said"
    assert "Why Second." in quiz.page(1)
    assert "Question 2 of 4" in quiz.page(), "she comes back to the first open question"
    quiz.send(1, ANSWERS["single"])
    for n, kind in enumerate(("multiple", "ordering", "matching"), start=2):
        quiz.send(n, ANSWERS[kind])
    assert "4 of 4 questions have an answer" in quiz.page()
    assert quiz.hand_in()["Location"] == quiz.ask
    page = quiz.page()
    assert "3 of 4 fitted at the first answer" in page
    assert "Why Second." in page
    assert (quiz.attempt.score, quiz.attempt.passed) == (75, True), "a quiz is passed by practising"
    assert "Practise again" in quiz.client.get(quiz.home).content.decode()
    assert not Entry.objects.filter(verb="test handed in").exists()


def test_help_for_staff_stands_before_and_after(quiz: Sitter) -> None:
    assert "Look for help outside your workplace" in quiz.client.get(quiz.home).content.decode()
    LocalWords.objects.create(
        slot="svc.staff-help", language="en", markdown="0800 19 19", source="Contract", by=quiz.person, at=NOW
    )
    assert "0800 19 19" in quiz.client.get(quiz.home).content.decode()
    assert "0800 19 19" not in quiz.page(1), "a question is no place to read numbers"
    quiz.send(1, ANSWERS["single"])
    quiz.hand_in()
    assert "0800 19 19" in quiz.page()


def test_only_a_test_with_a_limit_speaks_of_a_clock(sat: Sitter, final: Exam) -> None:
    assert final.published is not None
    for minutes, told in ((0, False), (30, True)):
        publish_small_exam(minutes=minutes)
        page = sat.client.get(sat.home).content.decode()
        assert ("As long as you like" in page) is not told
        assert ("The clock goes on" in page) is told


def test_a_test_tells_nothing_before_it_is_handed_in(sat: Sitter) -> None:
    sat.answer_all(WRONG)
    for n in (1, 2):
        page = sat.page(n)
        for told in ("Why Second.", "not-quite", "That fits", "Not quite", "Your answer"):
            assert told not in page
    single = sat.kinds.index("single") + 1 if "single" in sat.kinds else 0
    if single:
        assert 'value="b" checked' in sat.page(single), "her own answer is there"
    sat.send(1, ANSWERS[sat.kinds[0]])
    assert sat.hand_in()["Location"] == sat.ask
    page = sat.page()
    assert "Passed" in page
    assert "1 of 2 answers fit" in page
    assert (sat.attempt.score, sat.attempt.passed) == (50, True), "the last answer counts"
    assert Entry.objects.filter(verb="test handed in").count() == 1


def test_the_same_paper_on_every_page_and_device(sat: Sitter) -> None:
    drawn = Paper.objects.get(attempt=sat.attempt).questions
    other = Client()
    other.force_login(sat.person)
    for client in (sat.client, other):
        client.post("/learn/tests/final/start/")
        assert Paper.objects.get(attempt=sat.attempt).questions == drawn
    assert Attempt.objects.count() == 1


def test_one_result_however_often_it_is_handed_in(sat: Sitter) -> None:
    sat.answer_all(ANSWERS)
    for _again in range(3):
        sat.hand_in()
    late = sat.client.post(sat.ask, {"n": 1, "key": str(uuid.uuid4())} | WRONG[sat.kinds[0]], follow=True)
    assert "already finished" in late.content.decode()
    assert (sat.attempt.no, sat.attempt.score) == (1, 100)
    assert Entry.objects.filter(verb="test handed in").count() == 1


def test_a_form_sent_twice_is_one_answer(sat: Sitter) -> None:
    key = str(uuid.uuid4())
    for _again in range(2):
        sat.send(1, ANSWERS[sat.kinds[0]], key=key)
    assert sat.attempt.steps.count() == 1
    said = sat.client.post(sat.ask, {"n": 1, "key": key} | WRONG[sat.kinds[0]], follow=True).content.decode()
    assert "already sent with another answer" in said
    assert sat.attempt.steps.get().right is True


def test_what_does_not_fit_comes_back_with_the_reason(quiz: Sitter) -> None:
    for n, said in ((1, "Choose one."), (2, "Choose at least one."), (4, "every line")):
        assert said in quiz.send(n, {"answer": "x"}).content.decode()
    page = quiz.send(3, {"place-a": "1", "place-b": "1"}).content.decode()
    assert "a place of its own" in page
    assert not quiz.attempt.steps.exists()


@pytest.mark.parametrize("n", ["0", "-1", "9", "99999", "x", "\x00", "1.5"])
def test_a_place_that_is_not_there_is_the_first_open_one(quiz: Sitter, n: str) -> None:
    assert "Question 1 of 4" in quiz.page(n)
    assert quiz.send(n, WRONG["single"]).status_code == 302  # type: ignore[arg-type]


def test_an_answer_after_the_end_is_not_taken_and_what_was_saved_counts(sat: Sitter) -> None:
    sat.send(1, ANSWERS[sat.kinds[0]])
    begun = timezone.now() - timedelta(minutes=31)
    Paper.objects.update(ends_at=begun + timedelta(minutes=30))
    page = sat.client.post(sat.ask, {"n": 2, "key": str(uuid.uuid4())} | ANSWERS[sat.kinds[1]], follow=True)
    assert "already finished" in page.content.decode()
    assert "The time is over" in page.content.decode()
    assert (sat.attempt.score, sat.attempt.finished_at) == (50, begun + timedelta(minutes=30))


def test_the_service_itself_refuses_what_comes_late_or_is_not_on_the_paper(sat: Sitter, final: Exam) -> None:
    numbers = Paper.objects.get(attempt=sat.attempt).questions
    facts: dict[str, Any] = {"client_key": uuid.uuid4(), "by": sat.person}
    with pytest.raises(AttemptRefused, match="time was over"):
        services.answer_on_paper(sat.attempt, numbers[0], "a", at=timezone.now() + timedelta(minutes=31), **facts)
    other = QuestionVersion.objects.exclude(pk__in=numbers).first()
    assert other is not None
    with pytest.raises(AttemptRefused, match="not on your paper"):
        services.answer_on_paper(sat.attempt, other.pk, "a", at=NOW, **facts)
    assert not sat.attempt.steps.exists()


def test_more_time_is_half_as_long_again_and_leaves_no_other_mark(final: Exam) -> None:
    lasts = []
    for name, sent in (("Amal", {}), ("Bela", {"more-time": "on"})):
        attempt = Sitter("/learn/tests/final/", name, **sent).attempt
        ends_at = Paper.objects.get(attempt=attempt).ends_at
        assert ends_at is not None
        lasts.append((ends_at - attempt.started_at) / timedelta(minutes=1))
    assert lasts == [30, 45]
    assert {field.name for field in Paper._meta.fields} == {"attempt", "questions", "ends_at"}


def test_after_a_failure_she_waits_and_is_told_until_when() -> None:
    publish_small_exam(wait_hours=24, attempts=2)
    sat = Sitter("/learn/tests/final/")
    sat.answer_all(WRONG)
    sat.hand_in()
    again = sat.client.post("/learn/tests/final/start/", follow=True).content.decode()
    assert "You can try again from" in again
    assert Attempt.objects.count() == 1
    Attempt.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    assert sat.client.post("/learn/tests/final/start/")["Location"] == sat.ask
    sat.hand_in()
    Attempt.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    assert "used your attempts for now" in sat.client.post("/learn/tests/final/start/", follow=True).content.decode()


def test_whoever_passed_may_take_it_again_at_once() -> None:
    publish_small_exam(wait_hours=24)
    sat = Sitter("/learn/tests/final/")
    sat.answer_all(ANSWERS)
    sat.hand_in()
    assert sat.client.post("/learn/tests/final/start/")["Location"] == sat.ask


def test_nobody_answers_in_anothers_place(quiz: Sitter) -> None:
    bela = make_person("Bela")
    number = Paper.objects.get().questions[0]
    with pytest.raises(Http404):
        services.answer_on_paper(quiz.attempt, number, "a", client_key=uuid.uuid4(), by=bela, at=NOW)
    with pytest.raises(Http404):
        services.hand_in_paper(quiz.attempt, by=bela, at=NOW)
    client = Client()
    client.force_login(bela)
    assert client.get(quiz.ask)["Location"] == quiz.home
    assert client.post(quiz.ask, {"n": 1, "answer": "a"})["Location"] == quiz.home
    assert Client().get(quiz.ask).status_code == 302
    assert client.get("/learn/questions/none/").status_code == 404
    assert client.get("/learn/tests/none/").status_code == 404
    assert not quiz.attempt.steps.exists()


def test_whoever_is_under_way_stays_on_her_wording(quiz: Sitter) -> None:
    document = Document.objects.get(key="bank:danger")
    assert document.published is not None
    sections = [
        SectionText(one.key, one.markdown.replace("Question one?", "Which one?"), one.kind, one.title, one.data)
        for one in document.published.sections.all()
    ]
    reword(document, sections, summary="Plainer", by=make_person(), at=NOW)
    assert "Question one?" in quiz.page(1)
    assert "Which one?" in Sitter("/learn/questions/danger/", "Bela").page(1)


def test_another_wording_of_a_test_is_a_version_with_the_same_pools(final: Exam) -> None:
    document = final.document
    assert document.published is not None
    sections = [
        SectionText(one.key, one.markdown.replace("The test", "The last test"), one.kind, one.title, one.data)
        for one in document.published.sections.all()
    ]
    reword(document, sections, summary="Plainer", by=make_person(), at=NOW)
    final.refresh_from_db()
    assert final.published is not None
    assert (final.published.no, final.published.minutes) == (2, 30)
    assert final.published.pools == [{"bank": "danger", "questions": 2, "aims": [], "tags": []}]


@pytest.mark.parametrize(("questions", "said"), [(5, "5 questions where 4 are left")])
def test_a_test_that_draws_more_than_there_is_is_refused(questions: int, said: str) -> None:
    publish_small_bank()
    words = (SectionText("title", "T", "title"), SectionText("summary", "S", "summary"))
    with pytest.raises(ExamRefused, match=said):
        publish_exam(ExamText("t", words, (Pool("danger", questions),)), at=NOW)
    with pytest.raises(ExamRefused, match="no bank “other”"):
        publish_exam(ExamText("t", words, (Pool("other", 1),)), at=NOW)
    assert not Exam.objects.exists()


def test_words_in_her_language(quiz: Sitter) -> None:
    document = Document.objects.get(key="bank:danger")
    section = SectionText("one", "Question one?", "question", data={"kind": "single"})
    facts = {"state": "reviewed", "by": None, "at": NOW}
    save_translation(document, "one", hash_of(section), "fr", title="", markdown="Lequel ?", **facts)
    quiz.client.cookies["django_language"] = "fr"
    page = quiz.page(1)
    assert "Lequel\u202f?" in page
    assert 'lang="en"' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(quiz: Sitter, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_bank(f"other-{number}")
    publish_small_exam(minutes=30)
    sat = Sitter("/learn/tests/final/", "Bela")
    pages = (
        (quiz, "/learn/questions/", 5),
        (quiz, quiz.home, 6),
        (quiz, quiz.ask, 6),
        (sat, sat.home, 5),
        (sat, sat.ask, 6),
    )
    for who, path, number in pages:
        who.client.get(path)
        with django_assert_num_queries(number):
            who.client.get(path)
