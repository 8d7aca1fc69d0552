"""The guide says what comes out."""

import re
import shlex
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).parents[4]
GUIDE = (ROOT / "docs" / "planning-guide.md").read_text()
SAID = re.findall(r"```console\n\$ concerted plan (.*?)\n(.*?)\n```", GUIDE, re.S)


def test_the_guide_has_commands() -> None:
    assert len(SAID) >= 5


@pytest.mark.parametrize(("command", "expected"), SAID, ids=[command for command, _out in SAID])
def test_a_command_says_what_the_guide_says(command: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    out = StringIO()
    call_command("plan", *shlex.split(command), stdout=out)
    assert [line.rstrip() for line in out.getvalue().strip().splitlines()] == expected.splitlines()
