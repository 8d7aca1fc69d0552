"""Roles: every giver against every role and place, the second person, and nobody for herself."""

from itertools import product

import pytest
from django.http import Http404
from django.utils import timezone

from concerted.directory import rules
from concerted.directory.models import Person, Role
from concerted.directory.services import RoleRefused, confirm_role, end_role, grant_role
from concerted.directory.tests import factories as make
from concerted.kit.access import ROLES
from concerted.ledger.models import Entry

pytestmark = pytest.mark.django_db
NOW = timezone.now()
GIVEN = [role for role in ROLES if role not in ("visitor", "practitioner")]
#: (giver, role, place) that are allowed; every other of the 10 x 10 x 5 is refused.
HERE, ELSEWHERE = "own agency", "other agency"
BELOW, OUTSIDE, EVERYWHERE = "own territory", "other territory", "everywhere"
ALLOWED = {
    *product(["manager"], ["supervisor", "manager"], [HERE]),
    *product(["local_coordinator"], ["supervisor", "manager", "trainer"], [HERE]),
    *product(["local_coordinator"], ["trainer", "local_coordinator"], [BELOW]),
    *product(["national_coordinator", "administrator"], ["supervisor", "manager", "trainer"], [HERE, ELSEWHERE]),
    *product(["national_coordinator", "administrator"], ["trainer", "local_coordinator"], [BELOW, OUTSIDE]),
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
    scopes = {"manager": home, "supervisor": home, "local_coordinator": own}
    givers = {role: make.make_person() for role in GIVEN}
    for role, giver in givers.items():
        make.grant_role(giver, role, scopes.get(role))
    target = make.make_person()
    worked = set()
    for giver, role, place in product(GIVEN, GIVEN, places):
        scope = places[place]
        kind = {HERE: "agency", ELSEWHERE: "agency", EVERYWHERE: "everywhere"}.get(place, "territory")
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
    kind = next(iter(rules.SCOPES_OF[role]))
    with pytest.raises(RoleRefused, match="herself"):
        grant_role(
            admin, role, kind, {"agency": agency.pk, "territory": agency.territory_id}.get(kind), by=admin, at=NOW
        )
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
