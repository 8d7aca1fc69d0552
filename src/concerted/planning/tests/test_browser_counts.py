"""Counts and the outlook in a real browser: nothing axe finds, nothing too wide, and a month without script."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from concerted.directory.models import Territory
from concerted.directory.tests.factories import make_agency, make_sector, make_territory
from concerted.kit.tests.browsing import page_of
from concerted.maths.months import add_months
from concerted.planning import services
from concerted.planning.models import Count
from concerted.planning.queries.counts import last_whole_month
from concerted.planning.rules.counts import CountOf
from concerted.planning.tests.factories import local, national

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def counted() -> Territory:
    """An area that is named in a plan, over its line, with waits that rise."""
    coast, newest = make_territory("Coast", make_territory("Country")), last_whole_month(timezone.localdate())
    for back in range(14):
        told: dict[CountOf, int | None] = {
            CountOf("advocacy", "contacts"): 60 - back,
            CountOf("advocacy", "posts_filled"): 2,
            CountOf("advocacy", "open_cases"): 4,
            CountOf("police", "referred", "advocacy"): 20,
            CountOf("police", "wait_days", "advocacy"): 40 - back,
        }
        services.count_month(coast, add_months(newest, -back), told, by=None, at=timezone.now())
    return coast


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(browser: Any, live_server: Any, width: int, language: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    coast = counted()
    centre = make_agency("Centre", sector=make_sector("women"), territory=coast)
    nora, lina = national(), local(coast)
    plan = services.keep_plan("Ours", "helpline", {}, agency=None, by=nora, at=timezone.now())
    ways: dict[Any, list[tuple[str, list[Any]]]] = {
        lina: [
            ("counts", []),
            ("counts_place", [coast.pk]),
            ("count", [coast.pk, "2026-03", "advocacy"]),
            ("counts_bring", []),
            ("counts_agency", [centre.public]),
            ("count_agency", [centre.public, "2026-03", "shelter"]),
            ("from_here", []),
        ],
        nora: [("outlook", []), ("outlook_of", [coast.pk, "advocacy"]), ("actual", [plan.public])],
    }
    for person, asked in ways.items():
        page = page_of(browser, live_server.url, person, language, width)
        for name, args in asked:
            page.goto(live_server.url + reverse(f"planning:{name}", args=args))
            for closed in page.locator("main summary").all():
                closed.click()
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.context.close()


def test_she_counts_without_script(browser: Any, live_server: Any) -> None:
    area = make_territory("Area", make_territory("Country"))
    page = page_of(browser, live_server.url, local(area), "en", 360, java_script_enabled=False)
    page.goto(live_server.url + reverse("planning:counts"))
    page.get_by_role("link", name="Area").click()
    page.get_by_role("link", name="Shelter").click()
    page.get_by_label("People who turned to it").fill("12")
    page.get_by_role("button", name="Keep this month").click()
    assert page.get_by_text("The month is kept.").is_visible()
    assert Count.objects.get().value == 12
    page.context.close()
