"""What goes over the wire, measured in a real browser against the demonstration as it is served to people.

The bounds are those of a poor line: 60 KB to begin with, 15 KB for each page after that, no more than six requests.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from concerted.packs.demo.accounts import PASSWORD

pytestmark = pytest.mark.browser
KB = 1024
FIRST, NEXT, SCRIPT, REQUESTS = 60 * KB, 15 * KB, 25 * KB, 6
ROOT = Path(__file__).parents[2]
#: Who opens what: the ways in each one's menu come on top.
OPENED = {
    "amal": ["desks:mine", "training:scenarios", "accounts:account", "ledger:about_me", "capacity:claim_own"],
    "yara": ["desks:mine", "training:catalogue"],
    "mona": ["capacity:claims", "directory:imports", "directory:entries"],
    "lina": ["directory:groups", "directory:waiting", "capacity:exemptions"],
    "nora": ["capacity:mandates", "capacity:mandate_new", "directory:audience_add", "directory:roles", "kit:parts"],
    "tamar": ["text:languages", "desks:mine"],
    "ada": ["directory:territories"],
    "olga": ["ledger:trail"],
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the demonstration, made and served by the commands that people use."""
    home = tmp_path_factory.mktemp("home")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"CONCERTED_HOME": str(home), "CONCERTED_DEMO": "1"}
    concerted = [sys.executable, "-m", "concerted"]
    subprocess.run([*concerted, "demo", "--no-serve"], env=env, cwd=ROOT, check=True, capture_output=True)
    server = subprocess.Popen([*concerted, "serve", "--port", str(port)], env=env, cwd=ROOT)
    address = f"http://localhost:{port}"
    for _try in range(200):
        with suppress(OSError):
            urllib.request.urlopen(f"{address}/account/login/").close()
            break
        time.sleep(0.1)
    yield address
    server.terminate()
    server.wait(20)


class Wire:
    """Counts what a page of the browser asks for and is sent, headers included."""

    def __init__(self, page: Any) -> None:
        self.asked: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        self.script = 0
        self._kinds: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.loadingFinished", self._end)

    def _ask(self, said: dict[str, Any]) -> None:
        if said["request"]["url"].startswith("data:"):
            return  # stands in a file that was counted
        self.asked[said["requestId"]] = said["request"]["url"]
        self._kinds[said["requestId"]] = said.get("type", "")

    def _end(self, said: dict[str, Any]) -> None:
        self.bytes[said["requestId"]] = int(said["encodedDataLength"])
        if self._kinds.get(said["requestId"]) == "Script":
            self.script += int(said["encodedDataLength"])

    def told(self) -> list[tuple[str, int]]:
        """What was asked for, and what came."""
        return [(url, self.bytes.get(one, 0)) for one, url in self.asked.items()]

    def anew(self) -> None:
        """Forget what was counted, but for the script: that adds up."""
        self.asked.clear()
        self.bytes.clear()


@pytest.mark.parametrize("who", sorted(OPENED))
def test_pages_fit_a_poor_line(browser: Any, served: str, who: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 800}, locale="en-GB")
    page = context.new_page()
    wire = Wire(page)
    page.goto(f"{served}/account/login/")
    page.wait_for_load_state("networkidle")
    assert sum(wire.bytes.values()) <= FIRST
    page.fill("input[name=login]", f"{who}@kestria.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state("networkidle")
    ways = page.locator("header nav a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert ways, "signed in"
    heavy = []
    for path in dict.fromkeys([*ways, *map(reverse, OPENED[who])]):
        wire.anew()
        answer = page.goto(served + path)
        page.wait_for_load_state("networkidle")
        assert answer is not None
        assert answer.status == 200, path
        assert all(url.startswith(served) for url in wire.asked.values()), wire.asked
        weight, asked = sum(wire.bytes.values()), len(wire.asked)
        if weight > NEXT or asked > REQUESTS:
            heavy.append((path, weight, asked, wire.told()))
    assert heavy == []
    assert wire.script <= SCRIPT
    context.close()
