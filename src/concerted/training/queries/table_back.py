"""The look back at a case conference: how it ended, where coordination broke, and what each seat decided."""

from dataclasses import dataclass

from concerted.practice.models import ConferenceTable
from concerted.practice.scenario.breaks import AWAY, LOST, UNANSWERED, Break, Known, breaks, who_knew
from concerted.practice.scenario.conference import Conference
from concerted.practice.scenario.sitting import Sitting
from concerted.practice.services import TableAt, table_at
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.look_back import BandShown, Debrief, bands_shown, debrief_of
from concerted.training.queries.words import Words, words_in


@dataclass(frozen=True)
class BreakShown:
    """One place where coordination broke. `part`: the fact, question, decision or moment it is about, and why."""

    found: Break
    seat: SectionShown
    others: tuple[SectionShown, ...]
    moment: SectionShown
    part: SectionShown
    why: SectionShown | None


@dataclass(frozen=True)
class DecisionShown:
    """What a seat decided in a moment, what followed, and the paragraph that supports it."""

    seat: SectionShown
    by: str
    words: SectionShown
    why: SectionShown | None
    basis: SectionShown | None


@dataclass(frozen=True)
class MomentPast:
    """A moment that is over. `lost`: the days its decisions cost."""

    words: SectionShown
    day: int
    lost: int
    decisions: tuple[DecisionShown, ...]


@dataclass(frozen=True)
class BackShown:
    """The whole look back."""

    words: Words
    conference: Conference
    sitting: Sitting
    ending: SectionShown
    bands: tuple[BandShown, ...]
    debrief: Debrief
    breaks: tuple[BreakShown, ...]
    known: tuple[Known, ...]
    moments: tuple[MomentPast, ...]


def back_shown(table: ConferenceTable, reading: text.ReadingLanguage) -> BackShown | None:
    """The look back at a table; None while the case goes on. Three queries at most."""
    words, at = words_in(table.version.version_id, reading), table_at(table)
    outcome = at.sitting.outcome
    if outcome is None:
        return None
    return BackShown(
        words=words,
        conference=at.conference,
        sitting=at.sitting,
        ending=words[outcome.key],
        bands=bands_shown(at.conference.variables, at.sitting.values, words, at_the_end=True),
        debrief=debrief_of(outcome.key, words),
        breaks=tuple(_break(one, at, words) for one in breaks(at.conference, at.turns)),
        known=who_knew(at.conference, at.sitting),
        moments=tuple(_moment(number, at, words) for number in range(len(at.turns))),
    )


def _break(found: Break, at: TableAt, words: Words) -> BreakShown:
    key = found.part
    if found.kind == UNANSWERED:
        key = f"asks.{key}"
    elif found.kind not in (LOST, AWAY):
        key = f"{found.seat}.{key}"
    return BreakShown(
        found,
        words[found.seat],
        tuple(words[one] for one in found.others),
        words[at.turns[found.turn].moment],
        words[key],
        words.get(f"{key}.why"),
    )


def _moment(number: int, at: TableAt, words: Words) -> MomentPast:
    turn, case = at.turns[number], at.conference
    offered = case.by_key[turn.moment].decisions
    made, lost = [], 0
    for seat in case.seated:
        move = turn.moves[seat]
        for one in offered.get(seat, ()):
            if one.key == move.decision:
                key = f"{turn.moment}.{seat}.{one.key}"
                lost += one.lost
                made.append(
                    DecisionShown(words[seat], move.by, words[key], words.get(f"{key}.why"), words.get(f"{key}.basis"))
                )
    return MomentPast(words[turn.moment], at.sitting.days[number] + 1, lost, tuple(made))
