"""The one step function: where she stands and what she chooses give where she stands next. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from concerted.practice.scenario.conditions import Effect
from concerted.practice.scenario.story import Choice, Passage, Story, Variable


class NotOpen(ValueError):
    """This choice is not open where she stands."""


@dataclass(frozen=True)
class Place:
    """Where she stands: the passage, the numbers, the paragraphs shown there, and what happened by itself before."""

    at: str
    values: Mapping[str, int]
    shown: tuple[str, ...] = ()
    met: tuple[int, ...] = ()


def changed(named: Mapping[str, Variable], values: Mapping[str, int], effects: Iterable[Effect]) -> dict[str, int]:
    """The numbers after these effects, each kept within its range."""
    after = dict(values)
    for effect in effects:
        variable = named[effect.name]
        now = after[effect.name]
        value = {"+": now + effect.amount, "-": now - effect.amount, "=": effect.amount}[effect.how]
        after[effect.name] = min(max(value, variable.low), variable.high)
    return after


def _arrive(story: Story, at: str, values: Mapping[str, int], met: tuple[int, ...]) -> Place:
    """What she finds there: paragraphs whose condition holds as she arrives, with what they change."""
    shown = tuple(block for block in story.by_key[at].blocks if block.condition.holds(values))
    after = changed(story.named, values, (effect for block in shown for effect in block.changes))
    return Place(at, after, tuple(block.key for block in shown), met)


def begin(story: Story) -> Place:
    """Where everybody begins."""
    return _arrive(story, story.start, {one.name: one.start for one in story.variables}, ())


def stand(story: Story, at: str, values: Mapping[str, int], met: tuple[int, ...] = ()) -> Place:
    """Somebody set down in a passage with these numbers, as an author does who tries a part out."""
    return _arrive(story, at, values, met)


def open_choices(story: Story, place: Place) -> tuple[Choice, ...]:
    """What she can do here, in the writer's order; nothing at an ending."""
    choices = story.by_key[place.at].choices
    return tuple(one for one in choices if one.condition is None or one.condition.holds(place.values))


def step(story: Story, place: Place, choice: str) -> Place:
    """Where this choice leads. Raises NotOpen when it is not open here.

    Effects come first, then the first way that holds; then, once each, what happens by itself.
    """
    found = next((one for one in open_choices(story, place) if one.key == choice), None)
    if found is None:
        raise NotOpen(choice)
    values = changed(story.named, place.values, found.changes)
    to = next(way.to for way in found.ways if way.condition is None or way.condition.holds(values))
    return _onward(story, to, values, place.met)


def _onward(story: Story, to: str, values: Mapping[str, int], met: tuple[int, ...]) -> Place:
    for number, interrupt in enumerate(story.interrupts):
        if number not in met and not story.by_key[to].ending and interrupt.condition.holds(values):
            return _arrive(story, interrupt.to, values, (*met, number))
    return _arrive(story, to, values, met)


def skip(story: Story, place: Place) -> Place:
    """Where whoever skips this passage goes on; only the place changes. Raises NotOpen when there is no such way."""
    to = story.by_key[place.at].skip
    if not to:
        raise NotOpen("skip")
    return _onward(story, to, place.values, place.met)


def end(story: Story, place: Place) -> Place:
    """The first ending, with her numbers: where whoever reads how it can end comes to."""
    return Place(next(passage.key for passage in story.passages if passage.ending), place.values, (), place.met)


def ended(story: Story, place: Place) -> Passage | None:
    """The ending she has reached, or None."""
    passage = story.by_key[place.at]
    return passage if passage.ending else None


def footprint(story: Story, place: Place) -> str:
    """Where she stands in one short line that the twin writes alike: passage, numbers in the story's order, what met.

    A step that was taken elsewhere says by it where it was taken.
    """
    values = ",".join(str(place.values[one.name]) for one in story.variables)
    return f"{place.at}|{values}|{','.join(map(str, place.met))}"


def as_plain(place: Place) -> dict[str, Any]:
    return {"at": place.at, "values": dict(place.values), "shown": list(place.shown), "met": list(place.met)}


def from_plain(plain: Mapping[str, Any]) -> Place:
    return Place(plain["at"], dict(plain["values"]), tuple(plain["shown"]), tuple(plain["met"]))
