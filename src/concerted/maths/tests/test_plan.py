"""The parts together: from counts of real councils to the seat-hours of a state, and what an initiative adds."""

import numpy as np
import pytest

from concerted.maths.demand import HOURS, Course, card, forecast, multiplied, reconcile, shared_out, weekly_loads
from concerted.maths.portfolio import Sites, Spread, cover, totals
from concerted.maths.tests.series import HERE, table
from concerted.maths.tests.sites import CAPACITY

DAY = 1 + 0.7 * np.sin(2 * np.pi * (np.arange(HOURS) % 24 - 13) / 24)
SPREAD = Spread(nation=0.1, authority=0.1)


@pytest.fixture(scope="module")
def contacts() -> np.ndarray:
    """Contacts of next year by council, as if each incident brought one; they add up with the state's forecast."""
    file = HERE / "au_vic_lga_family_incidents_annual.csv"
    counts = table(file, place="local_government_area", step="year_ending", count="family_incidents_count")
    councils, state = (forecast(held, ahead=1, cycle=1, per_year=1) for held in (counts, counts.sum(0)))
    moved = reconcile(
        councils.mean[:, 0],
        state.mean[0, 0],
        variance=councils.variance[:, 0],
        nation_variance=state.variance[0, 0],
    )
    return shared_out(round(float(moved.sum())), moved)


def seat_hours(contacts: np.ndarray, weeks: np.ndarray) -> np.ndarray:
    """Seat-hours by council and draw, of contacts that take three quarters of an hour."""
    count = len(contacts)
    loads = weekly_loads(contacts / 52, DAY / DAY.sum(), handle_hours=0.75)
    numbers = np.arange(count)
    sites = Sites(loads, np.broadcast_to(weeks, (count, 52)), numbers, numbers, np.ones(count, dtype=np.int64))
    return totals(sites, CAPACITY, SPREAD, draws=500, seed=79).seat_hours


def test_a_year_of_seventy_nine_councils(contacts: np.ndarray) -> None:
    file = HERE / "au_vic_lga_family_incidents_annual.csv"
    last = table(file, place="local_government_area", step="year_ending", count="family_incidents_count")[:, -1]
    assert contacts.sum() == pytest.approx(last.sum() * 1.05, rel=0.05)
    hours = seat_hours(contacts, np.ones(52))
    work = contacts.sum() * 0.75
    assert hours.mean(1).sum() > work, "nobody is busy all the time"
    quiet = contacts < 52
    assert (hours[quiet] < 8736 * 1.1).all(), "where there is little to do, the floor decides"
    assert hours.min() >= 8736


def test_an_initiative_brings_more_from_when_it_acts(contacts: np.ndarray) -> None:
    course = Course(start=26, ramp="linear", ramp_length=13)
    effect = card("short_number").effect
    middle_of_weeks = np.arange(52) + 0.5
    without, more = (
        seat_hours(contacts, multiplied(ratio, course.share(middle_of_weeks))) for ratio in (1.0, effect.ratio)
    )
    assert (more >= without).all(), "the same chance, so nobody needs less"
    demand = multiplied(effect.ratio, course.share(middle_of_weeks)).mean()
    assert 1.02 < more.sum() / without.sum() < demand, "where one person waits anyway, she takes in most of it"
    none_yet = seat_hours(contacts, multiplied(effect.ratio, Course(start=52).share(middle_of_weeks)))
    assert (none_yet == without).all()
    short = cover(more, np.quantile(without, 0.8, axis=1))
    assert short.first_short is not None
    assert short.added > 0
