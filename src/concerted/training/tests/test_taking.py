import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.models import Evidence
from concerted.capacity.queries import standings_of
from concerted.capacity.tests.factories import make_mandate
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person, make_position
from concerted.ledger.models import Entry
from concerted.post.models import Notice
from concerted.practice.models import Attempt, Step
from concerted.practice.rules import QuestionText
from concerted.text.rules import SectionText
from concerted.training import services
from concerted.training.models import Certificate, Module
from concerted.training.rules import ModuleText, UnitText
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE, TWO = "/learn/core/C1/", "/learn/core/C2/"


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person)
    return person


@pytest.fixture
def module() -> Module:
    return publish_small_module()


def device(person: Person) -> Client:
    """A phone or a computer she signed in on."""
    client = Client()
    client.force_login(person)
    return client


def answer(client: Client, path: str, step: str, *, key: str = "", **sent: Any) -> Any:
    form = {"key": key or str(uuid.uuid4()), "step": step, "do": "answer"} | sent
    return client.post(path, form, follow=True)


def go_on(client: Client, path: str, step: str) -> Any:
    return client.post(path, {"key": str(uuid.uuid4()), "step": step, "do": "on"}, follow=True)


def take_all(client: Client, *, right: bool = True, end: bool = True) -> Any:
    client.post("/learn/core/start/")
    answer(client, ONE, "q1", answer="a" if right else "b")
    go_on(client, ONE, "q1")
    answer(client, ONE, "q2", answer=["a", "b"] if right else ["c"])
    go_on(client, ONE, "q2")
    answer(client, TWO, "q1", **{"place-a": "1" if right else "2", "place-b": "2" if right else "1"})
    go_on(client, TWO, "q1")
    answer(client, TWO, "q2", **{"place-a": "a" if right else "b", "place-b": "b" if right else "a"})
    go_on(client, TWO, "q2")
    return go_on(client, TWO, "read-3") if end else None


def test_the_whole_way_writes_everything_at_once(amal: Person, module: Module) -> None:
    make_mandate("core", credential=module.credential)
    assert [line.state for line in standings_of(amal, TODAY)] == ["overdue"]
    client = device(amal)
    take_all(client)
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed, attempt.version) == (100, True, module.published_id)
    assert Certificate.objects.get().module_version == module.published
    assert Evidence.objects.get().source_ref == f"attempt:{attempt.pk}"
    assert Notice.objects.filter(person=amal, kind="certificate").count() == 1
    assert Entry.objects.filter(verb="module finished").count() == 1
    assert [line.state for line in standings_of(amal, TODAY)] == ["current"]
    assert "Nothing is due" in client.get("/").content.decode()


def test_she_goes_on_where_she_stopped_on_another_device(amal: Person, module: Module) -> None:
    phone = device(amal)
    phone.post("/learn/core/start/")
    feedback = answer(phone, ONE, "q1", answer="b").content.decode()
    assert "Not quite." in feedback
    assert "Why Two." in feedback
    assert "Why One." not in feedback
    computer = device(amal)
    assert "You have done 0 of 2 units" in computer.get("/").content.decode()
    page = computer.get(ONE).content.decode()
    assert "Question q2?" in page
    assert computer.post("/learn/core/start/")["Location"] == ONE
    assert Attempt.objects.count() == 1


def test_the_server_keeps_the_order(amal: Person, module: Module) -> None:
    client = device(amal)
    assert client.get(ONE)["Location"] == "/learn/core/"
    client.post("/learn/core/start/")
    assert "That unit comes later" in client.get(TWO, follow=True).content.decode()
    said = answer(client, ONE, "q2", answer=["a"]).content.decode()
    assert "This step comes later" in said
    assert "Question q1?" in client.get(ONE + "?step=q2").content.decode()
    assert not Step.objects.exists()


def test_a_form_sent_twice_is_one_answer(amal: Person, module: Module) -> None:
    client = device(amal)
    client.post("/learn/core/start/")
    key = str(uuid.uuid4())
    for _time in range(3):
        answer(client, ONE, "q1", key=key, answer="a")
    assert Step.objects.count() == 1
    said = answer(client, ONE, "q1", key=key, answer="b").content.decode()
    assert "already sent with another answer" in said
    assert Step.objects.get().answer == "a"


