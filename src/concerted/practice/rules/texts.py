"""What is published here, as it is written. Pure."""

from dataclasses import dataclass

from concerted.practice.scenario.story import Story
from concerted.text.rules import SectionText


@dataclass(frozen=True)
class ScenarioText:
    """A scenario as it is written: its words under permanent keys, and the map they hang on."""

    code: str
    sections: tuple[SectionText, ...]
    story: Story
    minutes: int
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""
