"""`concerted scenario export` and `import`: files out and in, faults with line and remedy, nothing half written."""

import re
import sys
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from concerted.packs.reading.faults import Faults
from concerted.packs.reading.scenarios import read_scenario
from concerted.packs.tests.stories import SUGARCUBE
from concerted.packs.tests.test_scenarios import SOUND
from concerted.packs.tests.test_workshop import STARTER


@pytest.fixture
def corridor(tmp_path: Path) -> Path:
    path = tmp_path / "corridor.md"
    path.write_text(SOUND)
    return path


def test_a_scenario_goes_out_as_twee_and_comes_back(corridor: Path, tmp_path: Path) -> None:
    twee, again = tmp_path / "corridor.twee", tmp_path / "again.md"
    call_command("scenario", "export", str(corridor), "--as", "twee", "-o", str(twee))
    assert ":: room [speaker-Mira]" in twee.read_text()
    call_command("scenario", "import", str(twee), "-o", str(again))
    before, after = (read_scenario(path, "s", Faults("s")) for path in (corridor, again))
    assert before
    assert after
    assert (after.story, after.sections) == (before.story, before.sections)


def test_a_translation_goes_out_in_its_own_words(tmp_path: Path) -> None:
    twee = tmp_path / "line.twee"
    call_command("scenario", "export", str(STARTER / "line-open.fr.md"), "--as", "twee", "-o", str(twee))
    words = twee.read_text()
    assert '<<link "Continuer sans cette partie"' in words or "Go on without" not in words
    assert "<<set $" in words


def test_what_is_left_out_is_told_with_its_line(tmp_path: Path) -> None:
    story, told = tmp_path / "night.twee", StringIO()
    story.write_text(SUGARCUBE)
    call_command("scenario", "import", str(story), "-o", str(tmp_path / "night.md"), stderr=told)
    assert f"{story}:34: “Listening”: <<if visited() gt 1>> is not taken along. Say it in words" in told.getvalue()
    assert (tmp_path / "night.md").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.twee", b"Only words.", "There is no story in this file."),
        ("a.twee", b":: Start\n\xff", "a.twee:2: This line is not UTF-8."),
        ("a.html", b"<p>", "This kind of file is not read here."),
    ],
)
def test_a_file_that_is_none_leaves_nothing(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("scenario", "import", str(tmp_path / name), "-o", str(tmp_path / "out.md"), stderr=told)
    assert said in told.getvalue()
    assert not (tmp_path / "out.md").exists()


def test_a_scenario_that_is_wrong_does_not_go_out(corridor: Path, tmp_path: Path) -> None:
    corridor.write_text(SOUND.replace("-> worse", "-> nowhere"))
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("scenario", "export", str(corridor), "--as", "twee", "-o", str(tmp_path / "x"), stderr=told)
    assert "nowhere" in told.getvalue()
    assert not (tmp_path / "x").exists()


def test_a_file_can_go_to_the_screen(corridor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = TextIOWrapper(BytesIO())
    monkeypatch.setattr(sys, "stdout", screen)
    call_command("scenario", "export", str(corridor), "--as", "twee")
    screen.flush()
    assert screen.buffer.getvalue().startswith(b":: StoryTitle\nThe corridor\n")  # type: ignore[attr-defined]


@pytest.mark.parametrize(("kind", "begins"), [("gamebook", b"%PDF"), ("gamebook-epub", b"PK"), ("html", b"<!doctype")])
def test_it_goes_out_as_every_kind(corridor: Path, tmp_path: Path, kind: str, begins: bytes) -> None:
    call_command("scenario", "export", str(corridor), "--as", kind, "-o", str(tmp_path / "x"))
    assert (tmp_path / "x").read_bytes().startswith(begins)


def test_letters_our_fonts_lack_are_told(corridor: Path, tmp_path: Path) -> None:
    corridor.write_text(re.sub(r"[A-Z][a-z ]+[.]", "ሰላም ለሁሉም ሰው ዛሬ ሰላም ለሁሉም ሰው ዛሬ", SOUND))
    with pytest.raises(CommandError, match="cannot be made in this language"):
        call_command("scenario", "export", str(corridor), "--as", "gamebook", "-o", str(tmp_path / "x"))
    assert not (tmp_path / "x").exists()
