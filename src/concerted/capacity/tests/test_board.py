from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.capacity import queries, services
from concerted.capacity.models import Episode, Recount
from concerted.capacity.queries.board import AHEAD
from concerted.capacity.rules import STATES, Count
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory.models import Agency, Position
from concerted.directory.tests.factories import make_agency, make_person, make_position

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
days = st.integers(-900, 0)


def _slowly(agency: Agency, on: date) -> tuple[dict[int, Count], int, int, int]:
    """What a board must say, by looking at every episode: counts, people and requirements overdue, those to come."""
    held = [e for e in Episode.objects.select_related("position") if e.agency_id == agency.pk]
    today = [e for e in held if e.starts <= on < e.stops]
    counts = {
        mandate: Count(*(sum(e.mandate_id == mandate and e.state == state for e in today) for state in STATES))
        for mandate in {e.mandate_id for e in today}
    }
    overdue = [e for e in today if e.state == "overdue"]
    coming = sum(e.state == "overdue" and on < e.starts <= on + AHEAD for e in held)
    return counts, len({e.position.person_id for e in overdue}), len(overdue), coming


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(st.tuples(st.lists(days, max_size=2), st.none() | st.integers(1, 300)), min_size=1, max_size=4),
    looked=st.integers(-200, 400),
    grace=st.sampled_from([0, 30, 200]),
    twice=st.booleans(),
)
def test_a_board_says_what_looking_at_every_episode_says(
    people: list[tuple[list[int], int | None]], looked: int, grace: int, twice: bool
) -> None:
    for kind in (Position, Agency):
        kind.objects.all().delete()
    credential, agency, other = make_credential(), make_agency("Ours"), make_agency("Another")
    for done, ends in people:
        person = make_person()
        until = TODAY + timedelta(days=ends) if ends else None
        for place in (agency, *([agency] if twice else []), other):
            make_position(person=person, agency=place, until=until)
        for day in done:
            achieve(person, credential, TODAY + timedelta(days=day))
    make_mandate(credential=credential, grace_days=grace)
    make_mandate(cycle="once", months=0, first_due_months=30)
    on = TODAY + timedelta(days=looked)
    counts, whole, overdue, coming = _slowly(agency, on)
    board = queries.agency_board(agency, on)
    assert {mandate.id: count for mandate, count in board.mandates} == counts
    assert (board.people_overdue, board.overdue_total, len(board.overdue)) == (whole, overdue, min(overdue, 25))
    assert sum(len(week.lines) for week in board.coming) == coming


def test_counting_everything_anew_ends_the_recounts_that_were_open() -> None:
    make_position()
    mandate = make_mandate()
    recount = Recount.objects.create(mandate=mandate, asked_at=timezone.now(), total=7)
    services.rebuild(at=timezone.now())
    assert not queries.open_recounts()
    recount.refresh_from_db()
    assert recount.done == 7
    assert services.advance_recount(recount.pk, at=timezone.now()) is False


def test_a_board_says_that_numbers_are_on_the_move() -> None:
    position = make_position()
    mandate = make_mandate()
    assert not queries.agency_board(position.agency, TODAY).moving
    Recount.objects.create(mandate=mandate, asked_at=timezone.now(), total=7)
    assert queries.agency_board(position.agency, TODAY).moving
