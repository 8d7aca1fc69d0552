"""What seats decided at the tables of a case conference that are over: shares of enough people, nobody's move."""

from collections import defaultdict
from dataclasses import dataclass

from concerted.directory.rules import FEWEST
from concerted.practice.models import ChoiceCount
from concerted.practice.rules import Sums, people_shown, share_shown
from concerted.practice.scenario.conference import Decision
from concerted.practice.services import conference_of
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.words import words_in


@dataclass(frozen=True)
class DecisionShown:
    """A decision, about how many in a hundred took it, the days it costs, and whether a protocol supports it."""

    words: SectionShown
    share: int
    lost: int
    supported: bool


@dataclass(frozen=True)
class SeatDecided:
    """What one seat decided in one moment. `people`: at least so many."""

    moment: SectionShown
    seat: SectionShown
    people: int
    decisions: tuple[DecisionShown, ...]


def decisions_shown(version_id: int, words_version: int, reading: text.ReadingLanguage) -> list[SeatDecided]:
    """Moment by moment and seat by seat, where `FEWEST` people or more have decided. Two queries at most.

    Seats are not set beside each other in one drawing, as sectors are in a scenario: each has decisions of its own.
    """
    taken: dict[str, dict[str, int]] = defaultdict(dict)
    rows = ChoiceCount.objects.filter(version=version_id).order_by()
    for passage, choice, people in rows.values_list("passage", "choice", "people"):
        taken[passage][choice] = people
    conference, words = conference_of(version_id), words_in(words_version, reading)
    shown = []
    for moment in conference.moments:
        for seat, decisions in moment.decisions.items():
            place = f"{moment.key}.{seat}"
            people = sum(taken[place].get(one.key, 0) for one in decisions)
            if people < FEWEST:
                continue
            told = tuple(_shown(one, words[f"{place}.{one.key}"], taken[place], people) for one in decisions)
            shown.append(SeatDecided(words[moment.key], words[seat], people_shown(Sums(people)), told))
    return shown


def _shown(decision: Decision, words: SectionShown, taken: dict[str, int], people: int) -> DecisionShown:
    share = share_shown(Sums(people=people, right=taken.get(decision.key, 0)))
    return DecisionShown(words, share, decision.lost, decision.supported)
