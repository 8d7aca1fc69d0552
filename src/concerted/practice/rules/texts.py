"""What is published here, as it is written. Pure."""

from dataclasses import dataclass, field
from typing import Any

from concerted.practice.scenario import conference, story
from concerted.practice.scenario.conference import Conference
from concerted.practice.scenario.story import Story
from concerted.text.rules import SectionText


@dataclass(frozen=True)
class QuestionText:
    """A question as written; its words are sections `key`, `key.a`, `key.a.why`, `key.right`, `key.not-quite`.

    `rests_on`: the sections of units where it can be read, as module/unit/section.
    """

    key: str
    kind: str
    aim: int
    marking: dict[str, Any] = field(hash=False)
    tags: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScenarioText:
    """A scenario as it is written: its words under permanent keys, and the map they hang on."""

    code: str
    sections: tuple[SectionText, ...]
    story: Story | Conference
    minutes: int
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""

    @property
    def seats(self) -> int:
        """How many people sit down to it at one table; 0 for one player."""
        return len(self.story.seats) if isinstance(self.story, Conference) else 0

    def map_as_plain(self) -> dict[str, Any]:
        """The map as JSON: of a story, or of a case conference."""
        told = self.story
        return conference.as_plain(told) if isinstance(told, Conference) else story.as_plain(told)


@dataclass(frozen=True)
class BankText:
    """A bank of questions as it is written. `sections`: title, summary, note and aims, then the questions."""

    code: str
    sections: tuple[SectionText, ...]
    questions: tuple[QuestionText, ...]
    minutes: int
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""


@dataclass(frozen=True)
class Pool:
    """So many questions of a bank, drawn by lot; of these aims and with one of these tags, when some are named."""

    bank: str
    questions: int
    aims: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExamText:
    """A test as it is written. `sections`: title, summary and note. `minutes`: 0 for as long as she likes."""

    code: str
    sections: tuple[SectionText, ...]
    pools: tuple[Pool, ...]
    minutes: int = 0
    pass_mark: int = 80
    attempts: int = 0
    wait_hours: int = 0
    sectors: tuple[str, ...] = ()
    place: int = 0
    pack: str = ""
