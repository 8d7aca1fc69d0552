"""Trying a draft out from any passage: where she stands is in the address, so nothing of it is kept anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concerted.packs.reading.scenarios import ScenarioFile
from concerted.practice.scenario import playing
from concerted.practice.scenario.playing import NotOpen, Place
from concerted.practice.scenario.story import DEBRIEF, Story, Variable
from concerted.text.rules import SectionText


@dataclass(frozen=True)
class Number:
    """A number where she stands, with the words of its band (empty for a flag)."""

    name: str
    label: str
    value: int
    low: int
    high: int
    words: str


@dataclass(frozen=True)
class Trial:
    """Where somebody stands who tries a draft out."""

    at: str
    scene: SectionText
    paragraphs: tuple[SectionText, ...]
    offers: tuple[tuple[str, str], ...]
    numbers: tuple[Number, ...]
    met: str
    #: What followed the choice that led here.
    followed: str
    ended: bool
    look_back: tuple[SectionText, ...]


def trial_of(file: ScenarioFile, asked: Mapping[str, str]) -> Trial:
    """The page for an address: `at`, a number for each name as `v-name`, `met`, and the `choice` taken there.

    What is not understood in it counts as not said: the start, the number the scenario begins with.
    """
    story = file.story
    words = {section.key: section for section in file.sections}
    at = asked.get("at", "")
    at = at if at in story.by_key else story.start
    met = tuple(int(one) for one in asked.get("met", "").split(".") if one.isdecimal() and len(one) < 4)
    values = {one.name: asked_number(asked.get(f"v-{one.name}", ""), one) for one in story.variables}
    choice = asked.get("choice", "")
    followed = ""
    place = playing.stand(story, at, values, met)
    if choice:
        try:
            # The numbers are those she was shown: what the passage itself changes is in them already.
            place = playing.step(story, Place(at, values, (), met), choice)
            why = words.get(f"{at}.{choice}.why")
            followed = why.markdown if why else ""
        except NotOpen:
            pass
    return _shown(story, words, place, followed)


def asked_number(said: str, variable: Variable) -> int:
    """The number the address says, within its range; the one the scenario begins with where it says none."""
    known = said.isdecimal() and len(said) < 6
    return min(max(int(said), variable.low), variable.high) if known else variable.start


def _shown(story: Story, words: Mapping[str, SectionText], place: Place, followed: str) -> Trial:
    ending = story.by_key[place.at].ending
    parts = [words.get(f"{place.at}.{part}") or words.get(f"debrief.{part}") for part in DEBRIEF] if ending else []
    return Trial(
        place.at,
        words[place.at],
        tuple(words[f"{place.at}.{key}"] for key in place.shown if f"{place.at}.{key}" in words),
        tuple((one.key, words[f"{place.at}.{one.key}"].markdown) for one in playing.open_choices(story, place)),
        tuple(numbered(story.variables, words, place.values)),
        ".".join(map(str, place.met)),
        followed,
        ending,
        tuple(part for part in parts if part is not None),
    )


def numbered(
    variables: Iterable[Variable], words: Mapping[str, SectionText], values: Mapping[str, int]
) -> list[Number]:
    """Every number with its name and the words of its band."""
    found = []
    for one in variables:
        key, value = f"variable.{one.name}", values[one.name]
        band = one.band(value)
        label = words[key].markdown if key in words else one.name
        said = words[f"{key}.{band.code}"].markdown if band and f"{key}.{band.code}" in words else ""
        found.append(Number(one.name, label, value, one.low, one.high, said))
    return found
