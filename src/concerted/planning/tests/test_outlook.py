"""What is to come by what was counted: the range, the line and who is told once, waits, and a plan beside what came."""

from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from concerted.directory.models import Territory
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_territory
from concerted.maths.months import add_months
from concerted.planning import services
from concerted.planning.models import KeptPlan, LineCrossing
from concerted.planning.queries.counts import last_whole_month
from concerted.planning.queries.lines import carried_by_posts
from concerted.planning.queries.outlook import outlook_of, service_outlook
from concerted.planning.rules import outlook
from concerted.planning.rules import waits as waits_rule
from concerted.planning.rules.counts import CountOf
from concerted.planning.rules.outlook import Ahead, Crossing, Line
from concerted.planning.rules.waits import Trend
from concerted.planning.tests.factories import local, national
from concerted.post.models import Notice

FIRST = date(2024, 1, 1)
CASES, POSTS = CountOf("advocacy", "contacts"), CountOf("advocacy", "posts_filled")
SENT, WAITED = CountOf("police", "referred", "advocacy"), CountOf("police", "wait_days", "advocacy")


def ten_a_month(number: int = 30) -> list[float | None]:
    return [10.0 + (n * 7) % 5 for n in range(number)]


def test_a_year_is_needed_to_look_ahead() -> None:
    assert outlook.months_ahead(ten_a_month(11), FIRST) == ()
    ahead = outlook.months_ahead(ten_a_month(12), FIRST)
    assert [one.month for one in ahead] == [date(2025, month, 1) for month in range(1, 7)]
    assert all(one.low <= one.mid <= one.high for one in ahead)


@given(
    some.lists(some.lists(some.none() | some.integers(0, 60).map(float), min_size=1, max_size=30), max_size=4),
    some.integers(0, 12),
)
@settings(max_examples=25, deadline=None)
def test_many_histories_are_told_as_each_alone(drawn: list[list[float | None]], more: int) -> None:
    many = [ten_a_month(12 + more), *drawn, ten_a_month(12 + more), ten_a_month()]
    firsts = [add_months(FIRST, n) for n in range(len(many))]
    alone = tuple(outlook.months_ahead(one, first) for one, first in zip(many, firsts, strict=True))
    assert outlook.all_months_ahead(many, firsts) == alone


def test_months_without_data_are_not_zero() -> None:
    gaps: list[float | None] = [None if n % 3 == 0 else one for n, one in enumerate(ten_a_month(36))]
    assert outlook.months_ahead(gaps, FIRST)[0].mid > 8


def test_what_comes_in_changes_what_is_to_come() -> None:
    calm = outlook.months_ahead(ten_a_month(), FIRST)
    rushed = outlook.months_ahead([*ten_a_month(), 60.0, 65.0], FIRST)
    assert rushed[0].mid > calm[0].mid + 5


def test_looking_back_counts_months_in_the_range() -> None:
    assert outlook.held([*ten_a_month(24), 400.0], FIRST).within < outlook.held([*ten_a_month(25)], FIRST).within
    assert outlook.held(ten_a_month(12), FIRST).of == 0


@pytest.mark.parametrize(
    ("newest", "mids", "highs", "state", "month"),
    [
        (41, [1, 1], [2, 2], Crossing.OVER, None),
        (40, [39, 41], [50, 50], Crossing.LIKELY, 2),
        (40, [30, 31], [39, 45], Crossing.MAY, 2),
        (40, [30, 30], [39, 40], Crossing.UNDER, None),
        (None, [99], [99], Crossing.UNKNOWN, None),
    ],
)
def test_the_line(newest: Any, mids: list[int], highs: list[int], state: Crossing, month: int | None) -> None:
    ahead = [Ahead(date(2027, n, 1), 0, *ends) for n, ends in enumerate(zip(mids, highs, strict=True), start=1)]
    wanted = date(2027, month, 1) if month else None
    assert outlook.crossing(newest, ahead, Line(4, 10, "the plan")) == (state, wanted)


def test_without_a_line_nothing_is_said() -> None:
    assert outlook.crossing(1000, (), None) == (Crossing.UNKNOWN, None)


