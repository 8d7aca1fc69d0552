"""A scenario as a page that plays by itself: the twin of the step function, its vectors, and what the page holds."""

import hashlib
import json
import random
import re
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from concerted.packs.interchange.page import as_page
from concerted.packs.interchange.tale import tale_of
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.scenarios import read_scenario, scenario_in
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.tests.test_workshop import SHIPPED
from concerted.practice.scenario import playing
from concerted.practice.scenario.portable import portable
from concerted.practice.scenario.story import Story, as_plain, from_plain

HERE = Path(__file__).parent
VECTORS = HERE / "playing_vectors.json"
TWIN = HERE.parents[1] / "practice" / "static" / "practice" / "playing.js"
NODE = shutil.which("node")


def _page(text: str = SOUND) -> str:
    file = scenario_in(text.split("\n"), Path("s.md"), Faults("s.md"))
    assert file is not None
    return as_page(tale_of(file, "en")).decode()


def test_the_step_function_keeps_to_the_vectors() -> None:
    for vector in json.loads(VECTORS.read_text()):
        story = from_plain(vector["story"])
        assert json.loads(json.dumps(portable(story))) == vector["portable"]
        for walk in vector["walks"]:
            place = playing.begin(story)
            for act, after in walk:
                if act:
                    place = playing.skip(story, place) if act == "/skip" else playing.step(story, place, act)
                assert playing.as_plain(place) == after


def _in_node(vectors: Path) -> int:
    command = [str(NODE), str(HERE / "play_vectors.js"), str(TWIN), str(vectors)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.skipif(NODE is None, reason="node is not here; the twin is played in the browser test")
def test_the_twin_keeps_to_the_same_vectors() -> None:
    steps = sum(len(walk) for vector in json.loads(VECTORS.read_text()) for walk in vector["walks"])
    assert _in_node(VECTORS) == steps > 90


@pytest.mark.skipif(NODE is None, reason="node is not here; the twin is played in the browser test")
def test_the_twin_plays_what_is_shipped_the_same(tmp_path: Path) -> None:
    vectors = []
    for path in SHIPPED:
        file = read_scenario(path, path.name, Faults(path.name))
        assert file is not None
        walks = [_walk(file.story, random.Random(seed)) for seed in range(30)]
        vectors.append({"name": path.stem, "portable": portable(file.story), "walks": walks})
    (tmp_path / "v.json").write_text(json.dumps(vectors))
    assert _in_node(tmp_path / "v.json") > 1000


def _walk(story: Story, lots: random.Random) -> list[Any]:
    """A way through a story at random, for 40 steps at most."""
    place = playing.begin(story)
    steps = [["", playing.as_plain(place), playing.footprint(story, place)]]
    while len(steps) < 40 and not playing.ended(story, place):
        act = lots.choice([*(one.key for one in playing.open_choices(story, place)), "/skip"])
        if act == "/skip" and not story.by_key[place.at].skip:
            continue
        place = playing.skip(story, place) if act == "/skip" else playing.step(story, place, act)
        steps.append([act, playing.as_plain(place), playing.footprint(story, place)])
    return steps


def test_the_story_of_the_vectors_is_read_back() -> None:
    for vector in json.loads(VECTORS.read_text()):
        assert as_plain(from_plain(vector["story"])) == vector["story"]


def test_the_page_asks_nothing_and_its_policy_names_its_own_script() -> None:
    page = _page()
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    mark = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{mark}'" in page
    assert not re.search(r"https?://", page)
    assert not re.search(r"localStorage|sessionStorage|indexedDB|caches|cookie|fetch\(|sendBeacon|innerHTML", page)
    assert page == _page(), "the same scenario gives the same file"


def test_the_content_note_comes_first_and_the_tab_tells_nothing() -> None:
    page = _page()
    start = page.partition('<main id="stage"')[2]
    assert start.index("A hard topic.") < start.index("Never play the case of a woman you have met.")
    assert start.index("Never play") < start.index("You are a nurse.")
    assert "<title>Learn</title>" in page


def test_words_cannot_become_markup() -> None:
    page = _page(SOUND.replace("He stays.", "</script><script>alert(1)</script> <img src=x onerror=alert(1)>"))
    assert "<script>alert" not in page
    assert "<img" not in page
    page = _page(SOUND.replace("label: Her safety", 'label: "</template><b>"'))
    assert "</template><b>" not in page
