"""What a plan comes to, against loops written out by hand; and what must hold whatever the plan."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from concerted.maths.demand import forecast
from concerted.maths.figures import OutOfRange
from concerted.maths.queueing import agents_needed
from concerted.planning.rules.plan import Change, Plan, read_plan_file
from concerted.planning.rules.projection import MONEY, NATIONAL, TOTAL, Measure, Projection, project
from concerted.planning.rules.projection.roster import EVENING

EXAMPLES = Path(__file__).parents[4] / "examples"
FILES = sorted(EXAMPLES.glob("*.yaml"))
WEEKS = 52 / 12


def plan_of(name: str = "helpline", **changes: Any) -> Plan:
    told = [Change(place.replace("__", "."), value) for place, value in changes.items()]
    return read_plan_file(EXAMPLES / f"{name}.yaml", told)


@pytest.fixture(scope="module")
def helpline() -> Projection:
    return project(plan_of())


def by_hand(plan: Plan, women: float) -> list[dict[str, float]]:
    """Contacts and open cases of one territory, month by month, in small steps of a thousandth of a month.

    Knows nothing of matrices: every answered call leaves its share at the advocates a week later.
    """
    steps = 200
    length = {"advocacy": 12 / WEEKS, "legal_aid": 40 / WEEKS}
    late_calls, late_cases = round(1 / WEEKS * steps), round(3 / WEEKS * steps)
    own = 0.6 * women / 10_000
    open_cases = {"advocacy": own * length["advocacy"], "legal_aid": own * 0.3 * length["legal_aid"]}
    calls_then, cases_then = [0.0] * late_calls, [own / steps] * late_cases
    season = plan.services["helpline"].season
    assert season is not None
    told = []
    for month in range(plan.months):
        share = 1 - math.exp(-(month + 0.5 - 3) / 3) if month >= 3 else 0.0
        calls = 3.0 * women / 10_000 * season[month % 12] / np.mean(season) * 1.45**share if month >= 3 else 0.0
        arrived = {"helpline": calls, "advocacy": 0.0, "legal_aid": 0.0}
        for _step in range(steps):
            calls_then.append(calls / steps)
            cases = own / steps + calls_then.pop(0) * 0.9 * 0.12
            cases_then.append(cases)
            to_law = cases_then.pop(0) * 0.3
            arrived["advocacy"] += cases
            arrived["legal_aid"] += to_law
            for key, come in (("advocacy", cases), ("legal_aid", to_law)):
                open_cases[key] += come - (open_cases[key] + come / 2) / length[key] / steps
        told.append(arrived | {f"open {key}": value for key, value in open_cases.items()})
    return told


@pytest.mark.parametrize("territory", ["north", "hills"])
def test_demand_travels_as_it_does_by_hand(helpline: Projection, territory: str) -> None:
    women = helpline.plan.territories[territory].women
    assert women is not None
    told = by_hand(helpline.plan, women)
    for service in ("helpline", "advocacy", "legal_aid"):
        planned = helpline.series(Measure.CONTACTS, territory, service)[1]
        hand = np.array([month[service] for month in told])
        # Within its first months the engine spreads what arrives evenly.
        assert planned.cumsum()[4:] == pytest.approx(hand.cumsum()[4:], rel=0.01)
        assert planned[5:] == pytest.approx(hand[5:], rel=0.01, abs=0.02)
    for service in ("advocacy", "legal_aid"):
        planned = helpline.series(Measure.OPEN_CASES, territory, service)[1]
        assert planned == pytest.approx([month[f"open {service}"] for month in told], rel=0.02)


def test_posts_of_the_line_are_those_of_a_loop_over_its_hours(helpline: Projection) -> None:
    month = 20
    a_week = helpline.series(Measure.CONTACTS, TOTAL, "helpline")[1][month] / WEEKS
    shape = EVENING / EVENING.sum()
    seats = 0
    for shift in range(21):
        most = 0
        for hour in range(8 * shift, 8 * shift + 8):
            needed = agents_needed(
                a_week * shape[hour] / 60, 25, patience=6, service_level=0.8, threshold=1, at_least=2
            )
            most = max(most, int(needed))
        seats += 8 * most
    hours = 37.5 * WEEKS * 0.75 - 3 - 4
    cover = helpline.estimate(Measure.COVER_POSTS, NATIONAL, month, "helpline").mid
    planned = helpline.estimate(Measure.POSTS, NATIONAL, month, "helpline").mid
    assert planned - cover == pytest.approx(seats * WEEKS / hours, abs=0.011)


def test_posts_of_advocates_are_the_larger_of_hours_and_ceiling(helpline: Projection) -> None:
    cases = helpline.estimate(Measure.OPEN_CASES, "coast", -1, "advocacy").mid
    hours = 37.5 * WEEKS * 0.75 - 2 - 2
    wanted = max(cases / 12 * WEEKS * 20 / hours, cases / 25)
    assert helpline.estimate(Measure.POSTS, "coast", -1, "advocacy").mid == pytest.approx(wanted, abs=0.01)


def test_money_is_what_a_bill_would_say(helpline: Projection) -> None:
    month = 1
    posts = helpline.estimate(Measure.POSTS, NATIONAL, month, "helpline").mid
    training = helpline.estimate(Measure.TRAINING_HOURS, NATIONAL, month, "helpline").mid
    care = sum(
        helpline.estimate(Measure.SUPERVISION_HOURS, NATIONAL, month, key).mid for key in ("helpline", "shelter")
    )
    bill = posts * 41_000 / 12 + training * 28 + care * 70 + 6_500
    assert helpline.estimate(Measure.RECURRENT, NATIONAL, month).mid == pytest.approx(bill, rel=1e-4)
    assert [helpline.estimate(Measure.ONE_OFF, TOTAL, number).mid for number in (0, 1, 2)] == [0, 85_000, 0]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_territories_add_up_to_the_last_hundredth(file: Path) -> None:
    told = project(read_plan_file(file))
    for measure in Measure:
        assert (told.told[measure].planned.sum(axis=0) == told.total[measure].planned[0]).all(), measure
        assert (told.told[measure].low <= told.told[measure].high).all()


def test_nine_in_ten_of_the_sum_is_beside_the_sum_of_nine_in_ten() -> None:
    told = project(plan_of("referral-protocol-victoria"))
    together = told.estimate(Measure.POSTS, TOTAL, -1, "advocacy").high
    assert told.estimate(Measure.POSTS, TOTAL, -1, "advocacy").mid < together
    assert together < told.sum_of_highs(Measure.POSTS, "advocacy", -1)


def test_another_seed_is_another_chance(helpline: Projection) -> None:
    assert project(plan_of(seed=28)).fingerprint != helpline.fingerprint


def test_a_territory_keeps_its_numbers_when_others_change(helpline: Projection) -> None:
    other = project(plan_of(territories__hills__people=900_000, territories__hills__women=450_000))
    for measure in (Measure.CONTACTS, Measure.OPEN_CASES):
        for service in helpline.plan.services:
            before, after = (one.series(measure, "north", service) for one in (helpline, other))
            assert (before == after).all()
    assert (
        helpline.series(Measure.CONTACTS, "hills", "helpline") != other.series(Measure.CONTACTS, "hills", "helpline")
    ).any()


def test_draws_are_around_the_plan_and_vanish_without_chance(helpline: Projection) -> None:
    low, mid, high = helpline.series(Measure.CONTACTS, TOTAL, "helpline")[:, -1]
    assert low < mid < high
    fixed = {f"uncertainty__{name}": 0 for name in ("nation", "territory", "service")}
    sure = project(plan_of(**fixed, months=6))
    assert (
        sure.series(Measure.CONTACTS, TOTAL, "advocacy")[0] <= sure.series(Measure.CONTACTS, TOTAL, "advocacy")[2]
    ).all()
    quiet = sure.series(Measure.CONTACTS, TOTAL, "advocacy")[:, 0]
    assert quiet.min() == quiet.max(), "before the initiative nothing is left to chance"


def test_nothing_happens_before_it_begins(helpline: Projection) -> None:
    for measure in (Measure.EXTRA_CONTACTS, Measure.EXTRA_CASES):
        for service in helpline.plan.services:
            assert not helpline.series(measure, TOTAL, service)[:, :3].any()
    assert not helpline.series(Measure.CONTACTS, TOTAL, "helpline")[:, :3].any()
    assert not (helpline.series(Measure.POSTS, NATIONAL, "helpline")[1, :1]).any()


def test_where_nobody_calls_the_floor_is_the_answer() -> None:
    told = project(plan_of(services__helpline__contacts__per_10000=0, months=12))
    week = told.line("helpline", NATIONAL)
    assert set(week.needed.tolist()) == {2}
    assert week.lost_a_month.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("referrals__helpline__advocacy__share", 1e6),
        ("services__helpline__contacts__per_10000", 1e7),
        ("services__advocacy__cases__ceiling", 0.001),
        ("costs__advocates__amount", 1e15),
        ("costs__room__amount", 1e15),
        ("services__shelter__contacts__per_10000", 1000),
    ],
)
def test_a_slip_of_the_finger_is_refused_before_it_fills_the_memory(place: str, value: float) -> None:
    with pytest.raises(OutOfRange, match="Correct the value"):
        project(plan_of(**{place: value}))


def test_more_contacts_never_take_fewer_posts(helpline: Projection) -> None:
    busier = project(plan_of(services__helpline__contacts__per_10000=4.5))
    for service in helpline.plan.services:
        less, more = (one.series(Measure.POSTS, TOTAL, service)[1] for one in (helpline, busier))
        assert (more >= less).all()


def test_a_plan_that_nobody_reaches_by_herself_needs_nothing() -> None:
    nobody = {f"services__{service}__contacts": None for service in ("helpline", "advocacy", "shelter")}
    told = project(plan_of(**nobody, months=6))
    assert all(service.contacts is None for service in told.plan.services.values())
    assert not told.total[Measure.CONTACTS].high.any()


def test_care_is_paid_for_in_posts(helpline: Projection) -> None:
    more = project(plan_of(services__helpline__care__supervision_hours=6))
    assert (
        more.estimate(Measure.POSTS, NATIONAL, -1, "helpline").mid
        > helpline.estimate(Measure.POSTS, NATIONAL, -1, "helpline").mid
    )


def test_training_is_given_in_slack_hours_first(helpline: Projection) -> None:
    hours, slack, cover = (
        helpline.series(measure, NATIONAL, "helpline")[1]
        for measure in (Measure.TRAINING_HOURS, Measure.SLACK_HOURS, Measure.COVER_POSTS)
    )
    assert hours[1:4].sum() == pytest.approx(26 * 60 * (1 + 0.25 / 4), rel=1e-4)
    assert not hours[0]
    left = np.maximum(hours - slack, 0) / (37.5 * WEEKS * 0.75 - 7)
    assert cover == pytest.approx(left, abs=0.01)
    assert (cover[6:] == 0).all(), "refreshers fit where more are there than calls need"


def test_women_who_do_not_get_through_are_fewer_with_the_posts_asked_for(helpline: Projection) -> None:
    week = helpline.line("helpline", NATIONAL)
    assert week.lost.sum() > 3 * week.lost_as_planned.sum() > 0
    assert (week.there <= week.needed).all()
    assert (week.rostered >= week.needed).all()
    assert week.lost_a_month[0] < week.lost_a_month[1] < week.lost_a_month[2]
    assert 18 <= week.worst_hour % 24 <= 23 or week.worst_hour % 24 < 4


def test_posts_short_are_counted_where_people_are_hired(helpline: Projection) -> None:
    assert helpline.filled("coast", "advocacy") == 38
    assert helpline.filled(TOTAL, "advocacy") == 69
    assert helpline.filled(NATIONAL, "advocacy") == 0
    gap = helpline.gap("coast", "advocacy")
    assert helpline.to_hire("coast", "advocacy") == math.ceil(gap)
    first = helpline.first_short("coast", "advocacy")
    assert first is not None
    posts = helpline.series(Measure.POSTS, "coast", "advocacy")[1]
    assert posts[first] > 38 >= posts[:first].max(initial=0)


def test_funds_that_end_are_told() -> None:
    told = project(plan_of(funding__ministry__ends="2027-06", funding__regions__ends="2027-06"))
    assert told.unfunded_from is not None
    assert told.months[told.unfunded_from] >= "2027-07"
    assert told.cover.chance[-1] < 0.1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_figure_opens_to_its_reason(file: Path) -> None:
    told = project(read_plan_file(file, [Change("draws", 20)]))
    for measure in Measure:
        for service in [None] if measure in MONEY else told.plan.services:
            for unit in (told.units[0], TOTAL):
                reason = told.estimate(measure, unit, -1, service).reason
                assert reason.formula
                assert reason.sources or measure in MONEY or not told.series(measure, TOTAL, service).any()


def test_past_months_tell_the_months_to_come() -> None:
    months = [f"{2025 + number // 12}-{number % 12 + 1:02}" for number in range(24)]
    counts: list[float | None] = [400.0 + 10 * (number % 5) for number in range(24)]
    counts[14] = None
    history = {"history": dict(zip(months, counts, strict=True)), "source": "Counted"}
    told = project(plan_of(services__advocacy__contacts=history))
    planned = told.series(Measure.CONTACTS, TOTAL, "advocacy")[1]
    known = [np.nan if count is None else count for count in counts]
    assert planned[0] == pytest.approx(forecast(known, ahead=1, cycle=12, per_year=12).mean[0, 0], rel=1e-3)
    assert 400 < planned[0] < 440
    shares = [told.series(Measure.CONTACTS, key, "advocacy")[1, 0] / planned[0] for key in told.plan.territories]
    people = [place.people for place in told.plan.territories.values()]
    assert shares == pytest.approx([one / sum(people) for one in people], rel=1e-3)
