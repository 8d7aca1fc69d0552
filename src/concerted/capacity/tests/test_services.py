from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.capacity import queries, services
from concerted.capacity.models import Episode, Evidence, Mandate, MandateVersion, OutsideClaim, Recount, Tally
from concerted.capacity.queries.picture import _counts_of_territories
from concerted.capacity.queries.wording import versions_in_force
from concerted.capacity.rules import Count, stops_of
from concerted.capacity.services.evidence import NotRecorded
from concerted.capacity.services.mandates import MandateRefused, Wording
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.directory import services as directory
from concerted.directory.models import AudienceVersion, Person, Position
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_audience,
    make_person,
    make_position,
    make_territory,
)
from concerted.maths.months import FAR

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


def state(person: Person, on: date = TODAY) -> list[str]:
    return [line.state for line in queries.standings_of(person, on)]


def test_evidence_turns_red_to_green_with_the_next_read() -> None:
    position = make_position()
    credential = make_credential()
    make_mandate(credential=credential)
    assert state(position.person) == ["overdue"]
    line = queries.standings_of(position.person, TODAY)[0]
    assert line.reason.startswith("No record of it. It was due on")
    achieve(position.person, credential, TODAY)
    assert state(position.person) == ["current"]
    assert state(position.person, TODAY - timedelta(days=1)) == ["overdue"]
    assert state(position.person, TODAY + timedelta(days=400)) == ["overdue"]


def test_the_same_source_twice_is_one_fact() -> None:
    person, credential = make_person(), make_credential()
    first = achieve(person, credential, TODAY, source_ref="attempt:1")
    again = achieve(person, credential, TODAY, source_ref="attempt:1")
    assert first == again
    assert Evidence.objects.count() == 1


def test_a_future_day_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(NotRecorded, match="lies in the future"):
        achieve(make_person(), make_credential(), TODAY + timedelta(days=2))
    assert not Evidence.objects.exists()


def administrators() -> tuple[Person, Person]:
    first, second = make_person(), make_person()
    for person in (first, second):
        grant_role(person, "administrator")
    return first, second


def test_taking_back_needs_a_second_person_and_keeps_the_fact() -> None:
    position, credential = make_position(), make_credential()
    make_mandate(credential=credential)
    evidence = achieve(position.person, credential, TODAY)
    first, second = administrators()
    asked = services.propose_taking_back(evidence, reason="Wrong person", by=first, at=NOW)
    assert state(position.person) == ["current"], "it counts until somebody else has decided"
    with pytest.raises(NotRecorded, match="second person"):
        services.decide_taking_back(asked.pk, accept=True, by=first, at=NOW)
    services.decide_taking_back(asked.pk, accept=True, by=second, at=NOW)
    assert state(position.person) == ["overdue"]
    assert Evidence.objects.filter(pk=evidence.pk).exists()
    with pytest.raises(NotRecorded, match="already taken back"):
        services.propose_taking_back(evidence, reason="Again", by=first, at=NOW)


def test_taking_back_can_be_left_and_asked_for_again() -> None:
    position, credential = make_position(), make_credential()
    evidence = achieve(position.person, credential, TODAY)
    first, second = administrators()
    with pytest.raises(NotRecorded, match="Say why"):
        services.propose_taking_back(evidence, reason=" ", by=first, at=NOW)
    asked = services.propose_taking_back(evidence, reason="Doubtful", by=first, at=NOW)
    with pytest.raises(NotRecorded, match="already asked"):
        services.propose_taking_back(evidence, reason="Me too", by=second, at=NOW)
    services.decide_taking_back(asked.pk, accept=False, by=second, at=NOW)
    assert not Evidence.objects.filter(source_kind="void").exists()
    assert services.propose_taking_back(evidence, reason="Now I am sure", by=second, at=NOW)
    with pytest.raises(Http404):
        services.propose_taking_back(evidence, reason="Not mine to do", by=make_person(), at=NOW)


