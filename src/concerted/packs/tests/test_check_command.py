import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from concerted.packs.tests.bad_packs import SOUND, M, P, U
from concerted.packs.tests.good_packs import PARAGRAPH, Write, good, saying

LONG = saying(f"She {'is ' * 24}here.")


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("pack", "check", *arguments, stdout=out)
    return out.getvalue()


def test_warnings_stand_under_their_file(write: Write) -> None:
    lines = told(str(write({U: LONG}))).split("\n")
    assert lines[0] == U
    assert lines[1].startswith(f"  {PARAGRAPH}: A sentence has 26 of at most 25 words: “She is")
    assert lines[2] == "test-pack: 1 modules, 1 units, 2 questions; sound, 1 warnings."


def test_json_carries_them_with_their_rule(write: Write) -> None:
    plain = json.loads(told(str(write({U: LONG})), "--format", "json"))
    assert plain["faults"] == []
    assert [(one["path"], one["line"], one["rule"], one["warning"]) for one in plain["warnings"]] == [
        (U, PARAGRAPH, "sentence", True)
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "said"),
    [
        (M, "prerequisites: []", "prerequisite: [other]", 6, "“prerequisite” is not understood here."),
        (M, "sectors: []", "sectors: [helth]", 5, "“helth” is not understood here."),
        (P, "licence:", "author: somebody\nlicence:", 5, "“author” is not understood here."),
        (U, "minutes: 10", "minutes: 10\nminuts: 5", 5, "“minuts” is not understood here."),
    ],
)
def test_a_mistyped_word_is_not_passed_over(write: Write, path: str, old: str, new: str, line: int, said: str) -> None:
    plain = json.loads(told(str(write({path: SOUND[path].replace(old, new)})), "--format", "json"))
    assert (path, line, said) in [(one["path"], one["line"], one["message"]) for one in plain["warnings"]]


@pytest.fixture
def shelf(write: Write) -> list[str]:
    """What a shell makes of `content/*`: a pack, a paper and a folder of figures."""
    folder = write({U: LONG})
    (folder / "REVIEWS.md").write_text("# Readings")
    (folder / "data").mkdir()
    return [str(folder / "REVIEWS.md"), str(folder / "data"), str(folder)]


def test_several_paths_are_checked_and_what_is_no_pack_is_named(shelf: list[str]) -> None:
    paper, data, folder = shelf
    lines = told(*shelf).split("\n")
    assert lines[:4] == [f"{paper}: no pack, left out.", f"{data}: no pack, left out.", f"{folder}:", U]
    plain = json.loads(told(*shelf, "--format", "json"))
    assert plain["no_packs"] == [paper, data]
    assert [(one["path"], one["pack"], len(one["warnings"])) for one in plain["packs"]] == [(folder, "test-pack", 1)]
    with pytest.raises(SystemExit):
        told(*shelf, "--strict")


def test_a_pack_that_lost_its_first_file_is_not_passed_over(shelf: list[str], write: Write) -> None:
    (write({}) / "pack.yaml").unlink()
    with pytest.raises(SystemExit):
        told(*shelf)
    with pytest.raises(CommandError, match="None of these is a pack"):
        told(*shelf[:2])


def test_only_check_takes_several(shelf: list[str]) -> None:
    for act in ("load", "stamp"):
        with pytest.raises(CommandError, match="is one too many"):
            call_command("pack", act, shelf[2], shelf[1])


def test_strict_counts_warnings_in_the_exit_code(write: Write) -> None:
    folder = str(write({U: LONG}))
    told(folder)
    with pytest.raises(SystemExit):
        told(folder, "--strict")
    told(str(write({U: good("First unit", "A first unit")})), "--strict")


def test_copies_count_in_the_strict_exit_code_alone(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    shelf = tmp_path_factory.mktemp("shelf")
    (shelf / "guide.txt").write_text("Count the oars each night before you lock it up.")
    folder = str(write({U: saying("They count the oars each night before you lock it.")}))
    assert "“count the oars each night before you lock it” stands in guide.txt:1." in told(
        folder, "--against", str(shelf)
    )
    with pytest.raises(SystemExit):
        told(folder, "--strict", "--against", str(shelf))
    (shelf / "guide.txt").write_text("Something else is written in this guide, and nobody has taken it over.")
    told(str(write({U: good("First unit", "A first unit")})), "--strict", "--against", str(shelf))


def test_a_folder_without_a_file_is_refused(write: Write, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder, empty = str(write({})), tmp_path_factory.mktemp("empty")
    for place in (empty, empty / "nowhere"):
        with pytest.raises(CommandError, match="is no folder that holds a file"):
            told(folder, "--against", str(place))
    with pytest.raises(CommandError, match="goes with check"):
        call_command("pack", "load", folder, "--against", str(empty))
