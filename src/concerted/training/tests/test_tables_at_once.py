"""Many at once at one table, on a database with many writers: one seat each, one move each, one end."""

from typing import Any

import pytest
from django.utils import timezone

from concerted.directory.tests.factories import make_person
from concerted.ledger.models import Entry
from concerted.practice.models import Attempt, ConferenceTable, TableMove, TableSeat
from concerted.practice.scenario.sitting import Move
from concerted.practice.services import TableRefused
from concerted.training import services
from concerted.training.tests.table_factories import make_table
from concerted.training.tests.test_cases_at_once import AT_ONCE, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SEATS = ("police", "health", "social")


def test_eight_who_press_the_same_seat_are_told_apart() -> None:
    people = [make_person(f"Amal {number}") for number in range(AT_ONCE)]
    table = make_table(people[0], {})
    facts: dict[str, Any] = {"language": "en", "at": timezone.now()}

    def press(number: int) -> str:
        try:
            services.sit_down(table, "health", by=people[number], **facts)
        except TableRefused as refusal:
            return str(refusal)
        return ""

    told = at_once(press)
    assert told.count("") == 1
    assert sum("just taken" in one for one in told) == AT_ONCE - 1
    assert TableSeat.objects.exclude(person=None).count() == 1
    assert Entry.objects.filter(verb="table seat taken").count() == 1


def test_one_who_presses_every_seat_at_once_has_one() -> None:
    amal = make_person("Amal")
    table = make_table(amal, {})
    facts: dict[str, Any] = {"language": "en", "by": amal, "at": timezone.now()}

    def press(number: int) -> bool:
        try:
            services.sit_down(table, SEATS[number % 3], **facts)
        except TableRefused:
            return False
        return True

    assert any(at_once(press))
    assert TableSeat.objects.filter(person=amal).count() == 1


def test_all_seats_sent_at_once_and_twice_are_one_move_each_and_one_end() -> None:
    people = {seat: make_person(seat) for seat in SEATS}
    table = make_table(people["police"], people)
    for moment, choice in (("opening", "a"), ("after", "b")):

        def send(number: int, moment: str = moment, choice: str = choice) -> None:
            seat = SEATS[number % 3]
            move = Move(decision=choice if seat == "police" else "")
            services.act_at_table(table, moment, move, by=people[seat], at=timezone.now())

        at_once(send)
    assert TableMove.objects.count() == 6
    assert ConferenceTable.objects.get().finished_at is not None
    assert Attempt.objects.filter(finished_at__isnull=False).count() == 3
