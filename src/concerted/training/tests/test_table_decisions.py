"""What seats decide over all tables that are over: counted once a person, shown from five people on."""

from typing import Any

import pytest
from django.test import Client

from concerted.directory.tests.factories import grant_role, make_person
from concerted.practice.models import ChoiceCount, ConferenceTable, TableMove
from concerted.practice.scenario.sitting import Move
from concerted.training import services
from concerted.training.tests.table_factories import Guest, make_table, publish_small_conference
from concerted.training.tests.test_item_counts import NOW

pytestmark = pytest.mark.django_db
PAGE = "/learn/tables/case/three-seats/decisions/"


def play(people: dict[str, Guest], first: str = "b", second: str = "b") -> ConferenceTable:
    """A table played to its end; the programme plays the seats that nobody takes."""
    opener = next(iter(people.values())).person
    table = make_table(opener, {seat: guest.person for seat, guest in people.items()})
    for seat in {"police", "health", "social"} - people.keys():
        services.let_stand_in(table, seat, by=opener, at=NOW)
    for moment, decision in (("opening", first), ("after", second)):
        for seat, guest in people.items():
            move = Move(decision=decision if seat == "police" else "")
            services.act_at_table(table, moment, move, by=guest.person, at=NOW)
    table.refresh_from_db()
    assert table.finished_at is not None
    return table


def counted() -> list[tuple[str, str, str, int]]:
    rows = ChoiceCount.objects.order_by("passage", "choice")
    return list(rows.values_list("passage", "choice", "sector", "people"))


def _client(role: str) -> Client:
    person, client = make_person(role), Client()
    grant_role(person, role)
    client.force_login(person)
    return client


def test_decisions_count_once_a_person_when_the_table_is_over() -> None:
    publish_small_conference()
    amal, bela = Guest("Amal"), Guest("Bela")
    table = play({"police": amal, "health": bela})
    expected = [("after.police", "b", "police", 1), ("opening.police", "b", "police", 1)]
    assert counted() == expected
    play({"police": amal})
    assert counted() == expected, "the second time she knows what follows"
    play({"police": Guest("Chiara")}, first="a")
    assert ("opening.police", "a", "police", 1) in counted()
    table.delete()
    assert ("after.police", "b", "police", 2) in counted(), "it stays when tables are deleted"


def test_what_the_programme_does_counts_for_nobody() -> None:
    publish_small_conference()
    play({"health": Guest("Bela")})
    assert TableMove.objects.filter(by="stand-in").exists()
    assert counted() == []


def test_the_page_shows_shares_from_five_people_on() -> None:
    publish_small_conference()
    trainer = _client("trainer")
    for n in range(4):
        play({"police": Guest(f"Guest {n}")}, first="a" if n % 2 else "b")
    assert "Not enough people have played this yet" in trainer.get(PAGE).content.decode()
    play({"police": Guest("Guest 4")})
    page = trainer.get(PAGE).content.decode()
    for seen in ("Monday", "Police", "Say what it is for.", "Wait until Thursday.", "5 people or more", ">60<", ">40<"):
        assert seen in page
    assert "Guest 4" not in page
    assert PAGE in trainer.get("/learn/tables/case/three-seats/").content.decode()


def test_only_those_who_write_teach_and_coordinate_see_it() -> None:
    publish_small_conference()
    for role, status in (("author", 200), ("national_coordinator", 200), ("auditor", 200), ("manager", 404)):
        assert _client(role).get(PAGE).status_code == status, role
    amal = Guest("Amal")
    assert amal.client.get(PAGE).status_code == 404
    assert PAGE not in amal.read("/learn/tables/case/three-seats/")
    assert _client("author").get("/learn/tables/case/nothing/decisions/").status_code == 404
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    publish_small_conference()
    for n in range(5 * rows):
        play({"police": Guest(f"Guest {n}")}, first="a" if n % 2 else "b")
    trainer = _client("trainer")
    trainer.get(PAGE)
    with django_assert_num_queries(6):
        trainer.get(PAGE)
