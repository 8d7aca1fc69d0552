"""The situations of the starter pack, played: who follows the protocol comes to its ending, also past hard passages."""

from pathlib import Path

import pytest

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.scenarios import ScenarioFile, read_scenario
from concerted.practice.scenario import playing

FOLDER = Path(__file__).parents[4] / "content" / "starter" / "scenarios"
#: What each situation comes to when every act that the protocol supports is chosen.
BY_PROTOCOL = {
    "everyone-is-a-cousin": "quiet",
    "five-days-later": "in-time",
    "good-at-parenting": "safe-contact",
    "line-open": "thursday",
    "man-in-the-corridor": "thursday",
    "the-drawing": "heard",
    "tuesday-supervision": "keeps",
    "two-days-before": "own-words",
    "two-stories-one-flat": "plan",
}


def played(code: str) -> ScenarioFile:
    path = FOLDER / f"{code}.md"
    found = read_scenario(path, path.name, Faults("starter"))
    assert found is not None
    return found


@pytest.mark.parametrize("skips", [False, True])
@pytest.mark.parametrize(("code", "ending"), BY_PROTOCOL.items())
def test_who_follows_the_protocol_comes_to_its_ending(code: str, ending: str, skips: bool) -> None:
    file = played(code)
    story = file.story
    supported = {section.key for part in file.parts.values() for section in part if section.key.endswith(".basis")}
    place, seen = playing.begin(story), []
    while playing.ended(story, place) is None:
        assert place.at not in seen, "she goes round in a circle"
        seen.append(place.at)
        if skips and story.by_key[place.at].skip:
            place = playing.skip(story, place)
            continue
        choice = next(one for one in playing.open_choices(story, place) if f"{place.at}.{one.key}.basis" in supported)
        place = playing.step(story, place, choice.key)
    assert place.at == ending, f"by way of {', '.join(seen)}"


def test_no_situation_is_left_out() -> None:
    files = {path.stem for path in FOLDER.glob("*.md") if "." not in path.stem}
    assert files == {*BY_PROTOCOL, "five-seats"}
