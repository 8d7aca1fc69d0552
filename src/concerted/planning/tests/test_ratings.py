"""An authority rates itself, a second level beside it; what the system knows fills itself."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from concerted.capacity.services import record_fact
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory.models import Establishment, Territory
from concerted.directory.tests.factories import make_agency, make_person, make_position, make_territory
from concerted.kit.access import Reach
from concerted.planning import services
from concerted.planning.models import Rating, RatingAnswer
from concerted.planning.queries.known import known_of
from concerted.planning.queries.readiness import as_rated, places_rated, ratings_of, readiness_of
from concerted.planning.rules.readiness import Mark, State, Why
from concerted.planning.tests.factories import fill, local, moderate, national, publish_readiness, rate
from concerted.practice.rules.instruments import Item
from concerted.practice.services import instrument_shape

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def place() -> Territory:
    publish_readiness()
    return make_territory("North", make_territory("Country"))


def item_of(rating: Rating, key: str) -> Item:
    found = instrument_shape(rating.instrument_id).item(key)
    assert found is not None
    return found


def staffed(place: Territory, posts: str, *shares: str) -> None:
    """An agency with so many posts, held in these shares."""
    agency = make_agency(territory=make_territory(parent=place))
    held = [make_position(agency=agency, share=Decimal(share)) for share in shares]
    profession = held[0].profession
    for one in held[1:]:
        one.profession = profession
        one.save()
    Establishment.objects.create(
        agency=agency,
        profession=profession,
        territory=agency.territory,
        as_of=date(2026, 1, 1),
        posts=posts,
        source="x",
    )


def test_nothing_is_known_where_nothing_is_recorded(place: Territory) -> None:
    assert {key: known.share for key, known in known_of(place, TODAY).items()} == {
        "posts": None,
        "trained": None,
        "money": None,
    }


def test_posts_are_counted_below_it_and_none_makes_up_for_another(place: Territory) -> None:
    staffed(place, "2", "1", "1", "1")
    staffed(place, "2", "0.5")
    known = known_of(place, TODAY)["posts"]
    assert known.share == 62.5
    assert known.as_of == NEW_YEAR
    assert "2.5" in known.source
    assert "4" in known.source


def test_the_trained_share_is_that_of_the_capacity_picture(place: Territory) -> None:
    agency, credential = make_agency(territory=place), make_credential("core")
    held = [make_position(agency=agency) for _ in range(3)]
    achieve(held[0].person, credential, TODAY - timedelta(days=10))
    make_mandate("core", credential=credential)
    known = known_of(place, TODAY)["trained"]
    assert known.share == 33.3
    assert known.as_of == TODAY


def test_of_several_duties_the_least_covered_counts(place: Territory) -> None:
    for code, share in (("board", "91.0"), ("shelter", "42.5")):
        record_fact(
            place,
            "plan_funded",
            about=code,
            value=share,
            source=code,
            holds_from=TODAY,
            by=None,
            at=timezone.now(),
        )
    assert known_of(place, TODAY)["money"].share == 42.5


def test_begun_twice_it_is_one_rating(place: Territory) -> None:
    lina = local(place)
    one, other = (services.begin_self_rating(place, by=lina, at=timezone.now()) for _ in range(2))
    assert one.pk == other.pk


def test_it_is_handed_in_once_every_item_has_an_answer_and_stays(place: Territory) -> None:
    lina = local(place)
    rating = services.begin_self_rating(place, by=lina, at=timezone.now())
    with pytest.raises(services.RatingRefused):
        services.hand_in_rating(rating.pk, by=lina, at=timezone.now())
    assert services.unanswered(rating) == ["legal-power", "supervision", "escalation"]
    fill(rating, lina)
    with pytest.raises(services.RatingRefused):
        services.answer_item(rating.pk, item_of(rating, "supervision"), services.Told(1), by=lina)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rating.objects.filter(pk=rating.pk).update(kind="moderated")
    with pytest.raises(DatabaseError), transaction.atomic():
        RatingAnswer.objects.filter(rating=rating).update(level=3)


def test_what_fills_itself_can_be_commented_and_not_overwritten(place: Territory) -> None:
    staffed(place, "1", "1")
    lina = local(place)
    rating = services.begin_self_rating(place, by=lina, at=timezone.now())
    services.answer_item(rating.pk, item_of(rating, "staffed-posts"), services.Told(0, "Two leave in June"), by=lina)
    fill(rating, lina)
    answer = rating.answers.get(item="staffed-posts")
    assert (answer.level, answer.share, answer.evidence) == (3, Decimal("100.0"), "Two leave in June")
    assert answer.source


@pytest.mark.parametrize("level", [None, -1, 4, 99])
def test_a_level_that_is_not_there_is_refused(place: Territory, level: int | None) -> None:
    lina = local(place)
    rating = services.begin_self_rating(place, by=lina, at=timezone.now())
    with pytest.raises(services.RatingRefused):
        services.answer_item(rating.pk, item_of(rating, "supervision"), services.Told(level), by=lina)


def test_only_the_moderated_rating_counts_and_by_what_is_known_today(place: Territory) -> None:
    rate(place, level=3)
    assert readiness_of(list(ratings_of([place.pk])), known_of(place, TODAY), TODAY).state is State.NOT_ASSESSED
    moderate(place, level=2, supervision=1, escalation=0)
    found = readiness_of(list(ratings_of([place.pk])), known_of(place, TODAY), TODAY)
    assert found.state is State.GAPS
    assert {line.key for line in found.of(Mark.GAP)} == {"escalation", "staffed-posts", "trained-share", "money"}
    assert {line.key for line in found.of(Mark.CONDITION)} == {"supervision"}
    staffed(place, "1", "1")
    later = readiness_of(list(ratings_of([place.pk])), known_of(place, TODAY), TODAY)
    assert "staffed-posts" not in {line.key for line in later.of(Mark.GAP)}
    assert "staffed-posts" in {line.key for line in as_rated(ratings_of([place.pk])[0]).of(Mark.GAP)}


def test_a_rating_ages(place: Territory) -> None:
    rate(place)
    moderate(place)
    later = TODAY + timedelta(days=366)
    assert readiness_of(list(ratings_of([place.pk])), known_of(place, later), later).old


def test_a_level_without_anything_that_shows_it_counts_as_none(place: Territory) -> None:
    lina = local(place)
    rating = services.begin_self_rating(place, by=lina, at=timezone.now())
    fill(rating, lina)
    other = services.begin_self_rating(place, by=lina, at=timezone.now())
    for item in instrument_shape(other.instrument_id).items:
        if not item.fills:
            services.answer_item(other.pk, item, services.Told(3), by=lina)
    services.hand_in_rating(other.pk, by=lina, at=timezone.now())
    newest = ratings_of([place.pk])[0]
    assert {line.why for line in as_rated(newest).lines} == {Why.NOT_SHOWN, Why.NOT_KNOWN}


def test_the_second_level_needs_a_self_rating_of_somebody_else(place: Territory) -> None:
    nora = national()
    with pytest.raises(services.RatingRefused):
        services.begin_moderation(place, by=nora, at=timezone.now())
    own = rate(place)
    assert moderate(place, nora).beside_id == own.pk
    Rating.objects.create(
        territory=place,
        instrument_id=own.instrument_id,
        kind="own",
        by=nora,
        opened_at=timezone.now(),
        handed_in_at=timezone.now(),
    )
    with pytest.raises(services.RatingRefused):
        services.begin_moderation(place, by=nora, at=timezone.now())


def test_strangers_may_not(place: Territory) -> None:
    lina, far = local(place), local(make_territory("Far"), "Far")
    for who in (far, make_person("Amal"), national()):
        with pytest.raises(Http404):
            services.begin_self_rating(place, by=who, at=timezone.now())
    rating = services.begin_self_rating(place, by=lina, at=timezone.now())
    for who in (far, national(), local(place, "Second")):
        with pytest.raises(Http404):
            services.answer_item(rating.pk, item_of(rating, "supervision"), services.Told(1), by=who)
        with pytest.raises(Http404):
            services.hand_in_rating(rating.pk, by=who, at=timezone.now())
    fill(rating, lina)
    with pytest.raises(Http404):
        services.begin_moderation(place, by=lina, at=timezone.now())


def test_no_instrument_is_a_sentence() -> None:
    place = make_territory("North")
    with pytest.raises(services.RatingRefused, match="starter pack"):
        services.begin_self_rating(place, by=local(place), at=timezone.now())


def test_a_new_version_of_the_instrument_leaves_the_pair_on_its_own(place: Territory) -> None:
    own = rate(place)
    held = publish_readiness()
    assert held.published is not None
    assert moderate(place).instrument_id == own.instrument_id


@pytest.mark.parametrize("places", [1, 3])
def test_the_list_costs_the_same_for_one_place_and_three(places: int, django_assert_num_queries: Any) -> None:
    publish_readiness()
    made = [make_territory() for _ in range(places)]
    for one in made:
        rate(one)
        moderate(one)
    instrument_shape(Rating.objects.all()[0].instrument_id)
    with django_assert_num_queries(2):
        shown = places_rated(Reach(everywhere=True))
    assert {one.territory.pk for one in shown} == {one.pk for one in made}


def test_what_is_known_costs_six_queries(place: Territory, django_assert_num_queries: Any) -> None:
    staffed(place, "1", "1")
    make_mandate("core")
    known_of(place, TODAY)
    with django_assert_num_queries(6):
        known_of(place, TODAY)