def test_a_second_tab_takes_the_same_attempt(amal: Person, module: Module) -> None:
    first, second = device(amal), device(amal)
    first.post("/learn/core/start/")
    second.post("/learn/core/start/")
    answer(first, ONE, "q1", answer="b")
    answer(second, ONE, "q1", answer="a")
    assert Attempt.objects.count() == 1
    assert [step.right for step in Step.objects.all()] == [False, True]
    for client in (first, second):
        go_on(client, ONE, "q1")
    assert Step.objects.count() == 2


def test_the_first_answer_counts_and_too_few_right_ones_do_not_pass(amal: Person) -> None:
    publish_small_module(pass_mark=70)
    client = device(amal)
    client.post("/learn/core/start/")
    answer(client, ONE, "q1", answer="b")
    page = take_all(client, right=False).content.decode()
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (0, False)
    assert not Certificate.objects.exists()
    assert not Evidence.objects.exists()
    assert "0" in page
    take_all(client)
    assert [(one.no, one.passed) for one in Attempt.objects.order_by("no")] == [(1, False), (2, True)]


def publish_counted(pass_mark: int) -> None:
    """One question, one attempt."""
    title = SectionText("title", "Core", kind="title")
    ask = SectionText("q1", "Which?", kind="question", data={"kind": "single"})
    options = [SectionText(f"q1.{key}", key, kind="option") for key in "ab"]
    question = QuestionText("q1", "single", 1, {"right": "a"})
    unit = UnitText("C1", 5, (title, ask, *options), (question,))
    services.publish_module(ModuleText("core", (title,), (unit,), pass_mark=pass_mark, attempts=1), at=timezone.now())


def take_counted(client: Client, choice: str) -> Any:
    client.post("/learn/core/start/")
    answer(client, ONE, "q1", answer=choice)
    return go_on(client, ONE, "q1")


def test_used_up_attempts_open_again_after_a_week(amal: Person, time_machine: Any) -> None:
    publish_counted(pass_mark=100)
    time_machine.move_to(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False)
    page = take_counted(device(amal), "b").content.decode()
    assert "You can try again on <time" in page
    assert "8 May 2026" in page
    assert "Try again</button>" not in page.replace("\n", "")
    time_machine.move_to(datetime(2026, 5, 7, 12, tzinfo=UTC), tick=False)
    client = device(amal)
    said = client.post("/learn/core/start/", follow=True).content.decode()
    assert "You have used your attempts for now. You can try again on 8 May 2026." in said
    assert Attempt.objects.count() == 1
    time_machine.move_to(datetime(2026, 5, 8, 0, 5, tzinfo=UTC), tick=False)
    client = device(amal)
    assert "Try again" in client.get("/learn/core/").content.decode()
    take_counted(client, "a")
    assert [one.passed for one in Attempt.objects.order_by("no")] == [False, True]


def test_a_pass_is_no_used_up_attempt_so_she_can_renew(amal: Person) -> None:
    publish_counted(pass_mark=0)
    client = device(amal)
    for _time in range(2):
        page = take_counted(client, "a").content.decode()
        assert "Take it again" in page
    assert Certificate.objects.count() == Evidence.objects.count() == 2


def test_feedback_on_the_last_question_comes_before_the_end(amal: Person) -> None:
    publish_counted(pass_mark=0)
    client = device(amal)
    client.post("/learn/core/start/")
    page = answer(client, ONE, "q1", answer="b").content.decode()
    assert "Not quite." in page
    assert "Finish the module" in page
    assert Attempt.objects.get().finished_at is None
    # She may close the page there: the desk and the module lead back to it.
    assert ONE in client.get("/").content.decode()
    assert ONE in client.get("/learn/core/").content.decode()
    assert client.post("/learn/core/start/")["Location"] == ONE
    assert "You have completed this module" in go_on(client, ONE, "q1").content.decode()


def test_going_on_in_an_earlier_step_finishes_nothing(amal: Person, module: Module) -> None:
    client = device(amal)
    take_all(client, end=False)
    for path, step in ((ONE, "q1"), (TWO, "q1"), (TWO, "q2")):
        go_on(client, path, step)
    assert Attempt.objects.get().finished_at is None
    go_on(client, TWO, "read-3")
    assert Attempt.objects.get().passed


