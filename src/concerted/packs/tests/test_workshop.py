"""The format written and read back: nothing of a scenario is lost on the way through a form."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.files import read_lines
from concerted.packs.reading.scenarios import ScenarioFile, has_seats, scenario_in
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.workshop.script import cut_script, read_passage, read_script
from concerted.packs.workshop.writing import head_facts, write_head, write_scene
from concerted.practice.scenario.story import Block, Choice, Passage, Way
from concerted.text.rules import SectionText

STARTER = Path(__file__).parents[4] / "content" / "starter" / "scenarios"
SHIPPED = sorted(path for path in STARTER.glob("*.md") if path.name.count(".") == 1 and not has_seats(path))


def _read(content: str) -> ScenarioFile:
    faults = Faults("s.md")
    file = scenario_in(content.split("\n"), Path("s.md"), faults)
    assert file is not None
    assert not [fault for fault in faults.found if not fault.warning], [str(fault) for fault in faults.found]
    return file


def _written(file: ScenarioFile) -> tuple[str, list[tuple[str, str]]]:
    """The head and the passages of a scenario as the workshop writes them."""
    words = {section.key: section for section in file.sections}
    head = write_head(head_facts(file.code, file.minutes, file.sectors, words, file.story))
    known = file.story.by_key
    passages = [(block.key, write_scene(block.key, block.kind, words, known.get(block.key))) for block in file.blocks]
    return head, passages


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_comes_back_the_same(path: Path) -> None:
    lines = read_lines(path, Faults("s.md"))
    assert lines is not None
    file = _read("\n".join(lines))
    again = read_script(file.code, *_written(file))
    assert again.sound, [str(fault) for _place, fault in again.faults]
    assert again.file is not None
    assert (again.file.sections, again.file.story) == (file.sections, file.story)
    assert (again.file.code, again.file.minutes, again.file.sectors) == (file.code, file.minutes, file.sectors)


def test_a_fault_is_told_with_its_passage() -> None:
    head, passages = _written(_read(SOUND))
    key, text = passages[1]
    passages[1] = (key, text.replace("-> end", "-> nowhere"))
    script = read_script("corridor", head, passages)
    assert not script.sound
    assert [place for place, fault in script.faults if "nowhere" in fault.message] == [key]
    script = read_script("corridor", head.replace("minutes: 10", "minutes: soon"), passages)
    assert [place for place, fault in script.faults if "minutes" in fault.message] == [""]


def test_a_file_is_cut_into_what_it_was_made_of() -> None:
    faults = Faults("s.md")
    cut = cut_script(SOUND, faults)
    assert cut is not None
    script = read_script("corridor", *cut)
    assert script.file is not None
    assert script.file.sections == _read(SOUND).sections
    assert cut_script("no head", Faults("s.md")) is None


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "Zs", "P")), min_size=1, max_size=40).map(str.strip)
PLAIN = WORDS.filter(lambda text: bool(text) and text[0].isalpha() and "->" not in text and "{" not in text)
WHEN = st.sampled_from(["", "safety > 3", "told and not (safety < 2 or safety > 8)"])
EFFECTS = st.sampled_from(["", "safety +1", "told, safety = 3"])


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Passage, dict[str, SectionText]]:
    """A passage with its words."""
    words = {"room": SectionText("room", draw(PLAIN), "passage", draw(PLAIN))}
    choices, blocks = [], []
    for key in draw(st.lists(st.sampled_from("abcd"), unique=True)):
        ways = [Way("hall", draw(WHEN)) for _n in range(draw(st.integers(0, 2)))] + [Way("end")]
        choices.append(Choice(key, tuple(ways), draw(WHEN), draw(EFFECTS)))
        words[f"room.{key}"] = SectionText(f"room.{key}", draw(PLAIN), "choice")
        for part, kind in (("why", "why"), ("basis", "basis")):
            if draw(st.booleans()):
                words[f"room.{key}.{part}"] = SectionText(f"room.{key}.{part}", draw(PLAIN), kind)
    for key in draw(st.lists(st.sampled_from(["late", "rough"]), unique=True)):
        blocks.append(Block(key, draw(WHEN.filter(bool)), draw(EFFECTS)))
        words[f"room.{key}"] = SectionText(f"room.{key}", draw(PLAIN), "block")
    return Passage("room", tuple(choices), tuple(blocks), skip=draw(st.sampled_from(["", "hall"]))), words


@settings(deadline=None)
@given(scenes())
def test_any_passage_comes_back_the_same(made: tuple[Passage, dict[str, SectionText]]) -> None:
    passage, words = made
    scene, kind, faults = read_passage(write_scene("room", "passage", words, passage))
    assert not faults
    assert scene is not None
    assert (kind, scene.passage) == ("passage", passage)
    assert {section.key: section for section in scene.sections} == words
