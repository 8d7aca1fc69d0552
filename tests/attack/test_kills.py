"""A worker is killed again and again in the middle of what it does: nothing is lost, nothing is done twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from email import message_from_bytes
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = {"short": 6, "long": 60}[os.environ.get("ATTACK", "short")]
sys.path.insert(0, str(ROOT))
pytestmark = pytest.mark.attack


def run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def sent(folder: Path) -> list[str]:
    """The Message-ID of every letter that was handed over, as often as it was."""
    found = []
    for file in (folder / "mail").glob("*.log"):
        for part in file.read_bytes().split(b"-" * 79):
            message_id = message_from_bytes(part.lstrip())["Message-ID"]
            if message_id:
                found.append(str(message_id))
    return found


def worker(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "concerted", "worker"], env=environment, cwd=ROOT)


def test_a_killed_worker_loses_and_doubles_nothing(environment: dict[str, str]) -> None:
    scene = str(Path(__file__).parent / "scene.py")
    run(environment, sys.executable, scene, "build")
    chance = random.Random(7)
    for _kill in range(KILLS):
        process = worker(environment)
        time.sleep(chance.uniform(0.8, 3.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
    process = worker(environment)
    try:
        for _try in range(90):
            time.sleep(2)
            found = json.loads(run(environment, sys.executable, scene, "check"))
            if not found["waiting"]:
                break
    finally:
        process.terminate()
        process.wait(60)
    assert found["waiting"] == []
    assert found["failed"] == []
    assert found["listed"] == 4000
    assert found["positions"] == 10_000
    assert found["bound"] == 3 * found["positions"]
    assert found["same"] is True
    handed_over = sent(Path(environment["CONCERTED_HOME"]))
    assert sorted(set(handed_over)) == found["letters"]
    # An e-mail goes out again only when its worker died between hand-over and mark: at most one a kill.
    assert len(handed_over) - len(set(handed_over)) <= KILLS
