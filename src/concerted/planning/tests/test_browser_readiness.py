"""Readiness in a real browser: nothing axe finds, nothing wider than the screen, and a rating without script."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concerted.directory.models import Person, Territory
from concerted.directory.tests.factories import make_territory
from concerted.kit.tests.browsing import page_of
from concerted.planning import services
from concerted.planning.models import Rating
from concerted.planning.tests.factories import delegate, local, moderate, national, publish_readiness, rate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def rated() -> tuple[Territory, Person, Person]:
    """An authority rated by both levels, and who rated it."""
    publish_readiness()
    north = make_territory("North", make_territory("Country"))
    lina, nora = local(north), national()
    rate(north, lina)
    moderate(north, nora, supervision=1)
    return north, lina, nora


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    north, lina, nora = rated()
    kept = delegate({north: 80_000}, nora)
    statement = services.write_statement(kept.shares.get(), override="It cannot wait", by=nora, at=timezone.now())
    begun = services.begin_self_rating(north, by=lina, at=timezone.now())
    shown: dict[Person, tuple[tuple[str, list[Any]], ...]] = {
        lina: (("index", []), ("rating", [begun.public]), ("item", [begun.public, "supervision"])),
        nora: (
            ("place", [north.pk]),
            ("delegations", []),
            ("delegation_new", []),
            ("delegation", [kept.public]),
            ("statement_write", [kept.public, north.pk]),
            ("statement", [statement.public]),
        ),
    }
    for person, ways in shown.items():
        page = page_of(browser, live_server.url, person, language, width)
        for name, args in ways:
            page.goto(live_server.url + reverse(f"readiness:{name}", args=args))
            for closed in page.locator("main summary").all():
                closed.click()
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.context.close()


def test_she_rates_without_script(browser: Any, live_server: Any) -> None:
    publish_readiness()
    north = make_territory("North", make_territory("Country"))
    page = page_of(browser, live_server.url, local(north), "en", 360, java_script_enabled=False)
    page.goto(live_server.url + reverse("readiness:place", args=[north.pk]))
    page.get_by_role("button", name="Begin a self-rating").click()
    page.get_by_role("link", name="Legal-power").click()
    for _item in range(3):
        page.get_by_label("at 2").check()
        page.get_by_label("What shows it").fill("Minutes of May")
        page.get_by_role("button", name="Keep and go on").click()
    page.get_by_role("link", name="Back to all items").click()
    page.get_by_role("button", name="Hand in the rating").click()
    assert page.get_by_text("The rating is handed in").is_visible()
    assert Rating.objects.get().handed_in_at is not None
