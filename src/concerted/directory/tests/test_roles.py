"""Roles: every giver against every role and place, the second person, and nobody for herself."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from concerted.directory import rules
from concerted.directory.models import Audience, Person, Role
from concerted.directory.queries import another_holder_exists
from concerted.directory.rules import Scope
from concerted.directory.services import RoleRefused, confirm_role, end_role, grant_role
from concerted.directory.services.alone import announce_waiting_role, look_at_waiting_roles
from concerted.directory.tests import factories as make
from concerted.kit.access import ROLES
from concerted.ledger.models import Entry
from concerted.post.models import Notice
from concerted.post.wordings import line_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
GIVEN = [role for role in ROLES if role not in ("visitor", "practitioner")]
#: (giver, role, place) that are allowed; every other of the 10 x 10 x 7 is refused.
HERE, ELSEWHERE = "own agency", "other agency"
BELOW, OUTSIDE, EVERYWHERE = "own territory", "other territory", "everywhere"
WITHIN, BEYOND = "group of own territory", "group of other territory"
ALLOWED = {
    *product(["manager"], ["supervisor", "manager"], [HERE]),
    *product(["local_coordinator"], ["supervisor", "manager", "trainer"], [HERE]),
    *product(["local_coordinator"], ["trainer", "local_coordinator"], [BELOW]),
    *product(["local_coordinator"], ["trainer"], [WITHIN]),
    *product(["national_coordinator", "administrator"], ["supervisor", "manager", "trainer"], [HERE, ELSEWHERE]),
    *product(["national_coordinator", "administrator"], ["trainer", "local_coordinator"], [BELOW, OUTSIDE]),
    *product(["national_coordinator", "administrator"], ["trainer"], [WITHIN, BEYOND]),
    *product(["national_coordinator", "administrator"], ["author", "translator"], [BELOW, OUTSIDE, EVERYWHERE]),
    *product(
        ["national_coordinator", "administrator"], ["trainer", "national_coordinator", "wellbeing_lead"], [EVERYWHERE]
    ),
    *product(["administrator"], ["auditor", "administrator"], [EVERYWHERE]),
}


def test_every_giver_role_and_place() -> None:
    country = make.make_territory()
    own, other = make.make_territory(parent=country), make.make_territory(parent=country)
    home, away = make.make_agency(territory=own), make.make_agency(territory=other)
    places = {HERE: home, ELSEWHERE: away, BELOW: own, OUTSIDE: other, EVERYWHERE: None}
    places |= {WITHIN: make.make_group(territory=own), BEYOND: make.make_group(territory=other)}
    kinds = {HERE: "agency", ELSEWHERE: "agency", EVERYWHERE: "everywhere", WITHIN: "group", BEYOND: "group"}
    scopes = {"manager": home, "supervisor": home, "local_coordinator": own}
    givers = {role: make.make_person() for role in GIVEN}
    for role, giver in givers.items():
        make.grant_role(giver, role, scopes.get(role))
    target = make.make_person()
    worked = set()
    for giver, role, place in product(GIVEN, GIVEN, places):
        scope = places[place]
        kind = kinds.get(place, "territory")
        before = Role.objects.count()
        try:
            given = grant_role(target, role, kind, scope.pk if scope else None, by=givers[giver], at=NOW)
        except (Http404, RoleRefused):
            assert Role.objects.count() == before
            continue
        worked.add((giver, role, place))
        assert (given.confirmed_by is None) == (giver != "manager")
        given.delete()
    assert worked == ALLOWED


@pytest.mark.parametrize("role", GIVEN)
def test_nobody_gives_herself_more(role: str) -> None:
    admin = make.make_person()
    make.grant_role(admin, "administrator")
    agency = make.make_agency()
    group = make.make_group(territory=agency.territory)
    places = {"agency": agency.pk, "territory": agency.territory_id, "group": group.pk}
    for kind in sorted(rules.SCOPES_OF[role]):
        with pytest.raises(RoleRefused, match="herself"):
            grant_role(admin, role, kind, places.get(kind), by=admin, at=NOW)
    assert Role.objects.count() == 1


def two_administrators() -> tuple[Person, Person, Person]:
    first, second, target = make.make_person(), make.make_person(), make.make_person()
    make.grant_role(first, "administrator")
    make.grant_role(second, "national_coordinator")
    return first, second, target


def test_a_second_person_opens_the_doors() -> None:
    first, second, target = two_administrators()
    role = grant_role(target, "author", by=first, at=NOW)
    assert target.held_roles == ()
    with pytest.raises(RoleRefused, match="You gave this role"):
        confirm_role(role, by=first, at=NOW)
    with pytest.raises(Http404):
        confirm_role(role, by=make.make_person(), at=NOW)
    confirm_role(role, by=second, at=NOW)
    assert [held.role for held in Person.objects.get(pk=target.pk).held_roles] == ["author"]
    assert list(Entry.objects.values_list("verb", flat=True)) == ["role given", "role confirmed"]
    with pytest.raises(RoleRefused, match="already confirmed"):
        confirm_role(role, by=second, at=NOW)


def alone() -> tuple[Person, Person]:
    """The coordinator a real start makes, with nobody beside her, and somebody she wants beside her."""
    nora, nadia = make.make_person("Nora"), make.make_person("Nadia")
    for role in ("national_coordinator", "administrator"):
        make.grant_role(nora, role)
    return nora, nadia


def holds(person: Person) -> list[str]:
    return sorted(held.role for held in Person.objects.get(pk=person.pk).held_roles)


def test_alone_a_role_waits_a_day_and_then_holds() -> None:
    nora, nadia = alone()
    role = grant_role(nadia, "national_coordinator", by=nora, at=NOW)
    assert role.alone_at == NOW + timedelta(hours=24)
    assert look_at_waiting_roles(at=NOW + timedelta(hours=23, minutes=59)) == 0
    assert holds(nadia) == []
    assert look_at_waiting_roles(at=NOW + timedelta(hours=24)) == 1
    assert holds(nadia) == ["national_coordinator"]
    assert look_at_waiting_roles(at=NOW + timedelta(hours=25)) == 0
    assert list(Entry.objects.values_list("verb", flat=True)) == [
        "role given",
        "role waits alone",
        "role in force alone",
    ]
    role = grant_role(make.make_person(), "author", by=nora, at=NOW)
    assert role.alone_at is None


def test_alone_every_manager_and_coordinator_hears_of_it_once() -> None:
    nora, nadia = alone()
    agency = make.make_agency()
    mona, dora, amal = make.make_person("Mona"), make.make_person("Dora"), make.make_person("Amal")
    make.grant_role(mona, "manager", agency)
    make.grant_role(dora, "local_coordinator", agency.territory)
    make.grant_role(amal, "supervisor", agency)
    role = grant_role(nadia, "auditor", by=nora, at=NOW)
    for _again in range(2):
        announce_waiting_role(role.pk, at=NOW)
    assert set(Notice.objects.values_list("person__name", "kind")) == {("Mona", "role_alone"), ("Dora", "role_alone")}
    assert Notice.objects.count() == 2
    notice = Notice.objects.first()
    assert notice is not None
    when = timezone.localtime(NOW + timedelta(hours=24))
    assert line_of(notice.kind, notice.facts) == (
        f"A role takes effect on {when:%Y-%m-%d} at {when:%H:%M} without a second person, unless somebody withdraws it."
    )


def test_alone_a_role_withdrawn_never_holds() -> None:
    nora, nadia = alone()
    role = grant_role(nadia, "author", by=nora, at=NOW)
    end_role(role, by=nora, at=NOW)
    announce_waiting_role(role.pk, at=NOW)
    assert look_at_waiting_roles(at=NOW + timedelta(hours=25)) == 0
    assert holds(nadia) == []
    assert not Notice.objects.exists()
    assert Entry.objects.latest("pk").verb == "role withdrawn"


def test_what_opens_confidential_things_never_holds_alone() -> None:
    nora, nadia = alone()
    role = grant_role(nadia, "wellbeing_lead", by=nora, at=NOW)
    look_at_waiting_roles(at=NOW)
    look_at_waiting_roles(at=NOW + timedelta(days=9))
    role.refresh_from_db()
    assert (role.alone_at, holds(nadia)) == (None, [])


def test_a_role_left_waiting_begins_its_day_when_the_other_has_gone() -> None:
    first, second, target = two_administrators()
    role = grant_role(target, "author", by=first, at=NOW)
    assert role.alone_at is None
    Role.objects.filter(person=second).delete()
    assert look_at_waiting_roles(at=NOW) == 0
    assert holds(target) == []
    assert look_at_waiting_roles(at=NOW + timedelta(hours=24)) == 1
    assert holds(target) == ["author"]


def test_nothing_holds_on_the_word_of_who_may_no_longer_give_it() -> None:
    nora, nadia = alone()
    grant_role(nadia, "author", by=nora, at=NOW)
    Role.objects.filter(person=nora).delete()
    assert look_at_waiting_roles(at=NOW + timedelta(hours=25)) == 0
    assert holds(nadia) == []


def test_who_counts_as_another_holder() -> None:
    area = make.make_territory()
    agency, today = make.make_agency(territory=area), timezone.localdate()
    dora = make.make_person()
    make.grant_role(dora, "local_coordinator", area)
    here, everywhere = Scope("agency", agency.pk, frozenset({area.pk})), Scope("everywhere")
    roles = {"local_coordinator", "manager"}
    assert another_holder_exists(roles, here, besides=[], on=today)
    assert not another_holder_exists(roles, here, besides=[dora.pk], on=today)
    assert not another_holder_exists(roles, everywhere, besides=[], on=today)
    make.grant_role(make.make_person(email=""), "manager", agency)
    make.grant_role(make.make_person(), "manager", agency, by=dora)
    make.grant_role(make.make_person(), "manager", make.make_agency(territory=area))
    assert not another_holder_exists(roles, here, besides=[dora.pk], on=today)
    make.grant_role(make.make_person(), "manager", agency)
    assert another_holder_exists(roles, here, besides=[dora.pk], on=today)


def test_what_the_system_gives_has_no_hour_to_wait_for() -> None:
    role = make.grant_role(make.make_person(), "author")
    role.alone_at = NOW
    with pytest.raises(IntegrityError, match="role_alone_only_when_given"), transaction.atomic():
        role.save()
    role.by = make.make_person()
    role.save()


def test_nobody_confirms_her_own() -> None:
    first, second, _target = two_administrators()
    role = grant_role(second, "author", by=first, at=NOW)
    with pytest.raises(RoleRefused, match="her own"):
        confirm_role(role, by=second, at=NOW)


def test_a_second_person_who_may_not_give_it_confirms_nothing() -> None:
    first, second, target = two_administrators()
    role = grant_role(target, "auditor", by=first, at=NOW)
    with pytest.raises(Http404):
        confirm_role(role, by=second, at=NOW)


def test_the_same_role_twice_is_refused() -> None:
    first, _second, target = two_administrators()
    grant_role(target, "author", by=first, at=NOW)
    with pytest.raises(RoleRefused, match="already"):
        grant_role(target, "author", by=first, at=NOW)


def test_ending_bites_in_the_next_request() -> None:
    first, _second, target = two_administrators()
    role = make.grant_role(target, "author")
    end_role(role, by=first, at=NOW)
    with pytest.raises(RoleRefused, match="already ended"):
        end_role(role, by=first, at=NOW)


def test_she_may_lay_down_her_own() -> None:
    target = make.make_person()
    role = make.grant_role(target, "author")
    end_role(role, by=target, at=NOW)
    assert Role.objects.get().until is not None


def test_the_last_administrator_stays() -> None:
    first, _second, _target = two_administrators()
    with pytest.raises(RoleRefused, match="last administrator"):
        end_role(first.roles.get(), by=first, at=NOW)
    make.grant_role(make.make_person(), "administrator")
    end_role(first.roles.get(), by=first, at=NOW)


def test_a_role_that_cannot_be_held_there() -> None:
    first, _second, target = two_administrators()
    with pytest.raises(RoleRefused, match="cannot be held there"):
        grant_role(target, "manager", "everywhere", by=first, at=NOW)
    with pytest.raises(RoleRefused, match="for which agency"):
        grant_role(target, "manager", "agency", 4711, by=first, at=NOW)


@pytest.mark.parametrize("kind", ["agency", "territory", "group"])
def test_the_database_refuses_a_scope_without_its_place(kind: str) -> None:
    today, by = timezone.localdate(), make.make_person()
    Role.objects.create(person=make.make_person(), role="author", scope_kind=kind, scope_id=1, since=today)
    # No audience is for a group; the database refuses one without its place all the same.
    Audience.objects.create(scope_kind=kind, scope_id=1)
    for scope_id in (None, 0):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(person=by, role="author", scope_kind=kind, scope_id=scope_id, since=today)
        with pytest.raises(IntegrityError), transaction.atomic():
            Audience.objects.create(scope_kind=kind, scope_id=scope_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(person=by, role="author", scope_kind="everywhere", scope_id=1, since=today)