def test_an_exemption_is_shown_as_exempt() -> None:
    position = make_position()
    mandate = make_mandate()
    coordinator = make_person()
    grant_role(coordinator, "national_coordinator")
    services.grant_exemption(
        position.person,
        mandate,
        from_day=TODAY,
        until_day=TODAY + timedelta(days=30),
        reason="Long leave",
        authority="Ministry",
        by=coordinator,
        at=NOW,
    )
    assert state(position.person) == ["exempt"]
    assert state(position.person, TODAY + timedelta(days=30)) == ["overdue"]


def test_a_claim_counts_once_somebody_else_confirms_it() -> None:
    agency = make_agency()
    position = make_position(agency=agency)
    credential = make_credential()
    make_mandate(credential=credential)
    manager, coordinator, stranger = make_person(), make_person(), make_person()
    grant_role(manager, "manager", agency)
    grant_role(coordinator, "local_coordinator", agency.territory)
    grant_role(stranger, "manager", make_agency())
    facts = {"agency": agency, "achieved_on": TODAY, "provider": "University", "at": NOW}
    with pytest.raises(Http404):
        services.claim_outside(position.person, credential, by=stranger, **facts)
    claim = services.claim_outside(position.person, credential, by=manager, **facts)
    with pytest.raises(NotRecorded, match="already on record"):
        services.claim_outside(position.person, credential, by=manager, **facts)
    assert state(position.person) == ["overdue"]
    with pytest.raises(Http404):
        services.decide_claim(claim.pk, accept=True, by=manager, at=NOW)
    services.decide_claim(claim.pk, accept=True, by=coordinator, at=NOW)
    assert state(position.person) == ["current"]
    with pytest.raises(NotRecorded, match="already decided"):
        services.decide_claim(claim.pk, accept=False, by=coordinator, at=NOW)


def test_a_mandate_binds_once_a_second_person_confirms_it() -> None:
    position = make_position()
    first, second = make_person(), make_person()
    grant_role(first, "national_coordinator")
    grant_role(second, "national_coordinator")
    wording = Wording(make_audience(), make_credential(), "Act 1", "Ministry", date(2021, 1, 1))
    version = services.propose_mandate("core", {"en": "Core"}, wording, by=first, at=NOW)
    with pytest.raises(MandateRefused, match="second person"):
        services.confirm_mandate(version.pk, by=first, at=NOW)
    recount = services.confirm_mandate(version.pk, by=second, at=NOW)
    assert [(one.name, one.done) for one in queries.open_recounts()] == [("Core", recount.done)]
    while services.advance_recount(recount.pk, at=NOW):
        pass
    assert queries.open_recounts() == []
    assert state(position.person) == ["overdue"]


def test_a_mandate_that_reaches_nobody_is_refused() -> None:
    make_position()
    nobody = make_audience({"field": "sector", "in": ["none"]})
    wording = Wording(nobody, make_credential(), "Act 1", "Ministry", TODAY)
    with pytest.raises(MandateRefused, match="reaches nobody"):
        services.publish_mandate("core", {"en": "Core"}, wording, at=NOW)
    assert not Recount.objects.exists()


def test_the_next_version_ends_the_one_before() -> None:
    make_position()
    mandate = make_mandate("core")
    wording = Wording(make_audience(), make_credential(), "Act 2", "Ministry", TODAY)
    services.publish_mandate("core", {}, wording, at=NOW)
    old, new = mandate.versions.order_by("no")
    assert (old.until_day, new.until_day) == (None, None), "a published version is never written to again"
    assert stops_of([(old.from_day, old.until_day), (new.from_day, new.until_day)]) == [TODAY, FAR]
    assert list(versions_in_force(TODAY)) == [new]
    assert list(versions_in_force(TODAY - timedelta(days=1))) == [old]
    with pytest.raises(MandateRefused, match="later first day"):
        services.publish_mandate("core", {}, wording, at=NOW)


def coordinators() -> tuple[Person, Person]:
    first, second = make_person(), make_person()
    for person in (first, second):
        grant_role(person, "national_coordinator")
    return first, second


