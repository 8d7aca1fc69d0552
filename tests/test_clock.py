"""The clock of the server: the day where the response is counts, and a clock set otherwise harms nothing."""

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from concerted.accounts.models import JoinCode
from concerted.accounts.services import joining
from concerted.capacity import services as capacity
from concerted.capacity.models import Evidence, OutsideClaim
from concerted.capacity.services.evidence import NotRecorded
from concerted.capacity.tests.factories import make_credential
from concerted.directory.models import Person
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_profession
from concerted.kit.tests.stored import changed, stored
from concerted.practice.models import Attempt, Step
from concerted.training.models import Certificate
from concerted.training.tests.factories import publish_small_module

pytestmark = pytest.mark.django_db
#: One o'clock at night on the second of March in Nairobi; in Greenwich it is still the first.
NIGHT = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
ONE, TWO = "/learn/core/C1/", "/learn/core/C2/"


@pytest.fixture
def nairobi(settings: Any) -> Iterator[None]:
    settings.TIME_ZONE = "Africa/Nairobi"
    with time_machine.travel(NIGHT, tick=False):
        yield


@pytest.fixture
def amal() -> Person:
    person = make_person("Amal")
    make_position(person)
    return person


def send(client: Client, path: str, step: str, do: str = "answer", **sent: Any) -> Any:
    return client.post(path, {"key": str(uuid.uuid4()), "step": step, "do": do} | sent)


def steps(client: Client) -> Iterator[None]:
    """The whole module, stopping after each step."""
    client.post("/learn/core/start/")
    for path, step, sent in (
        (ONE, "q1", {"answer": "a"}),
        (ONE, "q2", {"answer": ["a", "b"]}),
        (TWO, "q1", {"place-a": "1", "place-b": "2"}),
        (TWO, "q2", {"place-a": "a", "place-b": "b"}),
    ):
        send(client, path, step, **sent)
        send(client, path, step, "on")
        yield
    send(client, TWO, "read-3", "on")


def test_at_night_it_is_the_day_of_the_place(nairobi: None, amal: Person) -> None:
    publish_small_module()
    client = Client()
    client.force_login(amal)
    list(steps(client))
    assert Certificate.objects.get().achieved_on == date(2026, 3, 2)
    assert Evidence.objects.get().achieved_on == date(2026, 3, 2)


def test_training_of_today_is_taken_at_night(nairobi: None, amal: Person) -> None:
    agency = amal.positions.get().agency  # type: ignore[attr-defined]
    facts: dict[str, Any] = {"agency": agency, "provider": "School", "by": amal, "at": timezone.now()}
    claim = capacity.claim_outside(amal, make_credential(), achieved_on=date(2026, 3, 2), **facts)
    assert claim.achieved_on == timezone.localdate() == date(2026, 3, 2)
    with pytest.raises(NotRecorded, match="lies in the future"):
        capacity.claim_outside(amal, make_credential(), achieved_on=date(2026, 3, 3), **facts)
    assert OutsideClaim.objects.count() == 1


def test_a_code_works_to_the_end_of_its_day_there(nairobi: None) -> None:
    agency, nurse = make_agency(), make_profession()
    JoinCode.objects.create(agency=agency, code="LASTDAY2", until=date(2026, 3, 2))
    position = joining.join_by_code("LASTDAY2", profession=nurse, by=make_person(), at=timezone.now())
    assert position.since == date(2026, 3, 2)
    JoinCode.objects.create(agency=agency, code="DAYPAST2", until=date(2026, 3, 1))
    with pytest.raises(joining.CodeUnknown):
        joining.join_by_code("DAYPAST2", profession=nurse, by=make_person(), at=timezone.now())


@pytest.mark.parametrize("hours", [-3, -30, 3], ids=["back", "back over a day", "forth"])
def test_a_clock_set_otherwise_in_the_middle_of_a_module(amal: Person, settings: Any, hours: int) -> None:
    settings.CONCERTED_IDLE_MINUTES = 600
    publish_small_module()
    client = Client()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(amal)
        for place, _step in enumerate(steps(client)):
            if place == 1:
                clock.move_to(start + timedelta(hours=hours))
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.passed) == (100, True)
    assert list(Step.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, Step.objects.count() + 1))
    assert Certificate.objects.count() == Evidence.objects.count() == 1


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["23 hours", "25 hours"])
def test_days_of_other_length(amal: Person, settings: Any, day: date) -> None:
    settings.TIME_ZONE = "Europe/Paris"
    agency = amal.positions.get().agency  # type: ignore[attr-defined]
    for at in ((0, 10), (23, 50)):
        here = datetime(day.year, day.month, day.day, *at, tzinfo=timezone.get_default_timezone())
        capacity.claim_outside(
            amal, make_credential(), agency=agency, achieved_on=day, provider="School", by=amal, at=here.astimezone(UTC)
        )
        with pytest.raises(NotRecorded, match="lies in the future"):
            capacity.claim_outside(
                amal, make_credential(), agency=agency, achieved_on=day + timedelta(days=1), provider="School",
                by=amal, at=here.astimezone(UTC),
            )  # fmt: skip
    assert OutsideClaim.objects.count() == 2


def test_a_clock_set_forth_ends_the_session_and_changes_nothing_else(amal: Person) -> None:
    publish_small_module()
    client = Client()
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        client.force_login(amal)
        client.post("/learn/core/start/")
        send(client, ONE, "q1", answer="a")
        before = stored()
        clock.move_to(start + timedelta(hours=9))
        sent = send(client, ONE, "q2", answer=["a"])
        assert sent["Location"].startswith("/account/login/?")
        assert changed(before) == []
        client.force_login(amal)
        send(client, ONE, "q1", "on")
        assert "Question q2?" in client.get(ONE).content.decode(), "she goes on where she was"


def test_a_device_a_day_ahead_is_told(amal: Person) -> None:
    credential = make_credential()
    client = Client()
    client.force_login(amal)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    before = stored()
    form = {"credential": credential.pk, "achieved_on": tomorrow, "provider": "School"}
    said = client.post("/capacity/outside/mine/", form).content.decode()
    assert "The day of completion lies in the future. Write the day it was completed." in said
    assert changed(before) == []
