"""A duty is handed down with its funds compared, by a statement that two people of two levels sign."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from concerted.capacity.queries import facts_of
from concerted.directory.models import Person, Territory
from concerted.directory.tests.factories import make_person, make_territory
from concerted.ledger.models import Entry
from concerted.planning import services
from concerted.planning.models import Delegation, Share, Signature, Statement
from concerted.planning.queries.delegations import delegation_shown
from concerted.planning.services.delegations import Promise
from concerted.planning.tests.factories import delegate, local, moderate, national, publish_readiness, rate

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def north() -> Territory:
    publish_readiness()
    return make_territory("North", make_territory("Country"))


@pytest.fixture
def nora() -> Person:
    return national()


def facts(place: Territory) -> list[tuple[str, str, str]]:
    return [(fact.kind, fact.about, fact.value) for fact in facts_of(place, TODAY)]


def statement(place: Territory, by: Person, funds: int = 140_000, **changes: Any) -> Statement:
    """Of an authority that was rated and has gaps by what the system does not know, handed down for a reason."""
    rate(place)
    moderate(place)
    share = delegate({place: funds}, by).shares.get()
    return services.write_statement(
        share, by=by, at=timezone.now(), **({"override": "The law begins in May"} | changes)
    )


def test_kept_it_records_of_each_authority_whether_the_plan_is_funded(north: Territory, nora: Person) -> None:
    south = make_territory("South")
    kept = delegate({north: 140_000, south: 80_000}, nora)
    assert facts(north) == [("plan_funded", "boards", "85.6")]
    assert facts(south) == [("plan_funded", "boards", "28.8")]
    shown = delegation_shown(kept)
    assert shown.first_short is not None
    assert shown.first_short.share.territory == south
    assert [line.share.territory for line in shown.lines] == [south, north]


def test_kept_anew_the_later_sums_hold(north: Territory, nora: Person) -> None:
    delegate({north: 80_000}, nora)
    delegate({north: 200_000}, nora)
    assert facts(north) == [("plan_funded", "boards", "98.6")]


def test_no_authority_or_one_twice_is_refused(north: Territory, nora: Person) -> None:
    with pytest.raises(services.DelegationRefused):
        delegate({}, nora)
    twice = [Promise(north, 1, 1, 2, 3, "x")] * 2
    with pytest.raises(services.DelegationRefused):
        services.keep_delegation(
            code="a", duty="A", basis="B", currency="EUR", year=2027, promises=twice, by=nora, at=timezone.now()
        )
    assert not Delegation.objects.exists()


def test_the_database_refuses_needs_that_fall_and_any_change(north: Territory, nora: Person) -> None:
    share = delegate({north: 80_000}, nora).shares.get()
    for wrong in ({"low": 0}, {"low": 3, "mid": 2}, {"mid": 4, "high": 3}, {"source": ""}):
        sums: dict[str, Any] = {"low": 1, "mid": 2, "high": 3, "source": "x"} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            Share.objects.create(delegation=share.delegation, territory=make_territory(), funds=1, **sums)
    for row in (share, share.delegation):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(id=row.pk)


def test_an_authority_nobody_assessed_is_refused_whatever_the_reason(north: Territory, nora: Person) -> None:
    share = delegate({north: 200_000}, nora).shares.get()
    rate(north)
    with pytest.raises(services.StatementRefused, match="not assessed"):
        services.write_statement(share, override="It cannot wait", by=nora, at=timezone.now())


def test_gaps_take_a_reason_that_the_statement_says(north: Territory, nora: Person) -> None:
    with pytest.raises(services.StatementRefused, match="has gaps"):
        statement(north, nora, override=" ")
    share = Share.objects.get()
    kept = services.write_statement(share, override="The law begins in May", by=nora, at=timezone.now())
    assert kept.content["handed"] == "overridden"
    assert kept.override == kept.content["override"] == "The law begins in May"
    assert ["staffed-posts", 0, "gap", "not_known"] in kept.content["readiness"]["lines"]


def test_two_levels_sign_and_the_duty_is_handed_down(north: Territory, nora: Person) -> None:
    kept = statement(north, nora)
    services.sign_statement(kept.pk, seen=kept.hash, by=nora, at=timezone.now())
    assert "delegation" not in {kind for kind, _about, _value in facts(north)}
    services.sign_statement(kept.pk, seen=kept.hash, by=local(north), at=timezone.now())
    assert ("delegation", "boards", "overridden") in facts(north)
    assert [one.level for one in kept.signatures.all()] == ["nation", "authority"]
    assert Entry.objects.filter(verb="statement signed").count() == 2


def test_one_person_or_one_level_never_signs_twice(north: Territory, nora: Person) -> None:
    kept = statement(north, nora)
    first = services.sign_statement(kept.pk, seen=kept.hash, by=nora, at=timezone.now())
    assert services.sign_statement(kept.pk, seen=kept.hash, by=nora, at=timezone.now()).pk == first.pk
    with pytest.raises(services.StatementRefused):
        services.sign_statement(kept.pk, seen=kept.hash, by=national("Nadia"), at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(statement=kept, level="authority", hash=kept.hash, by=nora, at=timezone.now())
    assert kept.signatures.count() == 1


def test_what_was_not_shown_is_not_signed(north: Territory, nora: Person) -> None:
    kept = statement(north, nora)
    with pytest.raises(services.StatementRefused, match="not what you were shown"):
        services.sign_statement(kept.pk, seen="0" * 64, by=nora, at=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(pk=kept.pk).update(override="other")


def test_strangers_may_not(north: Territory, nora: Person) -> None:
    kept = statement(north, nora)
    far = local(make_territory("Far"), "Far")
    for who in (far, local(north), make_person("Amal")):
        with pytest.raises(Http404):
            delegate({north: 1}, who)
        with pytest.raises(Http404):
            services.write_statement(kept.share, override="x", by=who, at=timezone.now())
    for who in (far, make_person("Bela")):
        with pytest.raises(Http404):
            services.sign_statement(kept.pk, seen=kept.hash, by=who, at=timezone.now())


@pytest.mark.parametrize("places", [1, 3])
def test_a_delegation_costs_the_same_for_one_authority_and_three(
    places: int, django_assert_num_queries: Any, nora: Person
) -> None:
    kept = delegate({make_territory(): 80_000 + n for n in range(places)}, nora)
    with django_assert_num_queries(2):
        assert len(delegation_shown(kept).lines) == places
