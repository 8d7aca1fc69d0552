import json
from io import StringIO

import pytest
from django.core.management import call_command

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
