"""Initiatives on a line of months: as the engine reckons with them, and moved by a link that keeps all else."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from concerted.planning import services
from concerted.planning.queries.timeline import timeline
from concerted.planning.rules.plan import Plan
from concerted.planning.rules.projection import Fullness, placed
from concerted.planning.rules.projection.demand import course_of
from concerted.planning.tests.factories import national
from concerted.planning.tests.test_plan_file import HELPLINE
from concerted.planning.tests.test_plan_pages import PATH, World, shown, signed_in
from concerted.planning.tests.test_projection import plan_of

DUTY, START = "initiatives.duty", "initiatives.duty.start"


def duty(start: str = "2027-07", **changes: Any) -> Plan:
    return plan_of("delegation", **{"initiatives.duty.start": start} | changes)


def row_of(plan: Plan) -> Any:
    line = timeline(plan)
    assert line is not None
    (row,) = line.rows
    return row


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"ramp.shape": "step"},
        {"ramp.shape": "approach", "ramp.months": 3},
        {"ramp.months": 2.5},
        {"support_ends": "2027-10", "half_life_months": 4},
        {"start": "2026-02"},
        {"start": "2028-12"},
    ],
)
def test_what_is_drawn_is_what_the_engine_reckons_with(changes: dict[str, Any]) -> None:
    plan = plan_of("delegation", **{f"{DUTY}.{place}": value for place, value in changes.items()})
    (one,) = placed(plan)
    times, shares = zip(*one.course, strict=True)
    middles = np.arange(plan.months) + 0.5
    drawn = np.interp(middles, times, shares, left=0.0)
    told = course_of(plan, plan.initiatives["duty"])
    # Between the ends of a month a curve is drawn straight.
    assert np.abs(drawn - told).max() < 0.03
    assert list(times) == sorted(times)
    assert times[-1] == plan.months
    assert one.most == pytest.approx(told.max())


def test_what_begins_after_the_plan_is_not_drawn_and_can_come_earlier() -> None:
    (one,) = placed(duty("2029-03"))
    assert (one.course, one.fullness, one.earlier, one.later) == ((), Fullness.LATER, "2029-02", None)
    assert timeline(duty("2029-03")) is not None


@pytest.mark.parametrize(
    ("changes", "full", "after"),
    [
        ({}, "January 2028", "It stays."),
        ({"ramp.shape": "step"}, "July 2027", "It stays."),
        ({"ramp.shape": "approach", "ramp.months": 3}, "February 2028 (nine tenths of it)", "It stays."),
        ({"ramp.months": 36}, "after the plan: 49 in 100 of it by its end", "It stays."),
        (
            {"support_ends": "2027-09"},
            "never in this plan: 50 in 100 of it at most",
            "Support ends with September 2027; what is there stays.",
        ),
        (
            {"support_ends": "2028-03", "half_life_months": 2.5},
            "January 2028",
            "Support ends with March 2028. Months until half of it is lost: 2.5.",
        ),
    ],
)
def test_the_table_says_when_the_effect_is_there(changes: dict[str, Any], full: str, after: str) -> None:
    row = row_of(plan_of("delegation", **{f"{DUTY}.{place}": value for place, value in changes.items()}))
    assert (row.begins, row.full, row.after) == ("July 2027", full, after)


def test_where_it_acts_and_on_what() -> None:
    assert row_of(duty()).acts == "Helpline, everywhere"
    assert "Lake" in row_of(duty(**{f"{DUTY}.territories": ["lake"]})).acts
    assert row_of(plan_of("mandate")).acts == "Referrals to: Advocacy, everywhere"
    many = list(plan_of("referral-protocol-victoria").territories)[:5]
    plan = plan_of("referral-protocol-victoria", **{"initiatives.protocol.territories": many})
    assert row_of(plan).acts.endswith("in 5 territories")


def test_a_promise_that_ends_within_the_plan_is_marked() -> None:
    line = timeline(plan_of("helpline"))
    assert line is not None
    assert [(one.month, one.names) for one in line.promises] == [("December 2027", ("Start-up grant",))]
    assert "<circle" in line.chart.drawings[0].shapes
    for ends in ("2028-12", "2029-06", "2026-12"):
        line = timeline(plan_of("helpline", **{"funding.start_up.ends": ends}))
        assert line is not None
        assert line.promises == (), ends


def test_a_plan_without_initiatives_has_no_timeline() -> None:
    plan = plan_of("helpline").model_copy(update={"initiatives": {}})
    assert timeline(plan) is None


@pytest.mark.parametrize(
    ("start", "earlier", "later"),
    [
        ("2027-01", None, "2027-02"),
        ("2027-07", "2027-06", "2027-08"),
        ("2028-12", "2028-11", None),
        ("2026-05", None, "2026-06"),
    ],
)
def test_it_is_moved_within_the_plan(start: str, earlier: str | None, later: str | None) -> None:
    (one,) = placed(duty(start))
    assert (one.earlier, one.later) == (earlier, later)


def test_it_does_not_begin_after_its_support_ends() -> None:
    (one,) = placed(duty(**{f"{DUTY}.support_ends": "2027-07"}))
    assert (one.earlier, one.later) == ("2027-06", None)


@pytest.fixture
def client() -> Client:
    return signed_in(national())


def link(html: str, way: str, key: str = "duty") -> str | None:
    found = re.search(rf'<a class="act" id="{way}-{key}" href="([^"]+)"', html)
    return unescape(found[1]) if found else None


def values(address: str) -> dict[str, str]:
    return {place: value for place, (value,) in parse_qs(urlsplit(address).query).items()}


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "month"), [("en", "July 2027"), ("ar", "يوليو ٢٠٢٧")])
def test_it_stands_before_the_posts_in_the_words_of_the_reader(client: Client, language: str, month: str) -> None:
    client.cookies["django_language"] = language
    html = shown(client, PATH)
    figure = re.search(r'<figure class="fig" id="timeline">.*?</figure>', html, re.S)
    assert figure
    assert figure[0].count("<svg") == 2
    assert month in figure[0]
    assert re.search(r'<span lang="en"[^>]*>The duty goes to local authorities</span>', html)
    assert re.search(r'<text [^>]*lang="en"[^>]*>\u2068?The duty goes', figure[0])
    assert html.index('id="timeline"') < html.index('id="later-duty"') < html.index(shown_posts(language))


def shown_posts(language: str) -> str:
    return {"en": "Posts by service", "ar": "الوظائف حسب الخدمة"}[language]


@pytest.mark.django_db
def test_a_link_moves_it_and_keeps_every_other_value(client: Client) -> None:
    said = {"services.helpline.queue.minutes": "30.0", START: "2027-09"}
    html = shown(client, PATH, **said)
    for way, month in (("earlier", "2027-08"), ("later", "2027-10")):
        address = link(html, way)
        assert address is not None
        assert values(address) == said | {START: month}
        assert urlsplit(address).fragment == "timeline"
        moved = shown(client, urlsplit(address).path, **values(address))
        assert f'value="{month}"' in moved
        assert 'value="30.0"' in moved
    compared = link(shown(client, PATH, compare="1"), "later")
    assert compared is not None
    assert values(compared) == {START: "2027-08", "compare": "1"}


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "way", "other"), [("2027-01", "earlier", "later"), ("2028-12", "later", "earlier")])
def test_nothing_leads_beyond_the_plan(client: Client, start: str, way: str, other: str) -> None:
    html = shown(client, PATH, **{START: start})
    assert link(html, way) is None
    assert f'<span class="act quiet" id="{way}-duty" tabindex="-1">' in html
    assert link(html, other)


@pytest.mark.django_db
def test_a_month_moved_by_script_brings_its_field_along(client: Client) -> None:
    said = {START: "2027-09"}
    by_link = client.get(PATH, said, headers={"HX-Request": "true", "HX-Trigger": "later-duty"}).content.decode()
    by_form = client.get(PATH, said, headers={"HX-Request": "true", "HX-Trigger": "assumed"}).content.decode()
    (field,) = re.findall(r"<input[^>]*hx-swap-oob[^>]*>", by_link)
    assert 'value="2027-09"' in field
    assert f'id="id_{START}"' in field
    assert "hx-swap-oob" not in by_form
    assert "hx-swap-oob" not in shown(client, PATH, **said)
    assert by_link.replace(field, "").strip() == by_form.strip()


@pytest.mark.django_db
def test_one_territory_has_no_timeline(client: Client) -> None:
    assert "timeline" not in shown(client, PATH, **{"in": "lake"})


@pytest.mark.django_db
def test_the_value_of_the_file_holds_over_the_one_a_plan_was_kept_with() -> None:
    """Moved back to where the file has it: left out of the address, the kept month would return."""
    world, place = World(), "initiatives.number.start"
    facts: dict[str, Any] = {"agency": world.clinic, "by": world.mona, "at": timezone.now()}
    kept = services.keep_plan("Ours", "own", {place: "2027-05"}, file=HELPLINE, **facts)
    client = signed_in(world.mona)
    address = link(shown(client, f"/plans/kept/{kept.public}/"), "earlier", "number")
    assert address is not None
    assert values(address) == {place: "2027-04"}
    html = shown(client, urlsplit(address).path, **values(address))
    assert f'href="{urlsplit(address).path}keep/?{place}=2027-04"' in html
    again = link(html, "later", "number")
    assert again is not None
    assert values(again) == {place: "2027-05"}
