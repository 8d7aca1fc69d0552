import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from concerted.packs.tests.bad_packs import U
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