def test_the_test_of_waits_is_exact() -> None:
    """Against every order there is."""
    for number in range(2, 7):
        rises = [
            sum((b > a) - (b < a) for n, a in enumerate(order) for b in order[n + 1 :])
            for order in permutations(range(number))
        ]
        for wanted in range(-number, number * number):
            share = sum(one >= wanted for one in rises) / len(rises)
            assert waits_rule._as_often_by_chance(number, wanted) == pytest.approx(share)


@given(some.lists(some.integers(0, 90), min_size=6, max_size=6))
def test_falling_waits_never_rise(waits: list[int]) -> None:
    assert waits_rule.wait_of(sorted(waits, reverse=True)).trend == Trend.STEADY
    shifted = waits_rule.wait_of([one + 30 for one in waits])
    assert shifted.trend == waits_rule.wait_of(waits).trend


def test_too_few_months_say_nothing_of_waits() -> None:
    assert waits_rule.wait_of([1, None, None, 9, 20, 30]).trend == Trend.TOO_FEW
    assert waits_rule.wait_of([]).trend == Trend.TOO_FEW


# --- with counts


@pytest.fixture
def area(db: None) -> Territory:
    return make_territory("Area", make_territory("Region"))


def count(place: Territory, month: date, told: dict[CountOf, int | None], at: datetime | None = None) -> None:
    services.count_month(place, month, told, by=None, at=at or timezone.now())


def newest() -> date:
    return last_whole_month(timezone.localdate())


def history(place: Territory, months: int = 18, *, last: int = 12, wait: int = 0) -> None:
    """Twelve contacts a month with two posts filled; `last` in the newest one, and waits that grow by `wait`."""
    for back in reversed(range(months)):
        told: dict[CountOf, int | None] = {CASES: last if not back else 12, POSTS: 2, SENT: 14}
        count(place, add_months(newest(), -back), told | {WAITED: 10 + wait * (months - back)})


def test_a_standard_stands_in_until_a_plan_is_kept(db: None) -> None:
    each, source = carried_by_posts()["advocacy"]
    assert each == 8.3
    assert "SafeLives" in source
    plan = services.keep_plan("Ours", "helpline", {}, agency=None, by=national(), at=timezone.now())
    carried = carried_by_posts()
    assert carried["advocacy"][1] == "The plan “Ours”"
    assert carried["advocacy"][0] == plan.told["carries"]["advocacy"] > 0
    assert "helpline" in carried


def test_who_coordinates_is_told_once_when_the_line_is_crossed(area: Territory) -> None:
    lina, far = local(area.parent), local(make_territory("Far"), "Mira")  # type: ignore[arg-type]
    history(area, 13)
    assert not LineCrossing.objects.exists()
    march = add_months(newest(), 1)
    for n in range(3):
        month = add_months(newest(), -2 + n)
        services.count_month(area, month, {CASES: 40 + n}, why="Corrected", by=None, at=timezone.now())
    crossing = LineCrossing.objects.get()
    assert (crossing.territory, crossing.service, crossing.ended) == (area, "advocacy", None)
    notice = Notice.objects.get()
    assert notice.person == lina
    assert notice.link == reverse("planning:outlook_of", args=[area.pk, "advocacy"])
    assert not Notice.objects.filter(person=far).exists()
    count(area, march, {CASES: 9, POSTS: 2}, at=datetime(march.year, march.month, 20, 12, tzinfo=UTC))
    crossing.refresh_from_db()
    assert crossing.ended == march
    services.count_month(
        area,
        march,
        {CASES: 90},
        why="A list came late",
        by=None,
        at=datetime(march.year, march.month, 21, 12, tzinfo=UTC),
    )
    assert LineCrossing.objects.count() == 2
    assert Notice.objects.count() == 2


def test_history_that_is_brought_later_tells_nobody(area: Territory) -> None:
    count(area, newest(), {CASES: 10, POSTS: 2})
    count(area, add_months(newest(), -1), {CASES: 90, POSTS: 2})
    assert not LineCrossing.objects.exists()
    assert not Notice.objects.exists()


def test_without_a_local_coordinator_the_nation_is_told(area: Territory) -> None:
    nora = national()
    count(area, newest(), {CASES: 40, POSTS: 2})
    assert Notice.objects.get().person == nora


