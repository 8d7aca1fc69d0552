"""The set-up that docs/operating.md describes, played: its settings, its nginx headers, a browser's Origin."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from concerted.kit import forwarded, middleware

GUIDE = (Path(__file__).parent.parent / "docs" / "operating.md").read_text()
#: Runs as the server does, without the settings a test run adds; prints what a form and a page were answered.
PLAY = """
import json, os, django
django.setup()
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
asked = json.loads(os.environ["ASKED"])
client = Client(enforce_csrf_checks=True)
page = client.get("/account/login/", REMOTE_ADDR="127.0.0.1", headers=asked["headers"])
token = client.cookies["__Host-csrf"].value if "__Host-csrf" in client.cookies else ""
form = {"login": "her@example.org", "password": "river stone lamp", "csrfmiddlewaretoken": token}
for origin in asked["origins"]:
    sent = client.post("/account/login/", form, REMOTE_ADDR="127.0.0.1", headers=asked["headers"] | {"origin": origin})
    print(json.dumps([page.status_code, page.headers.get("Strict-Transport-Security"), sent.status_code]))
"""


def documented() -> tuple[dict[str, str], dict[str, str]]:
    """The settings and the headers of the guide, as nginx would fill them in."""
    settings = dict(re.findall(r"^export (\w+)=(\S+)", GUIDE, re.M))
    filled = {"$host": "learn.example.org", "$scheme": "https", "$remote_addr": "203.0.113.7"}
    headers = {name: filled[value] for name, value in re.findall(r"proxy_set_header (\S+) (\S+);", GUIDE)}
    return settings, headers


def test_forms_are_taken_in_the_set_up_of_the_guide(tmp_path: Path) -> None:
    settings, headers = documented()
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "ALLOWED_HOSTS")}
    asked = {"headers": headers, "origins": ["https://learn.example.org", "https://other.example.org"]}
    env |= settings | {
        "CONCERTED_HOME": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "static"),
        "DJANGO_SETTINGS_MODULE": "concerted.config.settings",
        "ASKED": json.dumps(asked),
    }
    # Without the built files their names are not known, and every page would fail.
    built = "from django.core.management import call_command; call_command('collectstatic', verbosity=0)\n"
    play = PLAY.replace("asked =", built + "asked =", 1)
    run = subprocess.run([sys.executable, "-c", play], env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    ours, other = [json.loads(line) for line in run.stdout.splitlines()]
    assert ours == [200, "max-age=2592000", 200], "the form is read and answered, not refused as forged"
    assert other[2] == 403


def seen(settings: Any, named: str, near: str, **headers: str) -> tuple[str | None, str]:
    settings.CONCERTED_PROXIES = forwarded.trusted(named)
    kept: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse()

    forwarded.ForwardedMiddleware(view)(RequestFactory().get("/", REMOTE_ADDR=near, headers=headers))
    return get_client_ip(kept[0]), kept[0].scheme or ""


@pytest.mark.parametrize(
    ("named", "near", "chain", "address", "scheme"),
    [
        ("1", "127.0.0.1", "203.0.113.7", "203.0.113.7", "https"),
        ("1", "127.0.0.1", "198.51.100.9, 203.0.113.7", "203.0.113.7", "https"),  # the left one she wrote herself
        ("1", "127.0.0.1", "rubbish", "127.0.0.1", "https"),
        ("1", "203.0.113.99", "203.0.113.7", "203.0.113.99", "http"),  # not the proxy: a forger
        ("", "127.0.0.1", "203.0.113.7", "127.0.0.1", "http"),
        ("10.0.1.0/24, 10.0.0.5", "10.0.0.5", "2001:db8::7, 10.0.1.3", "2001:db8::7", "https"),
        ("10.0.0.5", "127.0.0.1", "203.0.113.7", "127.0.0.1", "http"),
    ],
)
def test_only_a_named_proxy_is_believed(
    settings: Any, named: str, near: str, chain: str, address: str, scheme: str
) -> None:
    headers = {"x-forwarded-for": chain, "x-forwarded-proto": "https"}
    assert seen(settings, named, near, **headers) == (address, scheme)


def test_a_slip_in_the_setting_stops_the_start() -> None:
    with pytest.raises(ValueError, match="nginx"):
        forwarded.trusted("nginx")


def test_https_is_asked_for_ever_only_over_https(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    answer = middleware.SafetyHeadersMiddleware(lambda request: HttpResponse())
    assert answer(RequestFactory().get("/", secure=True))["Strict-Transport-Security"] == "max-age=60"
    assert "Strict-Transport-Security" not in answer(RequestFactory().get("/"))
