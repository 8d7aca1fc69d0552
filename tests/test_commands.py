"""Commands given wrongly, or before there is a response: what they say is for an operator, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as an operator calls it, with a home of its own."""
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    known |= {"CONCERTED_HOME": str(home), "PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-m", "concerted", *words]
    return subprocess.run(command, capture_output=True, text=True, env=known, timeout=60, check=False)


@pytest.mark.parametrize("words", [("standing", "--by", "agency"), ("jobs",)])
def test_a_command_before_there_is_a_response_says_how_to_begin_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = run(tmp_path, *words)
    assert said.returncode == 1
    assert said.stderr.startswith("The database here holds no response yet")
    assert "concerted init" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    said = run(tmp_path, "standing", DATABASE_URL=f"sqlite:///{tmp_path}/nowhere/at/all.sqlite3")
    assert said.returncode == 1
    assert said.stderr.startswith("The database cannot be reached: unable to open database file\n")
    assert "DATABASE_URL" in said.stderr


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--port", "99999"), "“99999” is no number from 1 to 65535."),
        (("--port", "0"), "“0” is no number from 1 to 65535."),
        (("--port", "http"), "“http” is no number from 1 to 65535."),
        (("--threads", "0"), "“0” is no number from 1 to 512."),
        (("--threads", "-1"), "“-1” is no number from 1 to 512."),
    ],
)
def test_serve_refuses_numbers_that_make_no_sense(tmp_path: Path, words: tuple[str, str], refusal: str) -> None:
    said = run(tmp_path, "serve", *words)
    assert said.returncode == 2
    assert refusal in said.stderr
    assert "Traceback" not in said.stderr
    assert not any(tmp_path.iterdir())


def test_a_reader_who_stops_early_is_no_fault(tmp_path: Path) -> None:
    command = f"set -o pipefail; {sys.executable} -m concerted help --commands | true"
    known = dict(os.environ) | {"CONCERTED_HOME": str(tmp_path)}
    said = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=known, timeout=60, check=False)
    assert said.stderr == ""