def test_the_database_keeps_one_crossing_open(area: Territory) -> None:
    facts: dict[str, Any] = {"territory": area, "service": "advocacy", "month": newest(), "at": timezone.now()}
    LineCrossing.objects.create(**facts)
    with pytest.raises(IntegrityError, match=r"crossing_one_open|UNIQUE"), transaction.atomic():
        LineCrossing.objects.create(**facts)


def test_worst_first_with_waits_and_what_misses(area: Territory) -> None:
    calm, behind = make_territory("Calm", area.parent), make_territory("Behind", area.parent)
    history(area, last=40, wait=2)
    history(calm)
    count(behind, add_months(newest(), -1), {CASES: 12})
    found = outlook_of(newest())
    assert found.services[0].territory.name == "Area"
    assert found.services[0].state == Crossing.OVER
    assert [(way.territory.name, way.of) for way in found.rising] == [("Area", WAITED)]
    assert [place.name for place in found.missing] == ["Behind"]


def test_others_look_ahead_from_what_is_shown(area: Territory) -> None:
    for back in range(18):
        count(area, add_months(newest(), -back), {CASES: 3, POSTS: 1})
    own = service_outlook(area, "advocacy", newest(), exact=True)
    shown = service_outlook(area, "advocacy", newest(), exact=False)
    assert own is not None
    assert shown is not None
    assert (own.newest, shown.newest) == (3, 5)
    assert shown.held is not None
    assert shown.held.of == 6
    assert service_outlook(area, "shelter", newest(), exact=True) is None


# --- pages


def _client(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_pages_and_strangers(area: Territory) -> None:
    history(area, last=40, wait=2)
    clinic = make_agency("Clinic", territory=area)
    amal, bela = (make_position(make_person(name), clinic).person for name in ("Amal", "Bela"))
    chiara = make_position(make_person("Chiara")).person
    lina, nora = local(area), national()
    index, one = reverse("planning:outlook"), reverse("planning:outlook_of", args=[area.pk, "advocacy"])
    for person, status in ((amal, 404), (bela, 404), (chiara, 404), (lina, 200), (nora, 200)):
        assert _client(person).get(index).status_code == status, person
        assert _client(person).get(one).status_code == status, person
    page = _client(nora).get(index).content.decode()
    assert "Over what it carries" in page
    assert "Police to Advocacy" in page
    page = _client(lina).get(one).content.decode()
    assert "Filled posts: 2. Each carries 8.3 a month, together 16.6." in page
    assert "fell inside the range" in page
    assert _client(nora).get(reverse("planning:outlook_of", args=[area.pk, "shelter"])).status_code == 404
    assert _client(nora).get(reverse("planning:outlook_of", args=[area.pk, "hospital"])).status_code == 404


def test_a_plan_beside_what_came(db: None) -> None:
    nora = national()
    plan = services.keep_plan("Ours", "helpline", {}, agency=None, by=nora, at=timezone.now())
    path = reverse("planning:actual", args=[plan.public])
    client = _client(nora)
    assert "No territory of this plan is known here" in client.get(path).content.decode()
    coast = make_territory("Coast")
    month = date(2027, 6, 1)
    count(coast, month, {CASES: 9000}, at=datetime(2027, 7, 2, tzinfo=UTC))
    page = client.get(path + "?of=advocacy").content.decode()
    assert "More than planned" in page
    assert "9,000 came, the plan said" in page
    assert "2 territories of the plan are not known here" in page
    assert client.get(path).status_code == 200
    # What is counted below a territory of the plan is counted for it, too; what was not counted leads nowhere.
    count(make_territory("Port", coast), month, {CASES: 400}, at=datetime(2027, 7, 2, tzinfo=UTC))
    assert "9,400 came, the plan said" in client.get(path + "?of=advocacy").content.decode()
    assert "What is to come" not in client.get(path + "?of=shelter").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(area: Territory, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        history(make_territory(f"More {number}", area), 13)
        KeptPlan.objects.create(
            title=f"{number}", base="helpline", seed=1, engine=1, by=national(f"N{number}"), at=timezone.now()
        )
    history(area, 13)
    client = _client(national())
    for path, number in (
        (reverse("planning:outlook"), 6),
        (reverse("planning:outlook_of", args=[area.pk, "advocacy"]), 8),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200
