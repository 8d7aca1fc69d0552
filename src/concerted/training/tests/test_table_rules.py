"""The table of a case conference underneath its pages: seats, moves, stand-ins, time-outs, and what is recorded."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from concerted.directory.models import Person
from concerted.directory.tests.factories import make_person
from concerted.ledger.forgetting import forget_old
from concerted.practice import services as practice
from concerted.practice.models import Attempt, ConferenceTable, TableMove, TableSeat
from concerted.practice.scenario.sitting import ABSENT, PERSON, STAND_IN, Move
from concerted.practice.services import TableRefused, table_at
from concerted.training.tests.factories import publish_small_scenario
from concerted.training.tests.table_factories import CASE, make_table, publish_small_conference

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(hours=30)


@pytest.fixture
def seated() -> tuple[ConferenceTable, dict[str, Person]]:
    people = {"police": make_person("Amal"), "health": make_person("Bela"), "social": make_person("Chiara")}
    return make_table(people["police"], people), people


def act(table: ConferenceTable, moment: str, by: Person, move: Move | None = None) -> int:
    return practice.make_move(practice.lock_table(table.pk), moment, move or Move(), by=by, at=NOW)


def doers(table: ConferenceTable, moment: str) -> dict[str, str]:
    rows = TableMove.objects.filter(seat__table=table, moment=moment).order_by("pk")
    return dict(rows.values_list("seat__seat", "by"))


def test_a_table_opens_with_every_seat_free() -> None:
    table = make_table(make_person("Amal"), {})
    assert [(one.seat, one.person_id, one.stand_in) for one in table.seats.all()] == [
        (seat.key, None, False) for seat in CASE.seats
    ]
    assert practice.conference_of(table.version_id) == CASE
    assert table.version.scenario.seats == 3


def test_no_table_for_a_scenario_of_one_player() -> None:
    with pytest.raises(TableRefused, match="Nobody can sit down"):
        practice.open_table(publish_small_scenario(), pace_hours=0, by=make_person("Amal"), at=NOW)


def test_a_seat_is_taken_once_and_each_person_takes_one() -> None:
    amal, bela = make_person("Amal"), make_person("Bela")
    table = make_table(amal, {"police": amal})
    facts: dict[str, Any] = {"language": "en", "at": NOW}
    assert practice.take_table_seat(table, "police", by=amal, **facts) is False, "pressed twice"
    for seat, by, why in (
        ("police", bela, "just taken"),
        ("health", amal, "already"),
        ("judge", bela, "Choose one of the seats"),
    ):
        with pytest.raises(TableRefused, match=why):
            practice.take_table_seat(table, seat, by=by, **facts)
    assert TableSeat.objects.exclude(person=None).count() == 1


def test_a_moment_is_over_when_every_seat_has_acted(seated: Any) -> None:
    table, people = seated
    assert act(table, "opening", people["health"], Move({"neck": ("police",)})) == 0
    assert act(table, "opening", people["social"]) == 0
    assert table_at(table).sitting.knows("police") == frozenset(), "what is told is heard when the moment is over"
    assert act(table, "opening", people["police"], Move({"threat": ("health",)}, "hurt", "a")) == 1
    now = table_at(table)
    assert now.sitting.moment is not None
    assert (now.sitting.moment.key, now.sitting.knows("police")) == ("after", {"neck"})


def test_played_to_the_end_it_is_in_the_record_of_each(seated: Any) -> None:
    table, people = seated
    for moment, decision in (("opening", "b"), ("after", "b")):
        for seat, person in people.items():
            act(table, moment, person, Move(decision=decision if seat == "police" else ""))
    table.refresh_from_db()
    assert (table.finished_at, table.due_at) == (table.opened_at, None), "the clock was put back meanwhile"
    held = Attempt.objects.values_list("person", "what_kind", "what", "version", "score", "passed", "finished_at")
    scenario = table.version.scenario_id
    expected = {(one.pk, "scenario", scenario, table.version_id, 100, True, NOW) for one in people.values()}
    assert set(held) == expected
    with pytest.raises(TableRefused, match="finished"):
        practice.leave_table_seat(table, by=people["police"], at=NOW)


def test_the_same_form_again_is_the_same_move_and_another_is_refused(seated: Any) -> None:
    table, people = seated
    told = Move({"threat": ("health",)}, "", "a")
    for _twice in range(2):
        act(table, "opening", people["police"], told)
    assert TableMove.objects.count() == 1
    with pytest.raises(TableRefused, match="already done from your seat"):
        act(table, "opening", people["police"], Move(decision="b"))
    act(table, "opening", people["health"])
    act(table, "opening", people["social"])
    assert act(table, "opening", people["police"], told) == 0, "sent again after the moment was over"
    assert TableMove.objects.count() == 3


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (Move(), "Choose one of your decisions"),
        (Move(decision="z"), "Choose one of your decisions"),
        (Move({"neck": ("social",)}, "", "a"), "not yours to tell"),
        (Move({"threat": ("police",)}, "", "a"), "not yours to tell"),
        (Move({"threat": ("judge",)}, "", "a"), "not yours to tell"),
        (Move({}, "writing", "a"), "question is not open"),
        (Move({}, "nothing", "a"), "question is not open"),
    ],
)
def test_a_forged_move_changes_nothing(seated: Any, move: Move, why: str) -> None:
    table, people = seated
    with pytest.raises(TableRefused, match=why):
        act(table, "opening", people["police"], move)
    assert not TableMove.objects.exists()


def test_a_move_for_another_moment_or_without_a_seat_is_refused(seated: Any) -> None:
    table, people = seated
    with pytest.raises(TableRefused, match="has gone on"):
        act(table, "after", people["police"], Move(decision="b"))
    with pytest.raises(TableRefused, match="no seat"):
        act(table, "opening", make_person("Dora"))
    assert not TableMove.objects.exists()


def test_a_stand_in_acts_at_once_and_its_seat_can_still_be_taken() -> None:
    amal, bela = make_person("Amal"), make_person("Bela")
    table = make_table(amal, {"police": amal})
    for seat in ("health", "social"):
        assert practice.seat_stand_in(practice.lock_table(table.pk), seat, NOW) == 0
    assert doers(table, "opening") == {"health": STAND_IN, "social": STAND_IN}
    assert practice.seat_stand_in(practice.lock_table(table.pk), "health", NOW) == 0, "pressed twice"
    assert TableMove.objects.count() == 2
    with pytest.raises(TableRefused, match="Somebody sits there"):
        practice.seat_stand_in(practice.lock_table(table.pk), "police", NOW)
    practice.take_table_seat(practice.lock_table(table.pk), "health", language="en", by=bela, at=NOW)
    with pytest.raises(TableRefused, match="already done from your seat"):
        act(table, "opening", bela)
    act(table, "opening", amal, Move(decision="a"))
    assert doers(table, "after") == {"social": STAND_IN}, "from here she plays herself"


def test_whoever_leaves_has_the_same_record_and_the_others_wait_for_nobody(seated: Any) -> None:
    table, people = seated
    act(table, "opening", people["police"], Move(decision="a"))
    act(table, "opening", people["health"])
    assert practice.leave_table_seat(practice.lock_table(table.pk), by=people["social"], at=NOW) == 1
    assert practice.leave_table_seat(practice.lock_table(table.pk), by=people["social"], at=NOW) == 0
    moment = table_at(table).sitting.moment
    assert moment is not None
    assert moment.key == "after"
    left = Attempt.objects.get()
    assert (left.person, left.score, left.passed) == (people["social"], 100, True)


def test_when_the_last_one_leaves_the_table_waits(seated: Any) -> None:
    table, people = seated
    for person in people.values():
        practice.leave_table_seat(practice.lock_table(table.pk), by=person, at=NOW)
    table.refresh_from_db()
    assert table.finished_at is None
    assert not TableMove.objects.filter(by=PERSON).exists()
    assert not TableMove.objects.filter(moment="after").exists(), "the programme does not play by itself"


def test_when_time_runs_out_free_seats_are_played_and_silent_ones_did_nothing() -> None:
    amal, bela = make_person("Amal"), make_person("Bela")
    table = make_table(amal, {"police": amal, "health": bela}, pace_hours=24)
    act(table, "opening", amal, Move(decision="a"))
    locked = practice.lock_table(table.pk)
    assert practice.time_out(locked, NOW + timedelta(hours=23)) == 0
    assert practice.time_out(locked, LATER) == 1
    assert doers(table, "opening") == {"police": PERSON, "health": ABSENT, "social": STAND_IN}
    assert ConferenceTable.objects.get().due_at == LATER + timedelta(hours=24)
    assert practice.time_out(practice.lock_table(table.pk), LATER) == 0, "run twice"
    assert practice.time_out(practice.lock_table(table.pk), LATER + timedelta(hours=24)) == 1
    assert ConferenceTable.objects.get().finished_at is not None
    assert list(Attempt.objects.values_list("person", flat=True)) == [amal.pk], "who never acted has not practised"


def test_an_empty_table_waits_on() -> None:
    table = make_table(make_person("Amal"), {}, pace_hours=24)
    assert practice.time_out(practice.lock_table(table.pk), LATER) == 0
    assert ConferenceTable.objects.get().due_at == LATER + timedelta(hours=24)
    assert not TableMove.objects.exists()


def test_waiting_is_given_up_once_however_often_it_is_pressed() -> None:
    amal = make_person("Amal")
    table = make_table(amal, {"police": amal})
    assert practice.close_moment(practice.lock_table(table.pk), "opening", NOW) == 1
    assert practice.close_moment(practice.lock_table(table.pk), "opening", NOW) == 0
    assert doers(table, "after") == {"health": STAND_IN, "social": STAND_IN}


@pytest.mark.parametrize(
    "facts",
    [{"finished_at": NOW}, {"due_at": None}, {"due_at": None, "finished_at": NOW - timedelta(days=9)}],
)
def test_the_database_refuses_a_finished_table_that_waits(facts: dict[str, Any]) -> None:
    make_table(make_person("Amal"), {})
    with pytest.raises(IntegrityError), transaction.atomic():
        ConferenceTable.objects.update(**facts)


def test_the_database_refuses_two_seats_a_person_and_two_moves_a_moment(seated: Any) -> None:
    table, people = seated
    with pytest.raises(IntegrityError), transaction.atomic():
        table.seats.filter(seat="health").update(person=people["police"])
    with pytest.raises(IntegrityError), transaction.atomic():
        table.seats.filter(seat="health").update(stand_in=True)
    seat = table.seats.get(seat="health")
    with pytest.raises(IntegrityError), transaction.atomic():
        TableSeat.objects.create(table=table, seat="health")
    facts: dict[str, Any] = {"seat": seat, "moment": "opening", "move": {}, "at": NOW}
    TableMove.objects.create(by=PERSON, **facts)
    for by in (PERSON, "nobody"):
        with pytest.raises(IntegrityError), transaction.atomic():
            TableMove.objects.create(by=by, **facts)


def test_whoever_is_erased_leaves_a_free_seat_and_the_table_goes_after_two_years(seated: Any) -> None:
    table, people = seated
    act(table, "opening", people["social"])
    people["social"].delete()
    seat = table.seats.get(seat="social")
    assert (seat.person_id, seat.moves.count()) == (None, 1)
    forget_old(at=NOW + timedelta(days=729))
    assert ConferenceTable.objects.exists()
    forget_old(at=NOW + timedelta(days=731))
    assert not TableMove.objects.exists()


def test_publishing_it_anew_leaves_open_tables_on_their_version(seated: Any) -> None:
    table, _people = seated
    scenario = publish_small_conference()
    assert scenario.published_id == table.version_id, "the same text is the same version"


def test_five_hundred_forged_moves_leave_a_table_that_can_be_played(seated: Any) -> None:
    table, people = seated
    chance, seats = Random(4), [*people, "judge"]
    facts, asks = ["threat", "fine", "neck", "school", "nothing"], ["", "hurt", "writing", "nothing"]
    taken = 0
    for _time in range(500):
        told = {fact: tuple(chance.sample(seats, 2)) for fact in chance.sample(facts, chance.randrange(3))}
        move = Move(told, chance.choice(asks), chance.choice(["", "a", "b", "z"]))
        before = TableMove.objects.count()
        try:
            act(table, chance.choice(["opening", "after", "nowhere"]), people[chance.choice([*people])], move)
        except TableRefused:
            assert TableMove.objects.count() == before
        else:
            taken += TableMove.objects.count() - before
    assert 0 < taken <= len(people) * len(CASE.moments)
    made = TableMove.objects.values_list("seat", "moment")
    assert len(set(made)) == len(made) == taken
    assert all(turn.moves.keys() == people.keys() for turn in table_at(table).turns)
