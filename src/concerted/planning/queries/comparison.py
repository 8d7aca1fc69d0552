"""Two ratings of a place side by side, and the same place over time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from concerted.directory.models import Territory
from concerted.planning.models import Rating, RatingAnswer
from concerted.planning.queries.known import Known, known_of
from concerted.planning.queries.readiness import answers_of, as_rated, ratings_of, readiness_of, shape_of
from concerted.planning.queries.wording import MARKS, WHY, words_of
from concerted.planning.rules.readiness import Line, Mark, Readiness
from concerted.text.rules import SectionShown

#: How many ratings the page shows over time; older ones stay in the database.
MOST_SHOWN = 8


@dataclass(frozen=True)
class ItemShown:
    """One item: what was rated by whom, what the system knows, and what counts now.

    `own`, `moderated`: the answers; `own_level`, `moderated_level`: which level each counts with. `counts`: None before
    anybody of the second level has looked.
    """

    words: SectionShown
    level: SectionShown | None
    counts: Line | None
    own: RatingAnswer | None
    moderated: RatingAnswer | None
    own_level: int | None
    moderated_level: int | None
    known: Known | None

    @property
    def difference(self) -> int | None:
        """By how many levels the second level rated it higher or lower; None where only one has, or the system does."""
        if self.known is not None or self.own_level is None or self.moderated_level is None:
            return None
        return self.moderated_level - self.own_level

    @property
    def lower(self) -> int:
        """By how many levels the second level rated it lower."""
        return max(-(self.difference or 0), 0)

    @property
    def state(self) -> tuple[str, Any] | None:
        return MARKS[self.counts.mark] if self.counts else None

    @property
    def why(self) -> Any:
        return WHY[self.counts.why] if self.counts else ""


@dataclass(frozen=True)
class PlaceShown:
    """A territory with everything its page says about its readiness on a day."""

    territory: Territory
    own: Rating | None
    moderated: Rating | None
    readiness: Readiness
    items: tuple[ItemShown, ...]
    history: tuple[tuple[Rating, Readiness], ...]


def place_shown(territory: Territory, on: date, language: str) -> PlaceShown:
    """The readiness of a territory on a day, item by item. Eight queries; up to two for weekly marks, one for words in
    another language, and those that a process needs for what it meets for the first time.
    """
    ratings = list(ratings_of([territory.pk], on))
    own = _newest(ratings, Rating.Kind.OWN)
    moderated = _newest(ratings, Rating.Kind.MODERATED)
    known = known_of(territory, on)
    readiness = readiness_of(ratings, known, on)
    shown = moderated or own
    items = _items(shown, own, moderated, readiness, known, language) if shown else ()
    history = tuple((rating, as_rated(rating)) for rating in reversed(ratings[:MOST_SHOWN]))
    return PlaceShown(territory, own, moderated, readiness, items, history)


def _newest(ratings: Sequence[Rating], kind: str) -> Rating | None:
    return next((rating for rating in ratings if rating.kind == kind), None)


def _items(
    shown: Rating,
    own: Rating | None,
    moderated: Rating | None,
    readiness: Readiness,
    known: Mapping[str, Known],
    language: str,
) -> tuple[ItemShown, ...]:
    words = words_of(shown.instrument_id, language)
    counted = {line.key: line for line in readiness.lines}
    found = []
    for item in shape_of(shown).items:
        counts = counted.get(item.key)
        found.append(
            ItemShown(
                words[item.key],
                words.get(item.section_of(counts.level)) if counts else None,
                counts,
                *_answers(item.key, own, moderated),
                *_levels(item.key, own, moderated),
                known.get(item.fills) if item.fills else None,
            )
        )
    return tuple(found)


def _answers(key: str, own: Rating | None, moderated: Rating | None) -> tuple[RatingAnswer | None, RatingAnswer | None]:
    return (
        answers_of(own).get(key) if own else None,
        answers_of(moderated).get(key) if moderated else None,
    )


def _levels(key: str, own: Rating | None, moderated: Rating | None) -> tuple[int | None, int | None]:
    def level(rating: Rating | None) -> int | None:
        lines = as_rated(rating).lines if rating else ()
        return next((line.level for line in lines if line.key == key), None)

    return level(own), level(moderated)


def marks_of(readiness: Readiness) -> dict[str, int]:
    """How many items are a gap, a condition, and met."""
    return {str(mark): len(readiness.of(mark)) for mark in Mark}
