"""How the server comes up: on which port and address, who may read its folder; and what the command says of itself."""

import os
import socket
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from concerted.cli import main
from concerted.config.serve import options_of, port_for

pytestmark = pytest.mark.once


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_on_ones_own_machine_the_next_free_port_will_do(taken: int) -> None:
    assert port_for(taken, behind_proxy=False) > taken


def test_behind_a_proxy_it_is_the_named_port_or_none(taken: int) -> None:
    with pytest.raises(SystemExit, match=f"Port {taken} is not free. Stop what listens there"):
        port_for(taken, behind_proxy=True)


def test_a_free_port_is_taken_as_named() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    assert port_for(free, behind_proxy=True) == free


def test_only_this_machine_is_answered_unless_said_otherwise() -> None:
    assert options_of([]).bind == "127.0.0.1"
    assert options_of(["--bind", "10.0.0.7"]).bind == "10.0.0.7"


def test_an_address_and_every_address_are_not_asked_for_together(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        options_of(["--bind", "10.0.0.7", "--lan"])
    assert "not allowed with" in capsys.readouterr().err


def test_the_folder_of_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "var" / "response"
    env = os.environ | {"CONCERTED_HOME": str(home)}
    subprocess.run([sys.executable, "-c", "import concerted.config.settings"], env=env, umask=0o022, check=True)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_the_version_is_our_own(
    asked: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["concerted", asked])
    main()
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    assert capsys.readouterr().out == f"Concerted {project['version']}\n"


def test_the_list_of_commands_has_those_of_ours_that_django_does_not_know(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["concerted", "help"])
    main()
    assert capsys.readouterr().out.endswith("[concerted]\n    serve\n    version\n")


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("DATABASE_URL", "nonsense", "Write sqlite:///PATH or postgres://"),
        ("DATABASE_URL", "postgres://amal:river@here:port/name", "Write sqlite:///PATH or postgres://"),
        ("CONCERTED_HOME", __file__, "Name another one in CONCERTED_HOME."),
    ],
)
def test_a_setting_that_cannot_be_is_told_without_a_traceback(name: str, given: str, said: str, tmp_path: Path) -> None:
    env = os.environ | {"CONCERTED_HOME": str(tmp_path)} | {name: given}
    told = subprocess.run(
        [sys.executable, "-c", "import concerted.config.settings"], env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert "river" not in told.stderr