def test_a_step_that_asks_nothing_takes_no_answer(amal: Person, module: Module) -> None:
    client = device(amal)
    take_all(client, end=False)
    said = answer(client, TWO, "read-3", answer="a")
    assert said.status_code == 200
    assert "This step asks nothing." in said.content.decode()
    assert not Step.objects.filter(part="C2/read-3").exists()


@pytest.mark.parametrize("place", ["Africa/Nairobi", "America/Lima"])
def test_the_day_is_that_of_the_place(amal: Person, settings: Any, place: str, time_machine: Any) -> None:
    settings.TIME_ZONE = place
    zone = ZoneInfo(place)
    with timezone.override(zone):
        time_machine.move_to(datetime(2026, 5, 20, 1, 30, tzinfo=zone), tick=False)
        publish_counted(pass_mark=0)
        take_counted(device(amal), "a")
    assert Certificate.objects.get().achieved_on == Evidence.objects.get().achieved_on == date(2026, 5, 20)


def test_she_stays_on_the_version_she_began(amal: Person, module: Module) -> None:
    client = device(amal)
    client.post("/learn/core/start/")
    before = module.published_id
    title = SectionText("title", "A safe plan", kind="title")
    newer = UnitText("C1", 5, (title, SectionText("why", "New words.")))
    services.publish_module(ModuleText("core", (title,), (newer,)), at=timezone.now())
    assert "Ask first." in client.get(ONE).content.decode()
    take_all(client)
    assert Certificate.objects.get().module_version_id == before


def test_what_comes_first_is_asked_for(amal: Person, module: Module) -> None:
    title = SectionText("title", "Second", kind="title")
    unit = UnitText("D1", 5, (title, SectionText("why", "Words.")))
    text = ModuleText("second", (title,), (unit,), prerequisites=("core",))
    services.publish_module(text, at=timezone.now())
    client = device(amal)
    assert "Complete this first" in client.post("/learn/second/start/", follow=True).content.decode()
    take_all(client)
    assert client.post("/learn/second/start/")["Location"] == "/learn/second/D1/"


def test_words_that_are_not_translated_say_so(amal: Person, module: Module) -> None:
    client = device(amal)
    client.post("/learn/core/start/")
    client.cookies["django_language"] = "ar"
    page = client.get(ONE).content.decode()
    assert "خطة آمنة" in page
    assert "اسألوا أولاً." in page
    assert 'lang="en" dir="ltr"' in page


def test_others_do_not_see_her_way(amal: Person, module: Module) -> None:
    take_all(device(amal))
    paper = Certificate.objects.get()
    chiara = make_person("Chiara")
    make_position(chiara)
    other = device(chiara)
    assert other.get(f"/learn/record/{paper.code}.pdf").status_code == 404
    assert other.post(f"/learn/record/{paper.code}/shown/").status_code == 404
    assert paper.code not in other.get("/learn/record/").content.decode()
    assert other.get(ONE).status_code == 302


def test_anybody_checks_a_certificate_until_its_holder_hides_it(amal: Person, module: Module) -> None:
    client = device(amal)
    take_all(client)
    path = f"/learn/check/{Certificate.objects.get().code}/"
    shown = Client().get(path).content.decode()
    assert "A safe plan" in shown
    assert "Amal" not in shown
    client.post(f"/learn/record/{Certificate.objects.get().code}/shown/")
    hidden, unknown = Client().get(path).content.decode(), Client().get("/learn/check/abc/").content.decode()
    assert "A safe plan" not in hidden
    assert hidden.count("<p") == unknown.count("<p")


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(amal: Person, module: Module, rows: int, django_assert_num_queries: Any) -> None:
    for n in range(rows):
        title = SectionText("title", f"More {n}", kind="title")
        text = ModuleText(f"more-{n}", (title,), (UnitText("M1", 5, (title, SectionText("a", "Words."))),))
        services.publish_module(text, at=timezone.now())
    client = device(amal)
    client.post("/learn/core/start/")
    answer(client, ONE, "q1", answer="a")
    for path, queries in (("/learn/", 8), ("/learn/core/", 7), (ONE, 4), ("/learn/record/", 4)):
        client.get(path)
        with django_assert_num_queries(queries, info=path):
            assert client.get(path).status_code == 200


def test_a_day_in_the_past_shows_what_was_known(amal: Person, module: Module) -> None:
    make_mandate("core", credential=module.credential)
    take_all(device(amal))
    assert [line.state for line in standings_of(amal, TODAY - timedelta(days=1))] == ["overdue"]
