"""Trying a case conference out alone: one person decides for every seat, and the address holds what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from concerted.packs.reading.conferences import ConferenceFile
from concerted.packs.workshop.trying import Number, asked_number, numbered
from concerted.practice.scenario.conference import Conference
from concerted.practice.scenario.sitting import Move, Sitting, Turn, open_decisions, stand, stand_in
from concerted.practice.scenario.story import DEBRIEF
from concerted.text.rules import SectionText

#: Every seat tells what others need, or every seat keeps silent.
NEEDED, NOTHING = "needed", "nothing"


@dataclass(frozen=True)
class SeatTried:
    """A seat in the open moment: what only it reads, what it has heard, and (key, words) of what it can decide."""

    key: str
    name: str
    own: str
    heard: tuple[str, ...]
    offers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CaseTrial:
    """Where a case stands that is tried out. `done`: the decisions until here, as the address holds them."""

    at: str
    scene: SectionText
    day: int
    seats: tuple[SeatTried, ...]
    numbers: tuple[Number, ...]
    done: str
    tell: str
    followed: tuple[str, ...]
    ended: bool
    look_back: tuple[SectionText, ...]


def case_trial_of(file: ConferenceFile, asked: Mapping[str, str]) -> CaseTrial:
    """The page for an address: `at` the moment, `done` the decisions before it, `d-SEAT` those taken in it.

    Moments before `at` of which `done` says nothing are played as the programme plays. What is not understood counts
    as not said. `v-NAME` is the number with which the case begins.
    """
    words = {section.key: section for section in file.sections}
    starts = {one.name: asked_number(asked.get(f"v-{one.name}", ""), one) for one in file.conference.variables}
    changed = tuple(replace(one, start=starts[one.name]) for one in file.conference.variables)
    case = replace(file.conference, variables=changed)
    tell = NOTHING if asked.get("tell") == NOTHING else NEEDED
    done = [one for one in asked.get("done", "").split(" ") if one.count(".") == 2]
    at = asked.get("at", "")
    taken = {seat: value for seat in case.seated if (value := asked.get(f"d-{seat}", ""))}
    now = [f"{at}.{seat}.{decision}" for seat, decision in taken.items()]
    turns, sitting = _played(case, {*done, *now}, tell, at, through=bool(asked.get("go")))
    followed = [words[f"{one}.why"].markdown for one in now if f"{one}.why" in words]
    shown = replace(case, variables=file.conference.variables)
    decided = [f"{turn.moment}.{seat}.{move.decision}" for turn in turns for seat, move in turn.moves.items()]
    return _shown(
        shown, words, sitting, " ".join(one for one in decided if one[-1] != "."), tell, tuple(followed), starts
    )


def _played(case: Conference, done: set[str], tell: str, at: str, *, through: bool) -> tuple[list[Turn], Sitting]:
    """The turns before a moment, or with it where she goes `through` it; and where the case stands then."""
    turns: list[Turn] = []
    sitting = stand(case, turns)
    while sitting.moment is not None and at in case.by_key:
        here = sitting.moment.key
        if here == at and not through:
            break
        turns.append(Turn(here, {seat: _move(case, sitting, seat, done, tell) for seat in case.seated}))
        sitting = stand(case, turns)
        if here == at:
            break
    return turns, sitting


def _move(case: Conference, sitting: Sitting, seat: str, done: set[str], tell: str) -> Move:
    assert sitting.moment is not None
    usual = stand_in(case, sitting, seat)
    open_here = [one.key for one in open_decisions(case, sitting, seat)]
    chosen = next((key for key in open_here if f"{sitting.moment.key}.{seat}.{key}" in done), usual.decision)
    return Move(usual.tells if tell == NEEDED else {}, "", chosen)


def _shown(
    case: Conference,
    words: Mapping[str, SectionText],
    sitting: Sitting,
    done: str,
    tell: str,
    followed: tuple[str, ...],
    starts: Mapping[str, int],
) -> CaseTrial:
    ended = sitting.moment is None
    stands = sitting.outcome if sitting.moment is None else sitting.moment
    assert stands is not None
    parts = [words.get(f"{stands.key}.{part}") or words.get(f"debrief.{part}") for part in DEBRIEF] if ended else []
    seats = () if ended else tuple(_seat(case, words, sitting, seat) for seat in case.seated)
    numbers = tuple(
        replace(number, value=starts[number.name]) for number in numbered(case.variables, words, sitting.values)
    )
    look_back = tuple(part for part in parts if part is not None)
    return CaseTrial(stands.key, words[stands.key], sitting.day, seats, numbers, done, tell, followed, ended, look_back)


def _seat(case: Conference, words: Mapping[str, SectionText], sitting: Sitting, seat: str) -> SeatTried:
    assert sitting.moment is not None
    place = f"{sitting.moment.key}.{seat}"
    offers = tuple((one.key, words[f"{place}.{one.key}"].markdown) for one in open_decisions(case, sitting, seat))
    heard = [f"{case.facts[one.fact][0].key}.{one.fact}" for one in sitting.heard if one.to == seat]
    own = words[place].markdown if place in words else ""
    return SeatTried(seat, words[seat].title, own, tuple(words[key].markdown for key in heard), offers)
