"""What one seat sees of a moment: what only it knows, what it was told and asked, and what it can do."""

from collections.abc import Mapping
from dataclasses import dataclass

from concerted.practice.models import ConferenceTable
from concerted.practice.scenario.sitting import Heard, open_asks, open_decisions, untold
from concerted.practice.services import TableAt, table_at
from concerted.text import queries as text
from concerted.text.rules import SectionShown
from concerted.training.queries.look_back import BandShown, bands_shown
from concerted.training.queries.words import Words, words_in


@dataclass(frozen=True)
class FactShown:
    """Something this seat knows of its own, and who can still be told: key of a seat and its words."""

    key: str
    words: SectionShown
    to: tuple[tuple[str, SectionShown], ...]


@dataclass(frozen=True)
class HeardShown:
    """Something this seat was told: by whom, and whether in the moment before this one."""

    by: SectionShown
    words: SectionShown
    new: bool


@dataclass(frozen=True)
class OfferShown:
    """A question or a decision that is open to this seat. `to`: who is asked."""

    key: str
    words: SectionShown
    to: SectionShown | None = None


@dataclass(frozen=True)
class MomentShown:
    """The open moment as one seat sees it; `acted`: it has done what it does here, and waits for the others."""

    words: Words
    at: str
    number: int
    day: int
    scene: SectionShown
    seat: SectionShown
    own: SectionShown | None
    facts: tuple[FactShown, ...]
    heard: tuple[HeardShown, ...]
    asked: tuple[OfferShown, ...]
    asks: tuple[OfferShown, ...]
    decisions: tuple[OfferShown, ...]
    followed: tuple[SectionShown, SectionShown] | None
    bands: tuple[BandShown, ...]
    acted: bool
    waits_for: tuple[SectionShown, ...]

    @property
    def first(self) -> bool:
        return self.number == 1


def moment_shown(table: ConferenceTable, seat: str, reading: text.ReadingLanguage) -> MomentShown | None:
    """The moment that is open, for a seat; None once the case is finished. Three queries at most."""
    words, at = words_in(table.version.version_id, reading), table_at(table)
    case, sitting = at.conference, at.sitting
    if sitting.moment is None:
        return None
    key, tell = sitting.moment.key, untold(case, sitting, seat)
    return MomentShown(
        words=words,
        at=key,
        number=len(at.turns) + 1,
        day=sitting.day + 1,
        scene=words[key],
        seat=words[seat],
        own=words.get(f"{key}.{seat}"),
        facts=tuple(
            FactShown(fact.key, words[f"{seat}.{fact.key}"], tuple((one, words[one]) for one in tell.get(fact.key, ())))
            for fact in case.seated[seat].facts
        ),
        heard=_heard(at, seat, words),
        asked=tuple(
            OfferShown(one.ask.key, words[f"asks.{one.ask.key}"], words[one.by])
            for one in sitting.asked
            if one.ask.to == seat and one.turn == len(at.turns) - 1
        ),
        asks=tuple(
            OfferShown(one.key, words[f"asks.{one.key}"], words[one.to]) for one in open_asks(case, sitting, seat)
        ),
        decisions=tuple(
            OfferShown(one.key, words[f"{key}.{seat}.{one.key}"]) for one in open_decisions(case, sitting, seat)
        ),
        followed=_followed(at, seat, words),
        bands=bands_shown(case.variables, sitting.values, words, at_the_end=False),
        acted=seat in at.moved,
        waits_for=tuple(words[one] for one in case.seated if one not in at.moved),
    )


def _heard(at: TableAt, seat: str, words: Mapping[str, SectionShown]) -> tuple[HeardShown, ...]:
    """What this seat was told so far, the newest first."""
    told: list[Heard] = [one for one in at.sitting.heard if one.to == seat]
    last = len(at.turns) - 1
    return tuple(HeardShown(words[one.by], words[f"{one.by}.{one.fact}"], one.turn == last) for one in reversed(told))


def _followed(at: TableAt, seat: str, words: Mapping[str, SectionShown]) -> tuple[SectionShown, SectionShown] | None:
    """What this seat decided in the moment before, and what followed from it."""
    move = at.turns[-1].moves.get(seat) if at.turns else None
    if move is None or not move.decision:
        return None
    key = f"{at.turns[-1].moment}.{seat}.{move.decision}"
    why = words.get(f"{key}.why")
    return (words[key], why) if why is not None else None
