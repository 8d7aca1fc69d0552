"""Case conferences as pure maps: who hears what, what it changes, where coordination broke."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.practice.scenario.breaks import (
    AWAY,
    LATE,
    LOCATED,
    LOST,
    NOT_TOLD,
    SPILLED,
    UNANSWERED,
    breaks,
    who_knew,
)
from concerted.practice.scenario.checking_conference import check
from concerted.practice.scenario.conference import (
    Ask,
    Conference,
    Decision,
    Fact,
    Moment,
    Outcome,
    Seat,
    as_plain,
    from_plain,
)
from concerted.practice.scenario.playing import NotOpen
from concerted.practice.scenario.sitting import (
    ABSENT,
    STAND_IN,
    Move,
    Sitting,
    Turn,
    check_move,
    move_as_plain,
    move_from_plain,
    open_asks,
    open_decisions,
    stand,
    stand_in,
    untold,
)
from concerted.practice.scenario.story import Band, Variable

CASE = Conference(
    (Variable("safety", 4, 0, 10, "always", (Band("b1", 0, 10),)), Variable("plan", 0, 0, 10)),
    (
        Seat(
            "police",
            "police",
            (Fact("threat", ("health", "social"), told="safety +2"), Fact("fine", spilled="plan -1")),
        ),
        Seat("health", "health", (Fact("neck", ("police",), told="safety +2"), Fact("clinic", locates=True))),
        Seat("social", "social", (Fact("friday", ("police",), told="plan +1"),)),
    ),
    (Ask("hurt", "health", "neck"), Ask("when", "social", "friday"), Ask("where", "health", "clinic")),
    (
        Moment("opening", 0, "", {"police": (Decision("a", effects="plan +1", supported=True), Decision("b", lost=2))}),
        Moment("call", 1, "friday", {}),
        Moment("after", 3, "", {"police": (Decision("a", when="friday and neck", effects="safety +3"), Decision("b"))}),
    ),
    (Outcome("kept", "safety >= 8"), Outcome("talk")),
)


def turn(moment: str, **moves: Move) -> Turn:
    return Turn(moment, {seat.key: moves.get(seat.key, Move()) for seat in CASE.seats})


def test_a_seat_hears_only_what_it_is_told() -> None:
    sitting = stand(CASE, [turn("opening", health=Move({"neck": ("police",)}), police=Move(decision="a"))])
    assert sitting.knows("police") == {"neck"}
    assert sitting.knows("social") == frozenset()
    assert sitting.values == {"safety": 6, "plan": 1}


def test_a_fact_counts_once_for_those_who_need_it_and_once_for_the_others() -> None:
    first = turn("opening", police=Move({"threat": ("health",), "fine": ("health",)}, decision="a"))
    second = turn("after", police=Move({"threat": ("social",), "fine": ("social",)}, decision="b"))
    assert stand(CASE, [first]).values == {"safety": 6, "plan": 1}
    assert stand(CASE, [first, second]).values == {"safety": 6, "plan": 1}


def test_a_moment_comes_only_when_its_condition_holds() -> None:
    silent = [turn("opening", police=Move(decision="a"))]
    told = [turn("opening", police=Move(decision="a"), social=Move({"friday": ("police",)}))]
    assert [stand(CASE, turns).moment.key for turns in (silent, told)] == ["after", "call"]  # type: ignore[union-attr]


def test_a_decision_may_cost_days_and_may_need_to_know() -> None:
    sitting = stand(CASE, [turn("opening", police=Move(decision="b"))])
    assert (sitting.day, sitting.lost) == (5, 2)
    assert [one.key for one in open_decisions(CASE, sitting, "police")] == ["b"]
    knowing = stand(
        CASE,
        [
            turn("opening", police=Move(decision="a"), social=Move({"friday": ("police",)})),
            turn("call", health=Move({"neck": ("police",)})),
        ],
    )
    assert [one.key for one in open_decisions(CASE, knowing, "police")] == ["a", "b"]


def test_what_was_heard_is_not_told_or_asked_again() -> None:
    sitting = stand(CASE, [turn("opening", health=Move({"neck": ("police",)}), police=Move(decision="a"))])
    assert untold(CASE, sitting, "health")["neck"] == ("social",)
    assert [one.key for one in open_asks(CASE, sitting, "police")] == ["when", "where"]


@pytest.mark.parametrize(
    ("seat", "move", "part"),
    [
        ("police", Move({"neck": ("social",)}, decision="a"), "neck"),
        ("police", Move({"threat": ("police",)}, decision="a"), "threat"),
        ("police", Move({"threat": ("judge",)}, decision="a"), "threat"),
        ("police", Move(ask="nothing", decision="a"), "ask"),
        ("health", Move(ask="hurt"), "ask"),
        ("police", Move(), "decision"),
        ("police", Move(decision="z"), "decision"),
        ("health", Move(decision="a"), "decision"),
    ],
)
def test_what_a_seat_cannot_do_is_refused(seat: str, move: Move, part: str) -> None:
    with pytest.raises(NotOpen, match=part):
        check_move(CASE, stand(CASE, []), seat, move)


def test_where_coordination_broke() -> None:
    turns = [
        Turn(
            "opening",
            {
                "police": Move(decision="b"),
                "health": Move({"clinic": ("social",)}, by=ABSENT),
                "social": Move(ask="hurt"),
            },
        ),
        turn("after", police=Move({"threat": ("health",), "fine": ("social",)}, ask="hurt", decision="b")),
    ]
    found = {(one.kind, one.part): one for one in breaks(CASE, turns)}
    assert found["located", "clinic"].others == ("social",)
    assert found["not_told", "threat"].others == ("social",)
    assert found["late", "threat"].days == 5
    assert found["spilled", "fine"].others == ("social",)
    assert found["lost", "opening.police.b"].days == 2
    assert found["away", "opening"].seat == "health"
    # Social services need not know of the injury; the police do, and never heard.
    assert [one.others for one in breaks(CASE, turns) if one.kind == UNANSWERED] == [("police",)]
    assert [one.kind for one in breaks(CASE, turns)] == sorted(
        (one.kind for one in breaks(CASE, turns)),
        key=(LOCATED, NOT_TOLD, LATE, SPILLED, LOST, UNANSWERED, AWAY).index,
    )


def test_it_goes_to_json_and_back() -> None:
    assert from_plain(json.loads(json.dumps(as_plain(CASE)))) == CASE
    move = Move({"threat": ("health",)}, "hurt", "a", STAND_IN)
    assert move_from_plain(json.loads(json.dumps(move_as_plain(move))), STAND_IN) == move


def _words() -> set[str]:
    """A key for every string of the case."""
    keys = {f"{seat.key}.{fact.key}{end}" for seat, fact in CASE.all_facts() for end in ("", ".why")}
    keys |= {f"{one.key}.{part}" for one in CASE.outcomes for part in ("her", "protocol", "sectors")}
    keys |= {f"asks.{one.key}" for one in CASE.asks}
    for moment in CASE.moments:
        for seat, decisions in moment.decisions.items():
            keys |= {f"{moment.key}.{seat}.{one.key}{end}" for one in decisions for end in ("", ".why")}
    return keys | {one.key for one in (*CASE.seats, *CASE.moments, *CASE.outcomes)}


def test_a_sound_case_is_found_sound() -> None:
    # Social services have nothing to keep, and nobody can ask the police about the threat: both may be meant so.
    assert [(one.code, one.place) for one in check(CASE, _words()) if not one.warning] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seats": CASE.seats[:1], "asks": (), "moments": (Moment("opening", 0),)}, "no_seat"),
        ({"asks": (Ask("hurt", "judge", "neck"),)}, "no_seat"),
        ({"asks": (Ask("hurt", "police", "neck"),)}, "no_fact"),
        ({"moments": (Moment("opening", 0, "", {"judge": (Decision("a"),)}),)}, "no_seat"),
        ({"moments": (Moment("opening", 0, "rain"),)}, "no_name"),
        ({"moments": (Moment("opening", 0, "friday"),)}, "first_on_condition"),
        ({"moments": (Moment("opening", 3), Moment("after", 1))}, "earlier_day"),
        ({"moments": ()}, "no_moment"),
        ({"moments": (Moment("opening", 0, "", {"police": (Decision("a", "friday"),)}),)}, "decisions_run_out"),
        ({"moments": (Moment("opening", 0, "", {"police": (Decision("a", effects="rain"),)}),)}, "no_variable"),
        ({"outcomes": ()}, "no_ending"),
        ({"outcomes": (Outcome("kept", "safety >= 8"),)}, "last_on_condition"),
        ({"outcomes": (Outcome("talk"), Outcome("kept"))}, "hides_others"),
        ({"seats": (*CASE.seats, Seat("court", "justice", ()))}, "knows_nothing"),
        ({"seats": (*CASE.seats, Seat("court", "justice", (Fact("x", ("court",)),)))}, "own_fact"),
        ({"seats": (*CASE.seats, Seat("court", "justice", (Fact("x"),)))}, "no_words"),
    ],
)
def test_what_is_wrong_with_a_case_is_found(change: dict[str, object], code: str) -> None:
    broken = replace(CASE, **change)  # type: ignore[arg-type]
    assert code in {one.code for one in check(broken, _words()) if not one.warning}


def play(lots: Random) -> list[Turn]:
    """Turns in which every seat does something that is open to it, or nobody is there, or the programme plays."""
    turns: list[Turn] = []
    while (sitting := stand(CASE, turns)).moment is not None:
        moves = {seat.key: _move(sitting, seat.key, lots) for seat in CASE.seats}
        for seat, move in moves.items():
            if move.by != ABSENT:
                check_move(CASE, sitting, seat, move)
        turns.append(Turn(sitting.moment.key, moves))
    return turns


def _move(sitting: Sitting, seat: str, lots: Random) -> Move:
    if (lot := lots.randrange(6)) < 2:
        return Move(by=ABSENT) if lot else stand_in(CASE, sitting, seat)
    tells = {
        fact: tuple(lots.sample(seats, lots.randint(1, len(seats))))
        for fact, seats in untold(CASE, sitting, seat).items()
        if lots.random() < 0.6
    }
    asks = ["", *(one.key for one in open_asks(CASE, sitting, seat))]
    decisions = [one.key for one in open_decisions(CASE, sitting, seat)] or [""]
    return Move(tells, lots.choice(asks), lots.choice(decisions))


played = st.randoms(use_true_random=False).map(play)


@given(played)
def test_every_case_ends_with_numbers_in_range(turns: list[Turn]) -> None:
    sitting = stand(CASE, turns)
    assert sitting.outcome is not None
    assert all(CASE.named[name].low <= value <= CASE.named[name].high for name, value in sitting.values.items())


@given(played)
def test_nothing_is_known_that_was_not_told(turns: list[Turn]) -> None:
    told = {
        (fact, to) for one in turns for move in one.moves.values() for fact, seats in move.tells.items() for to in seats
    }
    assert {(known.fact, to) for known in who_knew(CASE, stand(CASE, turns)) for to in known.heard} == told


@given(played)
def test_every_need_is_met_or_named(turns: list[Turn]) -> None:
    """Who needs a fact and never heard it stands among the breaks, and nobody else does."""
    sitting = stand(CASE, turns)
    missed = {(one.part, to) for one in breaks(CASE, turns) if one.kind == NOT_TOLD for to in one.others}
    assert missed == {
        (fact.key, to) for _seat, fact in CASE.all_facts() for to in fact.needed if fact.key not in sitting.knows(to)
    }


@given(played, st.randoms())
def test_the_order_of_the_seats_in_a_moment_does_not_matter(turns: list[Turn], lots: Random) -> None:
    shuffled = []
    for one in turns:
        moves = list(one.moves.items())
        lots.shuffle(moves)
        shuffled.append(Turn(one.moment, dict(moves)))
    assert stand(CASE, turns) == stand(CASE, shuffled)


def test_programme_alone_breaks_nothing() -> None:
    turns: list[Turn] = []
    while (sitting := stand(CASE, turns)).moment is not None:
        turns.append(Turn(sitting.moment.key, {seat.key: stand_in(CASE, sitting, seat.key) for seat in CASE.seats}))
    assert breaks(CASE, turns) == ()
