"""Steps taken without a line: once, in order, however often, by whom and from where they are sent."""

import json
import random
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.kit.device import SHARED
from concerted.kit.tests.stored import changed, stored
from concerted.ledger.forgetting import forget_old
from concerted.ledger.models import Entry
from concerted.practice.models import Attempt, KeptCopy, ScenarioPlace, Step
from concerted.practice.rules.queue import MOST_BYTES, MOST_MOVES
from concerted.practice.scenario.playing import end, footprint, from_plain, skip, step
from concerted.practice.services import AttemptRefused, hand_out, story_of
from concerted.training.services import start_exam
from concerted.training.tests.factories import publish_small_exam, publish_small_scenario

pytestmark = pytest.mark.django_db
NOW = timezone.now()
KEEP, KEPT, SEND = "/learn/scenarios/corridor/keep/", "/learn/kept/", "/learn/kept/send/"
PLAY = "/learn/scenarios/corridor/play/"


class Device:
    """A phone on which somebody has kept the scenario; it takes steps as its script does, and sends what it is told."""

    def __init__(self, name: str = "Amal", person: Person | None = None) -> None:
        self.person = person or make_person(name)
        self.client = Client()
        self.client.force_login(self.person)
        self.kept: dict[str, Any] = self.client.post(KEEP).json()
        self.place = from_plain(self.kept["place"])
        self.tail, self.moves = self.kept["head"], list[dict[str, str]]()
        self.story = story_of(self.attempt.version)

    def take(self, do: str, choice: str = "") -> None:
        key = str(uuid.uuid4())
        stood = footprint(self.story, self.place)
        self.moves.append({"key": key, "after": self.tail, "stood": stood, "do": do, "choice": choice})
        self.tail = key
        if do == "choose":
            self.place = step(self.story, self.place, choice)
        else:
            self.place = skip(self.story, self.place) if do == "round" else end(self.story, self.place)

    def send(self, moves: list[dict[str, str]] | None = None, client: Client | None = None, **more: Any) -> Any:
        queue = {name: self.kept[name] for name in ("copy", "device", "person")}
        queue |= {"moves": self.moves if moves is None else moves} | more
        return (client or self.client).post(SEND, json.dumps(queue), content_type="application/json")

    @property
    def attempt(self) -> Attempt:
        return Attempt.objects.filter(person=self.person, what_kind="scenario").latest("no")

    @property
    def steps(self) -> list[str]:
        return list(self.attempt.steps.order_by("seq").values_list("part", flat=True))


@pytest.fixture
def phone() -> Device:
    publish_small_scenario()
    return Device()


def test_what_is_kept_plays_without_a_line_and_comes_back(phone: Device) -> None:
    assert 'data-key="room.a"' in phone.kept["words"]
    assert "name" not in phone.kept
    assert phone.person.name not in json.dumps(phone.kept)
    phone.take("choose", "b")
    phone.take("choose", "a")
    assert phone.steps == []
    answer = phone.send()
    assert answer.status_code == 200
    told = answer.json()
    assert (told["head"], told["say"], told["finished"]) == (phone.tail, "", True)
    assert told["path"] == [{"at": "room", "key": "b"}, {"at": "hall", "key": "a"}]
    assert phone.steps == ["room.b", "hall.a"]
    assert (phone.attempt.score, phone.attempt.passed) == (100, True)
    assert "She comes back." in phone.client.get(PLAY).content.decode()


def test_sent_fifty_times_it_is_one_effect_and_one_answer(phone: Device) -> None:
    phone.take("round")
    phone.take("choose", "a")
    answers = {(answer.status_code, answer.content) for answer in (phone.send() for _again in range(50))}
    assert len(answers) == 1
    assert phone.steps == ["hall.a"]


def test_pieces_in_any_order_come_to_the_same(phone: Device) -> None:
    phone.take("choose", "a")
    phone.take("choose", "a")
    late = phone.send(phone.moves[1:])
    assert late.status_code == 409
    assert "have not arrived" in late.json()["say"]
    assert (phone.steps, late.json()["head"]) == ([], phone.kept["head"])
    phone.send(phone.moves[:1])
    phone.send(phone.moves[1:])
    phone.send(phone.moves[:1])
    assert phone.steps == ["room.a", "hall.a"]


