"""Where the passages of a story stand when it is drawn: in rows by the fewest choices that lead there. Pure."""

from collections import deque
from dataclasses import dataclass

from concerted.practice.scenario.story import Passage, Story


@dataclass(frozen=True)
class Spot:
    """A passage on the map: row and place in the row, both from 0. `row` -1: nobody ever comes there."""

    passage: Passage
    row: int
    place: int


@dataclass(frozen=True)
class Lead:
    """That one passage can follow another. `by_itself`: without a choice, when numbers say so; `skip`: a way round."""

    start: str
    to: str
    by_itself: bool = False
    skip: bool = False


@dataclass(frozen=True)
class StoryMap:
    """A story as it is drawn."""

    spots: tuple[Spot, ...]
    leads: tuple[Lead, ...]
    rows: int
    widest: int


def leads_of(story: Story) -> list[Lead]:
    """Every way from a passage to another that is there, each once, in the writer's order.

    What happens by itself can follow any choice; it is drawn from the start alone, since a line from everywhere shows
    nothing.
    """
    known = story.by_key
    found: dict[Lead, None] = {}
    for passage in story.passages:
        for choice in passage.choices:
            found |= {Lead(passage.key, way.to): None for way in choice.ways if way.to in known}
        if passage.skip in known:
            found.setdefault(Lead(passage.key, passage.skip, skip=True))
    for interrupt in story.interrupts:
        if interrupt.to in known:
            found.setdefault(Lead(story.start, interrupt.to, by_itself=True))
    return list(found)


def map_of(story: Story) -> StoryMap:
    """The map of a story. Endings stand in the last row; what nobody reaches has a row of its own.

    >>> from concerted.practice.scenario.story import Choice, Way
    >>> told = map_of(Story((), (Passage("a", (Choice("a", (Way("b"),)),)), Passage("b", ending=True))))
    >>> [(spot.passage.key, spot.row, spot.place) for spot in told.spots], told.rows, told.widest
    ([('a', 0, 0), ('b', 1, 0)], 2, 1)
    """
    leads = leads_of(story)
    far = _how_far(story, leads)
    inner = [far[one.key] for one in story.passages if one.key in far and not one.ending]
    last = max(inner, default=0) + 1
    filled: dict[int, int] = {}
    spots = []
    for passage in story.passages:
        row = -1 if passage.key not in far else last if passage.ending else far[passage.key]
        spots.append(Spot(passage, row, filled.setdefault(row, 0)))
        filled[row] += 1
    rows = max((spot.row for spot in spots), default=0) + 1
    return StoryMap(tuple(spots), tuple(leads), rows, max(filled.values(), default=0))


def _how_far(story: Story, leads: list[Lead]) -> dict[str, int]:
    """Passage -> the fewest steps that lead there; those that nobody reaches are left out."""
    after: dict[str, list[str]] = {}
    for lead in leads:
        after.setdefault(lead.start, []).append(lead.to)
    far = {story.start: 0}
    waiting = deque([story.start])
    while waiting:
        now = waiting.popleft()
        for to in after.get(now, ()):
            if to not in far:
                far[to] = far[now] + 1
                waiting.append(to)
    return far