def propose(by: Person, from_day: date = TODAY) -> MandateVersion:
    wording = Wording(make_audience(), make_credential(), "Act 1", "Ministry", from_day)
    return services.propose_mandate("core", {"en": "Core"}, wording, by=by, at=NOW)


def test_only_one_version_waits_at_a_time_and_can_be_withdrawn() -> None:
    make_position()
    nora, nadia = coordinators()
    version = propose(nora)
    with pytest.raises(MandateRefused, match="already waits for a second person"):
        propose(nora)
    services.withdraw_mandate(version.pk, by=nadia, at=NOW)
    assert not Mandate.objects.exists(), "a mandate that never was leaves its code free"
    services.confirm_mandate(propose(nora).pk, by=nadia, at=NOW)
    with pytest.raises(MandateRefused, match="in force"):
        services.withdraw_mandate(Mandate.objects.get().versions.get().pk, by=nora, at=NOW)
    with pytest.raises(MandateRefused, match="withdrawn meanwhile"):
        services.confirm_mandate(version.pk, by=nadia, at=NOW)


def test_a_version_that_was_overtaken_cannot_come_into_force() -> None:
    make_position()
    nora, nadia = coordinators()
    version = propose(nora, TODAY)
    wording = Wording(make_audience(), make_credential(), "Act 2", "Ministry", TODAY + timedelta(days=1))
    MandateVersion.objects.create(
        mandate=version.mandate,
        no=9,
        audience_version=wording.audience_version,
        satisfied_by=wording.credential,
        cycle="once",
        basis="Act 2",
        authority="Ministry",
        from_day=wording.from_day,
        published_at=NOW,
    )
    with pytest.raises(MandateRefused, match="Withdraw this one"):
        services.confirm_mandate(version.pk, by=nadia, at=NOW)


def test_the_database_refuses_to_change_what_is_frozen() -> None:
    position, credential = make_position(), make_credential()
    mandate = make_mandate(credential=credential)
    fact = achieve(position.person, credential, TODAY)
    for rows, change in (
        (Evidence.objects.filter(pk=fact.pk), {"achieved_on": TODAY - timedelta(days=9)}),
        (mandate.versions.all(), {"until_day": TODAY}),
        (AudienceVersion.objects.all(), {"rule": {"any": []}}),
    ):
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            rows.update(**change)
    nora, _nadia = coordinators()
    wording = Wording(make_audience(), credential, "Act 2", "Ministry", TODAY)
    waiting = services.propose_mandate(mandate.code, {}, wording, by=nora, at=NOW)
    assert MandateVersion.objects.filter(pk=waiting.pk).update(basis="Act 3"), "what waits may still be changed"


def test_a_recount_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(5):
        make_position()
    monkeypatch.setattr("concerted.capacity.services.standing.CHUNK", 2)
    wording = Wording(make_audience(), make_credential(), "Act 1", "Ministry", date(2021, 1, 1))
    recount = services.publish_mandate("core", {"en": "Core"}, wording, at=NOW)
    assert services.advance_recount(recount.pk, at=NOW)
    assert Episode.objects.values("position").distinct().count() == 2
    while services.advance_recount(recount.pk, at=NOW):
        pass
    before = list(Episode.objects.order_by("position", "starts").values_list("position", "state", "starts"))
    assert not services.advance_recount(recount.pk, at=NOW)
    assert list(Episode.objects.order_by("position", "starts").values_list("position", "state", "starts")) == before
    recount.refresh_from_db()
    assert recount.done == 5


def test_a_new_position_is_counted_at_once() -> None:
    make_position()
    make_mandate(audience=make_audience({"all": []}))
    person = make_person()
    agency = make_agency()
    profession = Position.objects.first().profession  # type: ignore[union-attr]
    position = directory.hold_position(person, agency, profession, since=TODAY - timedelta(days=400), by=None, at=NOW)
    assert state(person) == ["overdue"]
    directory.end_position(position, TODAY, by=None, at=NOW)
    assert state(person) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-500, 0), st.booleans()), max_size=12), st.integers(-500, 300))