def test_a_shuffled_queue_is_put_in_order(phone: Device) -> None:
    phone.take("choose", "a")
    phone.take("choose", "a")
    lots = random.Random(4)
    for _again in range(6):
        assert phone.send(lots.sample(phone.moves, 2)).json()["head"] == phone.tail
    assert phone.steps == ["room.a", "hall.a"]


def test_whoever_goes_round_a_part_is_not_told_apart_off_line_either(phone: Device) -> None:
    """Beside what other play keeps there is only which step came last, and nothing counts the steps."""
    bela = Device("Bela")
    entries = Entry.objects.count()
    phone.take("round")
    bela.take("choose", "b")
    for device in (phone, bela):
        device.take("choose", "a")
        device.send()
    assert phone.steps == ["hall.a"]
    told = ("score", "passed", "language", "no", "version")
    assert len({tuple(Attempt.objects.values_list(*told).get(person=one.person)) for one in (phone, bela)}) == 1
    assert Entry.objects.count() == entries
    gone = phone.moves[0]["key"]
    assert gone not in "".join(str(row) for model in (Step, KeptCopy, ScenarioPlace) for row in model.objects.values())


def test_reading_how_it_can_end_counts_the_same(phone: Device) -> None:
    phone.take("end")
    assert phone.send().json()["finished"]
    assert (phone.steps, phone.attempt.score) == ([], 100)


def test_another_sign_in_is_refused(phone: Device) -> None:
    phone.take("choose", "b")
    bela = Device("Bela")
    before = stored()
    answer = phone.send(client=bela.client)
    assert answer.status_code == 403
    assert "another sign-in" in answer.json()["say"]
    assert phone.send(client=bela.client, person=bela.kept["person"]).status_code == 404, "a forged person"
    assert changed(before) == []
    visitor = phone.send(client=Client())
    assert visitor.status_code == 302
    assert visitor["Location"].startswith("/account/login/")
    assert phone.steps == []


def test_another_device_is_refused(phone: Device) -> None:
    phone.take("choose", "b")
    other = Device(person=phone.person)
    for forged in ({"device": other.kept["device"]}, {"device": ""}, {"copy": str(uuid.uuid4())}):
        assert phone.send(**forged).status_code == 404
    assert phone.steps == []
    assert KeptCopy.objects.get(public=phone.kept["copy"]).device != phone.kept["device"], "only its hash is stored"


def test_steps_that_do_not_fit_are_refused_and_those_before_them_stand(phone: Device) -> None:
    laptop = Device(person=phone.person)
    phone.take("choose", "b")
    laptop.take("choose", "a")
    laptop.take("choose", "a")
    assert phone.send().status_code == 200
    answer = laptop.send()
    assert answer.status_code == 409
    assert "another page or device" in answer.json()["say"]
    assert answer.json()["place"]["at"] == "hall"
    assert phone.steps == ["room.b"]
    phone.take("choose", "a")
    forged = phone.moves[1] | {"key": str(uuid.uuid4()), "after": phone.tail, "choice": "b"}
    assert phone.send([*phone.moves, forged]).status_code == 409
    assert phone.steps == ["room.b", "hall.a"]


def test_a_choice_that_was_never_open_is_refused(phone: Device) -> None:
    stood = footprint(phone.story, phone.place)
    move = {"key": str(uuid.uuid4()), "after": phone.tail, "stood": stood, "do": "choose", "choice": "c"}
    assert phone.send([move]).status_code == 409
    assert phone.send([move | {"stood": "room|10,0|"}]).status_code == 409, "numbers raised by hand"
    assert phone.steps == []


def test_whoever_is_under_way_ends_on_her_own_version(phone: Device) -> None:
    newer = publish_small_scenario(minutes=20)
    assert newer.published is not None
    assert newer.published.pk != phone.attempt.version
    phone.take("choose", "a")
    phone.take("choose", "a")
    assert phone.send().status_code == 200
    assert phone.attempt.finished_at is not None
    assert Device(person=phone.person).attempt.version == newer.published.pk


def test_the_clock_of_the_device_is_not_asked(phone: Device) -> None:
    phone.take("choose", "b")
    moved = [move | {"at": "1999-01-01T00:00:00Z", "when": 9e99} for move in phone.moves]
    assert phone.send(moved).status_code == 200
    assert abs(Step.objects.get().at - timezone.now()) < timedelta(minutes=1)


