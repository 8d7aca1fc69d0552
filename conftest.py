"""Guards every test runs under: no network but loopback, undefined template variables fail; tests of one database."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

_connect = socket.socket.connect
# No test says how many seconds something takes: `make bench` measures.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--with-database", action="store_true", help="only tests that ask a database: the others know no difference"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--with-database"):
        without = [item for item in items if not _asks_a_database(item)]
        config.hook.pytest_deselected(items=without)
        items[:] = [item for item in items if item not in set(without)]


def _asks_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db"))


def _loopback_only(self: socket.socket, address: Any) -> Any:
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise RuntimeError(f"A test tried to reach {address[0]}")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)


class _Undefined(str):
    """Fails when a template prints a variable that is not there; Django would print nothing and hide the mistake."""

    def __contains__(self, search: object) -> bool:
        return search == "%s"

    def __mod__(self, variable: object) -> str:
        name = getattr(variable, "var", variable)
        raise AssertionError(f"Undefined template variable: {name}")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Tests use the same ids again for other rows; a page in another language leaves that language behind."""
    from django.utils import translation

    from concerted.kit.memory import forget_everything

    forget_everything()
    translation.deactivate()


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail(django_db_setup: None) -> None:
    from django.template import engines

    engines["django"].engine.string_if_invalid = _Undefined("%s")


@pytest.fixture(autouse=True)
def _second_step_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever a test signs in has taken the second step; `client.without_second_step(person)` leaves it out."""
    from django.test import Client

    sign_in = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        sign_in(self, user, backend)
        session = self.session
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session["seen_at"] = int(time.time())
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)
    monkeypatch.setattr(Client, "without_second_step", sign_in, raising=False)


@pytest.fixture(autouse=True)
def _a_click_ends_with_the_page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A click that opens a page is over when the page is there: Playwright goes on as soon as it begins to come."""
    if request.node.get_closest_marker("browser") is None:
        return
    from playwright.sync_api import Locator, Page

    for kind in (Locator, Page):
        for name in ("click", "press"):
            monkeypatch.setattr(kind, name, _then_wait(getattr(kind, name)))


def _then_wait(act: Callable[..., None]) -> Callable[..., None]:
    def acted(self: Any, *given: Any, **options: Any) -> None:
        act(self, *given, **options)
        getattr(self, "page", self).wait_for_load_state()

    return acted


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium, one a module."""
    from playwright.sync_api import sync_playwright

    # Playwright's own loop runs in this thread while Django prepares the database.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
