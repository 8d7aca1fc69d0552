"""Two hundred learners send at once, and one sends five hundred times: no answer is lost, none counts twice."""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
SCENE = str(Path(__file__).parent / "learners.py")
TOKEN = "t" * 32
AT_ONCE, TIMES = 40, {"short": 100, "long": 500}[os.environ.get("ATTACK", "short")]
ASK = "/learn/tests/final/ask/"
RIGHT: dict[str, list[tuple[str, str]]] = {
    "single": [("answer", "a")],
    "multiple": [("answer", "a"), ("answer", "b")],
    "ordering": [("place-a", "1"), ("place-b", "2")],
    "matching": [("place-a", "a"), ("place-b", "b")],
}
pytestmark = pytest.mark.attack


def run(environment: dict[str, str], act: str) -> Any:
    done = subprocess.run([sys.executable, SCENE, act], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[int]:
    """Two server processes with four threads each: the port they listen on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"]
    command += ["--port", str(port), "--log-level", "error", "concerted.config.wsgi:application"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        for _try in range(100):
            time.sleep(0.2)
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        process.terminate()
        process.wait(30)


def send(port: int, session: str, form: list[tuple[str, str]]) -> int:
    """Send a form to the test's page; what the server answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Host": f"localhost:{port}",
    }
    connection.request("POST", ASK, urlencode([*form, ("csrfmiddlewaretoken", TOKEN)]), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_everybody_at_once(environment: dict[str, str]) -> None:
    environment |= {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "concerted.config.settings"}
    learners = run(environment, "build")
    # Every answer comes twice with the same key, as from a phone on a poor line.
    forms = [
        (learner["session"], [("n", str(n)), ("key", str(uuid.uuid4())), *RIGHT[kind]])
        for learner in learners
        for n, kind in enumerate(learner["kinds"], start=1)
    ]
    twice = forms * 2
    random.Random(5).shuffle(twice)
    over = [("do", "hand-in")]
    with served(environment) as port, ThreadPoolExecutor(AT_ONCE) as pool:
        answered = list(pool.map(lambda one: send(port, *one), twice))
        assert set(answered) == {302}, "every form is answered, none with an error"
        many = list(pool.map(lambda _n: send(port, learners[0]["session"], over), range(TIMES)))
        assert set(many) == {302}
        handed_in = list(pool.map(lambda learner: send(port, learner["session"], over), learners))
        assert set(handed_in) == {302}
    found = run(environment, "check")
    assert found == {
        "steps": 2 * len(learners),
        "doubled": 0,
        "attempts": len(learners),
        "scores": [100] * len(learners),
        "handed in": len(learners),
    }
