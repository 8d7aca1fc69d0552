"""A scenario without its words: variables, passages, choices, where they lead. Words are text sections under its keys.

    passage   its key                     corridor
    block     passage.block               corridor.rough     a paragraph shown on a condition
    choice    passage.choice              corridor.a
    feedback  passage.choice.why          corridor.a.why
    basis     passage.choice.basis        corridor.a.basis   the paragraph of a protocol that supports it
    debrief   passage.her, .tempted, .protocol, .sectors     of an ending

Pure: no Django, no clock, no lots.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from concerted.practice.scenario.conditions import Condition, Effect, parse_condition, parse_effects

SHOWN = ("always", "debrief", "never")
#: Parts of a debrief; the first, third and fourth are required.
DEBRIEF = ("her", "tempted", "protocol", "sectors")
REQUIRED = ("her", "protocol", "sectors")


@dataclass(frozen=True)
class Band:
    """What a range of a variable is called; its words are the section `variable.band`."""

    code: str
    low: int
    high: int


@dataclass(frozen=True)
class Variable:
    """Something that changes: safety, trust, time, consent, or a flag (0 to 1, never shown)."""

    name: str
    start: int = 0
    low: int = 0
    high: int = 1
    shown: str = "never"
    bands: tuple[Band, ...] = ()

    def band(self, value: int) -> Band | None:
        return next((band for band in self.bands if band.low <= value <= band.high), None)


@dataclass(frozen=True)
class Way:
    """Where a choice leads, if `when` holds; without `when`, in any case."""

    to: str
    when: str = ""

    @cached_property
    def condition(self) -> Condition | None:
        return parse_condition(self.when) if self.when else None


@dataclass(frozen=True)
class Choice:
    """Something she can do. `ways` are tried in order; the last one always holds."""

    key: str
    ways: tuple[Way, ...]
    when: str = ""
    effects: str = ""

    @cached_property
    def condition(self) -> Condition | None:
        return parse_condition(self.when) if self.when else None

    @cached_property
    def changes(self) -> tuple[Effect, ...]:
        return parse_effects(self.effects) if self.effects else ()


@dataclass(frozen=True)
class Block:
    """A paragraph shown only when `when` holds as she arrives; its effects happen then, too."""

    key: str
    when: str
    effects: str = ""

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)

    @cached_property
    def changes(self) -> tuple[Effect, ...]:
        return parse_effects(self.effects) if self.effects else ()


@dataclass(frozen=True)
class Passage:
    """One scene. An ending has no choices and a debrief. `skip`: where whoever does not want to read it goes on."""

    key: str
    choices: tuple[Choice, ...] = ()
    blocks: tuple[Block, ...] = ()
    ending: bool = False
    skip: str = ""


@dataclass(frozen=True)
class Interrupt:
    """Something that happens by itself, once: as soon as `when` holds after a choice, she arrives at `to` instead."""

    when: str
    to: str

    @cached_property
    def condition(self) -> Condition:
        return parse_condition(self.when)


@dataclass(frozen=True)
class Story:
    """A whole scenario. `passages` keeps the writer's order; the first is the start."""

    variables: tuple[Variable, ...]
    passages: tuple[Passage, ...]
    interrupts: tuple[Interrupt, ...] = ()
    by_key: dict[str, Passage] = field(init=False, compare=False, repr=False, hash=False)
    named: dict[str, Variable] = field(init=False, compare=False, repr=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {passage.key: passage for passage in self.passages})
        object.__setattr__(self, "named", {variable.name: variable for variable in self.variables})

    @property
    def start(self) -> str:
        return self.passages[0].key


def as_plain(story: Story) -> dict[str, Any]:
    """The story as JSON; `from_plain` reads it back."""
    return {
        "variables": [
            {
                "name": one.name,
                "start": one.start,
                "low": one.low,
                "high": one.high,
                "shown": one.shown,
                "bands": [[band.code, band.low, band.high] for band in one.bands],
            }
            for one in story.variables
        ],
        "passages": [
            {
                "key": one.key,
                "ending": one.ending,
                "skip": one.skip,
                "blocks": [[block.key, block.when, block.effects] for block in one.blocks],
                "choices": [
                    {
                        "key": choice.key,
                        "when": choice.when,
                        "effects": choice.effects,
                        "ways": [[way.to, way.when] for way in choice.ways],
                    }
                    for choice in one.choices
                ],
            }
            for one in story.passages
        ],
        "interrupts": [[one.when, one.to] for one in story.interrupts],
    }


def from_plain(plain: dict[str, Any]) -> Story:
    """A story out of JSON that `as_plain` wrote."""
    return Story(
        tuple(
            Variable(
                one["name"],
                one["start"],
                one["low"],
                one["high"],
                one["shown"],
                tuple(Band(*band) for band in one["bands"]),
            )
            for one in plain["variables"]
        ),
        tuple(
            Passage(
                one["key"],
                tuple(
                    Choice(choice["key"], tuple(Way(*way) for way in choice["ways"]), choice["when"], choice["effects"])
                    for choice in one["choices"]
                ),
                tuple(Block(*block) for block in one["blocks"]),
                one["ending"],
                one["skip"],
            )
            for one in plain["passages"]
        ),
        tuple(Interrupt(*one) for one in plain["interrupts"]),
    )