def test_after_thirty_days_nothing_is_taken_and_it_is_said(phone: Device) -> None:
    phone.take("choose", "b")
    KeptCopy.objects.update(at=NOW - timedelta(days=29))
    forget_old(NOW)
    assert KeptCopy.objects.exists()
    KeptCopy.objects.update(at=NOW - timedelta(days=31))
    forget_old(NOW)
    answer = phone.send()
    assert answer.status_code == 404
    assert "too old" in answer.json()["say"]
    assert phone.attempt.finished_at is None


def test_on_a_shared_device_nothing_is_kept(phone: Device) -> None:
    session = phone.client.session
    session[SHARED] = True
    session.save()
    page = phone.client.get(KEEP).content.decode()
    assert "others use this device" in page
    assert 'id="keep"' not in page
    copies = KeptCopy.objects.count()
    answer = phone.client.post(KEEP)
    assert answer.status_code == 409
    assert "kept" not in answer.cookies
    assert KeptCopy.objects.count() == copies
    assert phone.client.get("/learn/kept/state/").json()["shared"] is True


def test_a_test_is_never_kept(phone: Device) -> None:
    attempt = start_exam(publish_small_exam(), language="en", by=phone.person, at=NOW)
    with pytest.raises(AttemptRefused, match="A test needs a line"):
        hand_out(attempt, at=NOW)
    assert phone.client.post("/learn/scenarios/final/keep/").status_code == 404


_KEY = str(uuid.UUID(int=1))
_MOVE = {"key": _KEY, "after": _KEY, "stood": "room||", "do": "choose", "choice": "a"}
BAD: dict[str, tuple[Any, int, str]] = {
    "not json": (b"{", 400, "not JSON"),
    "another encoding": (b"\xff{}", 400, "not JSON"),
    "deep": (b"[" * 100_000, 400, "not JSON"),
    "a list": (b"[]", 400, "are missing"),
    "no moves": ({"copy": _KEY, "device": "x", "person": "y"}, 400, "are missing"),
    "moves are words": ({"copy": _KEY, "device": "x", "person": "y", "moves": "z"}, 400, "are missing"),
    "a NUL": ({"copy": _KEY, "device": "\0", "person": "y", "moves": []}, 400, "are missing"),
    "half a pair": ({"copy": _KEY, "device": "\ud800", "person": "y", "moves": []}, 400, "are missing"),
    "too many": ({"copy": _KEY, "device": "x", "person": "y", "moves": [0] * (MOST_MOVES + 1)}, 413, "At most 500"),
    "too long": (b" " * (MOST_BYTES + 1), 413, "More was sent"),
    "second move": ({"copy": _KEY, "device": "x", "person": "y", "moves": [_MOVE, 7]}, 400, "Step 2 cannot be read"),
    "no such act": (
        {"copy": _KEY, "device": "x", "person": "y", "moves": [_MOVE | {"do": "win"}]},
        400,
        "Step 1 cannot be read",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_queue_is_refused_with_its_remedy(phone: Device, name: str) -> None:
    sent, status, said = BAD[name]
    before = stored()
    body = sent if isinstance(sent, bytes) else json.dumps(sent)
    answer = phone.client.post(SEND, body, content_type="application/json")
    assert answer.status_code == status
    assert said in answer.json()["say"]
    assert changed(before) == []


def test_the_page_on_the_device_holds_nothing_of_anybody(phone: Device) -> None:
    other = Client()
    other.force_login(make_person("Bela"))
    pages = {client.get(KEPT).content for client in (phone.client, other)}
    assert len(pages) == 1
    page = pages.pop().decode()
    assert "<title>Learn" in page
    assert phone.person.name not in page
    assert "csrfmiddlewaretoken" not in page


def test_a_forged_form_brings_no_steps(phone: Device) -> None:
    phone.take("choose", "b")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(phone.person)
    assert phone.send(client=strict).status_code == 403
    assert phone.steps == []


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(phone: Device, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        publish_small_scenario(f"other-{number}")
        phone.client.post(f"/learn/scenarios/other-{number}/keep/")
    phone.take("choose", "b")
    phone.send()
    for path, queries in ((KEEP, 3), (KEPT, 2), ("/learn/kept/state/", 2)):
        phone.client.get(path)
        with django_assert_num_queries(queries):
            phone.client.get(path)
    with django_assert_num_queries(9):
        phone.send()
