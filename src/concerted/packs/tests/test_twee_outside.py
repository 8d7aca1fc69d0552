"""What another program makes of our Twee: extwee (npm) compiles it to Twine's web page and takes it out again."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from concerted.packs.interchange.tale import tale_of
from concerted.packs.interchange.twee.reading import read_twee
from concerted.packs.interchange.twee.writing import as_twee
from concerted.packs.reading.faults import Faults
from concerted.packs.reading.scenarios import read_scenario
from concerted.packs.tests.test_workshop import SHIPPED

EXTWEE = shutil.which("extwee")
pytestmark = pytest.mark.skipif(EXTWEE is None, reason="extwee is not on the path, so nothing was shown to it")


def _run(*arguments: str, folder: Path) -> None:
    subprocess.run([str(EXTWEE), *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_comes_out_of_twine_again_is_the_same_scenario(path: Path, tmp_path: Path) -> None:
    file = read_scenario(path, path.name, Faults(path.name))
    assert file is not None
    story = as_twee(tale_of(file, "en"))
    (tmp_path / "a.twee").write_text(story)
    page = "<html><head><title>{{STORY_NAME}}</title></head><body>{{STORY_DATA}}</body></html>"
    facts = json.dumps({"name": "SugarCube", "version": "2.36.1", "source": page})
    (tmp_path / "format.js").write_text(f"window.storyFormat({facts});")
    _run("-c", "-s", "format.js", "-i", "a.twee", "-o", "a.html", folder=tmp_path)
    _run("-d", "-i", "a.html", "-o", "b.twee", folder=tmp_path)
    again = (tmp_path / "b.twee").read_text()
    assert again != story, "it was written anew"
    assert read_twee(again, "a", Faults("b")) == read_twee(story, "a", Faults("a"))
