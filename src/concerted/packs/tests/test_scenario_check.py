"""`concerted scenario check`: pictures without words, hard words, and what a translation lacks."""

from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import call_command

from concerted.packs.reading.embedded import check_pictures
from concerted.packs.reading.faults import Faults
from concerted.packs.tests.test_conferences import SHIPPED
from concerted.packs.tests.test_scenarios import SOUND
from concerted.text.rules import SectionText


def _checked(folder: Path, capsys: pytest.CaptureFixture[str], *files: tuple[str, str]) -> str:
    for name, content in files:
        (folder / name).write_text(content, encoding="utf-8")
    with suppress(SystemExit):
        call_command("scenario", "check", str(folder / files[-1][0]))
    return capsys.readouterr().out


def test_a_picture_needs_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = SOUND.replace("He stays.", "He stays. ![](/learn/file/a/door.png)")
    told = _checked(tmp_path, capsys, ("corridor.md", shown))
    assert "corridor.md:18: A picture has no words for those who do not see it. Write what it shows" in told
    named = SOUND.replace("He stays.", "He stays. ![A door](/learn/file/a/door.png)")
    assert "picture" not in _checked(tmp_path, capsys, ("corridor.md", named))


def test_a_picture_in_a_case_with_seats_needs_words_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = SHIPPED.read_text(encoding="utf-8").replace("The secretary reads", "![](/door.png) The secretary reads")
    assert "A picture has no words" in _checked(tmp_path, capsys, ("five-seats.md", case))


@pytest.mark.parametrize("address", ["door.png", "https://example.org/door.png", "//example.org/door.png"])
def test_a_picture_from_elsewhere_is_told(address: str) -> None:
    faults = Faults("a.md")
    check_pictures([SectionText("room", f"![A door]({address})", "passage")], {"room": 4}, faults)
    assert [(fault.line, fault.warning) for fault in faults.found] == [(4, True)]
    assert address in faults.found[0].message


def test_code_shows_no_picture() -> None:
    faults = Faults("a.md")
    check_pictures([SectionText("room", "`![](x.png)`", "passage")], {}, faults)
    assert not faults.found


def test_hard_words_are_told_and_let_it_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long = SOUND.replace("He stays.", "He stays " + "and waits " * 20 + ".")
    told = _checked(tmp_path, capsys, ("corridor.md", long))
    assert "A sentence has 42 of at most 25 words" in told
    call_command("scenario", "check", str(tmp_path / "corridor.md"))


def test_a_translation_is_held_against_the_source_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    french = SOUND.replace("## The hall {#hall}", "## La salle {#salle}")
    told = _checked(tmp_path, capsys, ("corridor.md", SOUND), ("corridor.fr.md", french))
    assert "corridor.fr.md:1: The section “hall” is not translated." in told
    assert "The source has no section “salle”." in told


def test_what_never_changes_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _checked(tmp_path, capsys, ("corridor.md", SOUND.replace("  told: flag\n", "  told: flag\n  other: flag\n")))
    assert "corridor.md:14: Nothing ever changes “other”." in told
