"""Audiences, posts and places in a real browser: nothing axe finds, at any size and in either direction."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from concerted.directory import services
from concerted.directory.tests.factories import make_group
from concerted.directory.tests.test_audiences import World
from concerted.kit.tests.browsing import page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    world, facts = World(), {"by": None, "at": timezone.now()}
    kept = world.kept_by("Dora")
    services.set_establishment(
        world.clinic, kept_profession(world), Decimal("2.5"), source="Order", as_of=date(2024, 1, 1), **facts
    )
    services.set_populations(world.area, 2024, {"women": 5, "persons": 10}, "Census", **facts)
    group = make_group("Night duty", world.area, world.people["Bela"], world.people["Dora"])
    page = page_of(browser, live_server.url, world.people["Dora"], language, width)
    person = world.people["Amal"].public
    for path in (
        "audiences/",
        "audiences/new/",
        f"audiences/{kept.audience_id}/?person={person}",
        f"audiences/{kept.audience_id}/change/",
        f"agency/{world.clinic.public}/",
        f"agency/{world.clinic.public}/posts/",
        f"agency/{world.clinic.public}/close/",
        "groups/",
        "groups/new/",
        f"groups/{group.public}/?who=Amal",
        f"groups/{group.public}/add/{person}/",
        f"groups/{group.public}/close/",
        f"territories/{world.area.pk}/",
        f"territories/{world.area.pk}/population/",
    ):
        page.goto(f"{live_server.url}/people/{path}")
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()


def kept_profession(world: World) -> Any:
    return world.people["Amal"].positions.get().profession


def test_ticking_counts_at_once(browser: Any, live_server: Any) -> None:
    world, said = World(), []
    page = page_of(browser, live_server.url, world.people["Nora"], "en", 1280)
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{live_server.url}/people/audiences/new/")
    page.locator("summary", has_text="Profession").first.click()
    page.check("input[name=profession][value=nurse]")
    page.wait_for_selector("#count .lead")
    assert "Reaches 3 people today" in page.inner_text("#count")
    assert page.evaluate("document.activeElement.name") == "profession"
    page.fill("input[name=name]", "Nurses")
    page.click("button[value=save]")
    page.wait_for_url("**/people/audiences/*/")
    assert page.inner_text("h1") == "Nurses"
    assert said == []
    page.context.close()
