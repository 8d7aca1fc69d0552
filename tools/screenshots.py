"""Take the pictures of the documentation from a fresh demonstration: docs/screenshots/*.png. Needs Chromium."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from run_tests import CHROMIUM, ROOT, free_port

sys.path.insert(0, str(ROOT / "src"))
PASSWORD = "concerted demonstration"  # noqa: S105  printed at every start of the demonstration
#: name of the picture -> who looks, in which language, how wide, at which page
PICTURES = {
    "capacity-1280": ("nora", "en", 1280, "/"),
    "agency-1280": ("mona", "en", 1280, "/"),
    "practitioner-360": ("amal", "en", 360, "/"),
    "practitioner-ar-360": ("yara", "ar", 360, "/"),
    "unit-360": ("amal", "en", 360, "/learn/risk-and-safety/"),
}


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration on a free port, gone afterwards."""
    concerted = str(Path(sys.executable).parent / "concerted")
    with tempfile.TemporaryDirectory(prefix="concerted-pictures-") as home:
        env = os.environ | {"CONCERTED_HOME": home, "CONCERTED_DEMO": "1"}
        subprocess.run([concerted, "demo", "--no-serve"], env=env, check=True, stdout=subprocess.DEVNULL)
        port = free_port()
        server = subprocess.Popen([concerted, "serve", "--no-worker", "--port", str(port)], env=env)
        try:
            for _try in range(100):
                try:
                    urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=2)
                    break
                except OSError:
                    time.sleep(0.2)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(20)


def signed_in(browser: Any, base: str, login: str, language: str, width: int) -> Any:
    """A page of somebody who signed in, in a window of that width."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    page = context.new_page()
    page.goto(f"{base}/account/login/")
    page.fill("input[name=login]", f"{login}@kestria.example")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(base + "/")
    return page


def take() -> None:
    """Every picture of the list."""
    from playwright.sync_api import sync_playwright

    folder = ROOT / "docs" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (login, language, width, path) in PICTURES.items():
            page = signed_in(browser, base, login, language, width)
            page.goto(base + path)
            page.screenshot(
                path=folder / f"{name}.png",
                clip={"x": 0, "y": 0, "width": width, "height": 800 if width > 800 else 1400},
                full_page=True,
            )
            print(name)
            page.context.close()


if __name__ == "__main__":
    if not CHROMIUM or not shutil.which(CHROMIUM):
        raise SystemExit("Chromium is missing: apt-get install -y chromium")
    take()
