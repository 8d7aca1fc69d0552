"""A whole scenario with its words: what every kind of file is written from, and what a file from elsewhere becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from concerted.packs.reading.scenarios import ScenarioFile
from concerted.packs.workshop.writing import DEBRIEF_KEY, head_facts, whole, write_head, write_scene
from concerted.practice.scenario.story import Story
from concerted.text.rules import SectionText
from concerted.training.wording import PARTS


@dataclass(frozen=True)
class Tale:
    """A story, and key -> section of everything said in it; `language`: the one the page around them stands in."""

    code: str
    language: str
    minutes: int
    sectors: tuple[str, ...]
    story: Story
    words: Mapping[str, SectionText]
    #: Key -> language of words that stand in another one.
    foreign: Mapping[str, str] = field(default_factory=dict)
    #: Parts of it are not in the language that was asked for.
    missing: bool = False
    #: The day it was published.
    on: date | None = None

    def said(self, key: str) -> str:
        """The Markdown of a section; nothing where there is none."""
        section = self.words.get(key)
        return section.markdown if section else ""

    def spoken(self, key: str) -> str:
        """The language these words stand in."""
        return self.foreign.get(key, self.language)

    @property
    def head(self) -> str:
        """The facts at the head of its file."""
        return write_head(head_facts(self.code, self.minutes, self.sectors, self.words, self.story))


def tale_of(file: ScenarioFile, language: str) -> Tale:
    """The scenario a file tells."""
    words = {section.key: section for section in file.sections}
    return Tale(file.code, language, file.minutes, file.sectors, file.story, words)


def translated(source: ScenarioFile, file: ScenarioFile, language: str) -> Tale:
    """A scenario in the words of a translation: where things lead stands in its source."""
    words = {section.key: section for section in (*source.sections, *file.sections)}
    return Tale(source.code, language, source.minutes, source.sectors, source.story, words)


def as_markdown(tale: Tale) -> str:
    """The scenario in the format of this house, as `packs.reading.scenarios` reads it."""
    scenes = [
        write_scene(one.key, "ending" if one.ending else "passage", tale.words, one) for one in tale.story.passages
    ]
    if DEBRIEF_KEY in tale.words:
        scenes.append(write_scene(DEBRIEF_KEY, "debrief", tale.words, None))
    return whole(tale.head, scenes)


def parts_named() -> dict[str, str]:
    """The parts of a look back, and what they are called."""
    return {part: str(name) for part, name in PARTS.items()}