def test_marks_and_tallies_agree_with_the_episodes_on_any_day(acts: list[tuple[int, int, bool]], offset: int) -> None:
    """Evidence arrives in any order, marks are folded in between, and a late paper sheet is right at once."""
    with transaction.atomic():
        country = make_territory()
        areas = [make_territory(parent=country) for _n in range(2)]
        positions = [
            make_position(agency=make_agency(territory=areas[n % 2]), since=TODAY - timedelta(days=450 + n))
            for n in range(4)
        ]
        credential = make_credential()
        mandate = make_mandate(credential=credential, first_due_months=1, warn_days=20)
        for who, day, fold in acts:
            achieve(positions[who].person, credential, TODAY + timedelta(days=day))
            if fold:
                services.fold_marks(TODAY + timedelta(days=day))
        on = TODAY + timedelta(days=offset)
        counts = _counts_of_territories([country.pk, *[area.pk for area in areas]], on)
        for place, inside in ((country, positions), (areas[0], positions[0::2]), (areas[1], positions[1::2])):
            rows = Episode.objects.filter(position__in=inside, starts__lte=on, stops__gt=on).values_list(
                "state", flat=True
            )
            expected = Count(**{s: list(rows).count(s) for s in set(rows)})
            assert counts[place.pk, mandate.pk] == expected
        transaction.set_rollback(True)


def test_a_moved_territory_takes_its_counts_along() -> None:
    from concerted.capacity.jobs import count_anew

    old, new = make_territory(), make_territory()
    area = make_territory(parent=old)
    make_position(agency=make_agency(territory=area))
    mandate = make_mandate()
    directory.move_territory(area, new, by=None, at=NOW)
    count_anew.func()
    counts = _counts_of_territories([old.pk, new.pk], TODAY)
    assert counts[old.pk, mandate.pk].bound == 0
    assert counts[new.pk, mandate.pk].bound == 1


def test_rebuild_gives_the_same_episodes_and_counts() -> None:
    position, credential = make_position(), make_credential()
    make_mandate(credential=credential)
    achieve(position.person, credential, TODAY - timedelta(days=30))

    def derived() -> list[object]:
        picture = queries.picture(None, TODAY)
        return [sorted(Episode.objects.values_list("state", "starts", "stops", "why")), picture.rows]

    before = derived()
    services.rebuild(at=timezone.now())
    services.fold_marks(TODAY)
    assert derived() == before
    assert Tally.objects.exists()


def test_the_database_refuses_nonsense() -> None:
    position = make_position()
    mandate = make_mandate()
    facts = {"position": position, "mandate": mandate, "agency": position.agency, "state": "overdue", "why": "never"}
    Episode.objects.all().delete()
    Episode.objects.create(**facts, starts=TODAY, stops=TODAY + timedelta(days=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.create(**facts, starts=TODAY + timedelta(days=5), stops=TODAY)
    person = make_person()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideClaim.objects.create(
            person=person,
            agency=position.agency,
            credential=make_credential(),
            achieved_on=TODAY,
            provider="x",
            by=person,
            at=NOW,
            decided_by=person,
        )


def test_standing_by_agency_counts_what_is_not_required() -> None:
    agency = make_agency("A")
    make_position(agency=agency)
    make_position(agency=agency, since=TODAY - timedelta(days=2))
    make_mandate(warn_days=10)
    make_mandate(audience=make_audience({"field": "agency", "in": [make_position().agency_id]}))
    services.rebuild(at=timezone.now())
    line = next(row for row in queries.standing_by_agency(TODAY) if row["agency"] == "A")
    assert line == {
        "agency": "A",
        "current": 0,
        "due_soon": 0,
        "overdue": 1,
        "not_yet_due": 1,
        "exempt": 0,
        "not_required": 2,
    }
