"""Five browsers play the shipped case of five seats from its link to its look back."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from concerted.directory.tests.factories import make_person
from concerted.kit.tests.browsing import page_of
from concerted.packs.services import load_pack
from concerted.practice.models import Attempt, ConferenceTable
from concerted.practice.scenario.sitting import stand_in
from concerted.practice.services import table_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHIPPED = Path(__file__).parents[2] / "content" / "starter" / "scenarios" / "five-seats.md"
#: Seat -> language, width, and whether there is script.
SEATS = {
    "police": ("en", 1280, True),
    "health": ("en", 360, True),
    "social": ("ar", 360, True),
    "advocate": ("en", 1280, False),
    "programme": ("fr", 320, True),
}


@pytest.fixture
def case(tmp_path: Path) -> str:
    """The case, published out of a pack that holds nothing else; its page."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / SHIPPED.name).write_bytes(SHIPPED.read_bytes())
    head = "pack: small\ntitle: Small\nlanguage: en\nversion: 1\nlicence: CC0-1.0\nnotice: Review it.\n"
    (tmp_path / "pack.yaml").write_text(head)
    load_pack(tmp_path, by=None, at=timezone.now())
    return "/learn/tables/case/five-seats/"


def faults(page: Any, width: int) -> list[Any]:
    """What axe finds on a page with everything unfolded, and whether it is wider than the screen.

    Axe is a script: nobody can ask it where there is none.
    """
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([wide] if wide > width else [])]


def act(page: Any, table: ConferenceTable, seat: str) -> None:
    """Do in the form on the page what the protocol has this seat do."""
    now = table_at(table)
    move = stand_in(now.conference, now.sitting, seat)
    for fact, seats in move.tells.items():
        for one in seats:
            page.check(f"input[name=tell-{fact}][value={one}]")
    if move.decision:
        page.check(f"input[name=decision][value={move.decision}]")
    page.locator("form#ask button").click()


def test_five_browsers_play_the_shipped_case_to_its_look_back(browser: Any, live_server: Any, case: str) -> None:
    people = {seat: make_person(f"Guest {seat}") for seat in SEATS}
    pages: dict[str, Any] = {}
    for seat, (language, width, script) in SEATS.items():
        more = {} if script else {"java_script_enabled": False}
        pages[seat] = page_of(browser, live_server.url, people[seat], language, width, **more)
    first = pages["police"]
    first.goto(f"{live_server.url}/learn/scenarios/")
    first.locator(f"a[href='{case}']").click()
    assert faults(first, 1280) == []
    first.locator("main form button.btn").click()
    link = first.locator("main code").inner_text()
    assert faults(first, 1280) == []
    for seat, page in pages.items():
        page.goto(link)
        page.locator(f"button[name=seat][value={seat}]:not(.linklike)").click()
        assert page.locator("form#ask").count() == 1
    table = ConferenceTable.objects.get()
    looked_at = False
    while table_at(table).sitting.moment is not None:
        *others, last = SEATS
        for seat in others:
            act(pages[seat], table, seat)
            assert pages[seat].locator("#waiting").count() == 1
            # The server of a test has one connection for all its threads: whoever waits asks again only once all acted.
            pages[seat].context.set_offline(True)
        if not looked_at:
            looked_at = True
            for seat, page in pages.items():
                assert not SEATS[seat][2] or faults(page, SEATS[seat][1]) == [], seat
        act(pages[last], table, last)
        for seat in others:
            pages[seat].context.set_offline(False)
            if SEATS[seat][2]:
                pages[seat].wait_for_selector("#waiting", state="detached", timeout=10_000)
            else:
                pages[seat].reload()
    for seat, page in pages.items():
        page.wait_for_url(re.compile(f"/learn/tables/{table.key}/back/"), timeout=10_000)
        assert page.locator("h1").inner_text() == "Friday, half past four", seat
        assert page.locator("svg.chart").count() == 2
        if SEATS[seat][2]:
            assert faults(page, SEATS[seat][1]) == [], seat
        page.context.close()
    assert set(Attempt.objects.values_list("person", "passed")) == {(one.pk, True) for one in people.values()}
