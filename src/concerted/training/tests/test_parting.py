"""Choices are counted once a person, in the transaction of her step, and shown by sector to those who may compare."""

import random
import uuid
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_person,
    make_position,
    make_sector,
)
from concerted.practice.models import Attempt, ChoiceCount, Scenario, Step
from concerted.practice.services import lock_attempt
from concerted.practice.services.scenarios import place_of
from concerted.training import services
from concerted.training.tests.factories import publish_small_scenario

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PAGE = "/learn/scenarios/corridor/sectors/"


@pytest.fixture
def scenario() -> Scenario:
    return publish_small_scenario()


def _plays(person: Person, scenario: Scenario, *choices: tuple[str, str]) -> Attempt:
    attempt = services.start_scenario(scenario, language="en", by=person, at=NOW)
    for passage, choice in choices:
        services.choose(attempt, passage, choice, client_key=uuid.uuid4(), by=person, at=NOW)
    return attempt


def _people_of(sector: str, number: int) -> list[Person]:
    agency = make_agency(f"Agency {sector}", sector=make_sector(sector))
    people = [make_person(f"{sector} {n}") for n in range(number)]
    for person in people:
        make_position(person, agency)
    return people


def _counted() -> dict[tuple[str, str, str], int]:
    rows = ChoiceCount.objects.values_list("passage", "choice", "sector", "people")
    return {(passage, choice, sector): people for passage, choice, sector, people in rows}


def test_a_choice_counts_for_her_sector_and_once(scenario: Scenario) -> None:
    [amal] = _people_of("health", 1)
    _plays(amal, scenario, ("room", "b"), ("hall", "a"))
    assert _counted() == {("room", "b", "health"): 1, ("hall", "a", "health"): 1}
    _plays(amal, scenario, ("room", "a"), ("hall", "a"))
    assert _counted() == {("room", "b", "health"): 1, ("hall", "a", "health"): 1}, "after the look back she knows"
    _plays(make_person("No post"), scenario, ("room", "a"))
    assert _counted()["room", "a", ""] == 1


def test_a_part_left_out_and_a_form_sent_twice_count_nothing_more(scenario: Scenario) -> None:
    amal, key = make_person("Amal"), uuid.uuid4()
    attempt = services.start_scenario(scenario, language="en", by=amal, at=NOW)
    services.go_round(attempt, "room", by=amal, at=NOW)
    assert _counted() == {}
    for _again in range(2):
        services.choose(attempt, "hall", "a", client_key=key, by=amal, at=NOW)
    assert _counted() == {("hall", "a", ""): 1}


def test_counts_agree_with_a_look_at_every_step(scenario: Scenario) -> None:
    """Random histories against the slow way: the first step in a passage of everybody's first go."""
    lot = random.Random(7)
    people = [*_people_of("health", 4), *_people_of("police", 3), make_person("None")]
    for _turn in range(60):
        person = lot.choice(people)
        attempt = services.start_scenario(scenario, language="en", by=person, at=NOW)
        _story, place, _after = place_of(lock_attempt(attempt.pk))
        key = uuid.uuid4()
        choice = lot.choice(["a", "b"]) if place.at == "room" else "a"
        services.choose(attempt, place.at, choice, client_key=key, by=person, at=NOW)
    slow: Counter[tuple[str, str, str]] = Counter()
    for step in Step.objects.filter(attempt__no=1).select_related("attempt__person").order_by("attempt", "seq"):
        passage, _dot, choice = step.part.partition(".")
        earlier = Step.objects.filter(attempt=step.attempt, seq__lt=step.seq, part__startswith=f"{passage}.")
        if not earlier.exists():
            name = step.attempt.person.name.split()[0]
            slow[passage, choice, "" if name == "None" else name] += 1
    assert _counted() == slow


def test_who_was_there_when_she_chose(scenario: Scenario) -> None:
    """Her sector is that of the day; what was counted stays when she moves on or is forgotten."""
    [amal] = _people_of("health", 1)
    _plays(amal, scenario, ("room", "b"))
    amal.positions.update(until=timezone.localdate() - timedelta(days=1))
    attempt = Attempt.objects.get(person=amal)
    services.choose(attempt, "hall", "a", client_key=uuid.uuid4(), by=amal, at=NOW)
    assert _counted() == {("room", "b", "health"): 1, ("hall", "a", ""): 1}
    attempt.delete()
    assert len(_counted()) == 2


@pytest.fixture
def trainer() -> Client:
    return _client("trainer")


def _client(role: str) -> Client:
    person, client = make_person(role), Client()
    grant_role(person, role)
    client.force_login(person)
    return client


def _fill(scenario: Scenario) -> None:
    for sector, number, choice in (("health", 6, "b"), ("police", 5, "a"), ("justice", 2, "a")):
        for person in _people_of(sector, number):
            _plays(person, scenario, ("room", choice))


def test_the_page_shows_shares_and_keeps_small_sectors_back(scenario: Scenario, trainer: Client) -> None:
    assert "Not enough people have played this yet" in trainer.get(PAGE).content.decode()
    _fill(scenario)
    page = trainer.get(PAGE).content.decode()
    for seen in ("The room", "Ask with him there.", "Health, 5 or more", "Police, 5 or more", "differ most: about 100"):
        assert seen in page
    assert "Justice" not in page
    assert "The hall" not in page
    assert "health 0" not in page, "nobody's name"


def test_only_those_who_compare_may_see_it(scenario: Scenario) -> None:
    """The practitioner, and the manager of an agency, are answered as if it were not there, and see no way to it."""
    for role, status in (("author", 200), ("local_coordinator", 200), ("auditor", 200), ("manager", 404)):
        assert _client(role).get(PAGE).status_code == status, role
    amal = Client()
    amal.force_login(make_person("Amal"))
    assert amal.get(PAGE).status_code == 404
    assert PAGE not in amal.get("/learn/scenarios/corridor/").content.decode()
    assert PAGE in _client("national_coordinator").get("/learn/scenarios/corridor/").content.decode()
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(scenario: Scenario, trainer: Client, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        for person in _people_of(f"sector-{number}", 5):
            _plays(person, scenario, ("room", "b"), ("hall", "a"))
    trainer.get(PAGE)
    with django_assert_num_queries(7):
        trainer.get(PAGE)
