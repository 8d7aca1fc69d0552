"""Groups: who makes them, who reads them, and that a role for one opens that one and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from concerted.directory import services
from concerted.directory.access import ENTRY, GROUP, MEMBER, ROLES
from concerted.directory.models import Group, Membership, Person, Role
from concerted.directory.services import GroupRefused, RoleRefused
from concerted.directory.tests.factories import grant_role, make_group, make_person, make_position, make_territory
from concerted.directory.tests.test_pages import World
from concerted.kit import access
from concerted.kit.access import TABLE, HeldRole, Row, grants_of
from concerted.ledger.models import Entry
from concerted.post.models import Letter, Notice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()
GROUPS = "/people/groups/"


class Groups(World):
    """Amal of the clinic and Chiara of the court learn together; Tina trains them; Bela is not in it."""

    def __init__(self) -> None:
        super().__init__()
        self.group = make_group("Night duty", self.area, self.people["Amal"], self.people["Chiara"])
        self.other = make_group("Day duty", make_territory("Other", self.country), self.people["Chiara"])
        self.people["Tina"] = make_person("Tina")
        grant_role(self.people["Tina"], "trainer", self.group)
        self.page = f"{GROUPS}{self.group.public}/"

    def said(self, who: str, path: str) -> str:
        return self.ask(who, path).content.decode()  # type: ignore[no-any-return]

    def anew(self, who: str) -> Person:
        """Her as the next request reads her."""
        return Person.objects.get(pk=self.people[who].pk)


@pytest.fixture
def world() -> Groups:
    return Groups()


def test_who_opens_the_page_of_a_group(world: Groups) -> None:
    who = ("Amal", "Chiara", "Tina", "Dora", "Nora", "Bela", "Hana", "Mona")
    seen = {name: world.ask(name, world.page).status_code for name in who}
    let_in = {"Amal", "Chiara", "Tina", "Dora", "Nora"}
    assert seen == {name: 200 if name in let_in else 404 for name in who}
    assert world.ask("Bela", GROUPS).status_code == 200
    for name in ("Amal", "Tina", "Dora"):
        assert "Night duty" in world.said(name, GROUPS)
    assert "Day duty" not in world.said("Dora", GROUPS)
    assert "Day duty" in world.said("Nora", GROUPS)
    assert "You are in no group yet" in world.said("Bela", GROUPS)


def test_members_see_the_names_the_directory_shows_them(world: Groups) -> None:
    services.add_member(world.group, world.people["Hana"], by=None, at=NOW)
    services.add_member(world.group, world.people["Bela"], by=None, at=NOW)
    page = world.said("Amal", world.page)
    assert "4 people are in this group" in page
    assert f"/people/person/{world.people['Bela'].public}/" in page
    for stranger in ("Hana", "Chiara"):
        assert stranger not in page
        assert str(world.people[stranger].public) not in page
    assert "Bela" not in world.said("Chiara", world.page)
    assert "You see how many are in this group, and not who" in world.said("Tina", world.page)
    assert "Hana" not in world.said("Dora", world.page)


def test_a_role_for_a_group_opens_nothing_outside(world: Groups) -> None:
    tina = world.anew("Tina")
    trains = HeldRole("trainer", "group", world.group.pk)
    assert tina.held_roles == (trains,)
    for line in TABLE.values():
        assert {grant.scope for grant in grants_of(line, trains)} <= {"g"}, line.name
    assert access.may(tina, "R", GROUP, world.group)
    assert not access.may(tina, "R", GROUP, world.other)
    assert not access.may(tina, "R", ENTRY, world.people["Amal"])
    assert not access.may(tina, "U", GROUP, world.group)
    assert not access.may(tina, "C", MEMBER, Membership(group=world.group, person=tina))
    assert world.ask("Tina", f"{GROUPS}{world.other.public}/").status_code == 404
    assert world.ask("Tina", "/capacity/").status_code == 404
    assert world.ask("Tina", "/people/roles/").status_code == 404
    reach = access.reach(tina, "R", GROUP)
    assert (reach.groups, reach.everywhere, reach.territories) == ({world.group.pk}, False, frozenset())


def test_what_a_cell_grants_everywhere_is_not_granted_for_a_group() -> None:
    line = Row("x", {"trainer": access._parse("G*; R a; U g")}, lambda obj: obj)
    here = access.Where(agencies=frozenset({7}), groups=frozenset({7}))
    trains = {"is_authenticated": True, "member_of": frozenset(), "held_roles": (HeldRole("trainer", "group", 7),)}
    holder = type("Holder", (), trains)()
    assert [verb for verb in ("G*", "R", "U") if access.may(holder, verb, line, here)] == ["U"]
    assert [verb for verb in ("G*", "R", "U") if access.may(holder, verb, line)] == ["U"]
    assert not access.reach(holder, "G*", line)
    assert access.reach(holder, "U", line).groups == {7}
    assert not access.may(holder, "U", line, access.Where(agencies=frozenset({7})))
    holder.held_roles = (HeldRole("trainer", "agency", 7),)
    assert [verb for verb in ("G*", "R", "U") if access.may(holder, verb, line, here)] == ["G*", "R"]


def test_taking_her_out_bites_at_once(world: Groups) -> None:
    held = world.group.memberships.get(person=world.people["Amal"])
    assert world.ask("Dora", f"{GROUPS}membership/{held.pk}/end/", go="1").status_code == 302
    assert world.ask("Amal", world.page).status_code == 404
    assert "Night duty" not in world.said("Amal", GROUPS)
    role = Role.objects.get(person=world.people["Tina"])
    assert world.ask("Dora", f"/people/roles/{role.pk}/end/", go="1").status_code == 302
    assert world.ask("Tina", world.page).status_code == 404


def test_she_leaves_by_herself_and_nobody_else_takes_her_out(world: Groups) -> None:
    held = world.group.memberships.get(person=world.people["Amal"])
    path = f"{GROUPS}membership/{held.pk}/end/"
    for stranger in ("Bela", "Chiara", "Tina", "Mona"):
        assert world.ask(stranger, path, go="1").status_code == 404
    assert path in world.said("Amal", world.page)
    assert path not in world.said("Chiara", world.page)
    answer = world.ask("Amal", path, go="1")
    assert answer.headers["Location"] == GROUPS
    held.refresh_from_db()
    assert held.until == TODAY
    assert Entry.objects.get(verb="membership ended").by_id == world.people["Amal"].pk
    with pytest.raises(GroupRefused, match="already ended"):
        services.end_membership(held, by=world.people["Amal"], at=NOW)


def test_a_coordinator_makes_a_group_and_adds_who_works_in_her_area(world: Groups) -> None:
    path = f"{GROUPS}new/"
    for stranger in ("Amal", "Mona", "Tina"):
        assert world.ask(stranger, path).status_code == 404
    far = world.elsewhere.territory
    sent = {"name": " Court  and clinic ", "kind": "sub_group"}
    assert "not one of the available choices" in world.ask("Dora", path, **sent, territory=far.pk).content.decode()
    answer = world.ask("Dora", path, **sent, territory=world.area.pk)
    group = Group.objects.get(name="Court and clinic")
    assert answer.headers["Location"] == f"{GROUPS}{group.public}/"
    assert "already belongs" in world.ask("Dora", path, **sent, territory=world.area.pk).content.decode()
    add = f"{GROUPS}{group.public}/add/{world.people['Bela'].public}/"
    assert add in world.said("Dora", f"{GROUPS}{group.public}/?who=Bela")
    assert "Nobody you may see" in world.said("Dora", f"{GROUPS}{group.public}/?who=Chiara")
    assert world.ask("Dora", f"{GROUPS}{group.public}/add/{world.people['Chiara'].public}/", go="1").status_code == 404
    with pytest.raises(Http404):
        services.add_member(group, world.people["Chiara"], by=world.people["Dora"], at=NOW)
    assert "She hears of it" in world.said("Dora", add)
    assert world.ask("Dora", add, go="1").status_code == 302
    assert world.anew("Bela").member_of == {group.pk}
    assert "Take out of the group" in world.said("Dora", add)
    assert world.ask("Dora", add, go="1").status_code == 302
    assert Membership.objects.filter(group=group).count() == 1
    assert list(Entry.objects.values_list("verb", flat=True)) == ["group made", "member added"]


def test_who_is_added_hears_of_it_without_a_name(world: Groups) -> None:
    services.add_member(world.group, world.people["Bela"], by=world.people["Dora"], at=NOW)
    line = Notice.objects.get()
    assert (line.person, line.kind, line.link, line.facts) == (world.people["Bela"], "group_joined", world.page, {})
    assert "Night" not in Letter.objects.get().body
    assert "added to a group" in world.said("Bela", "/inbox/")
    with pytest.raises(GroupRefused, match="already"):
        services.add_member(world.group, world.people["Bela"], by=world.people["Dora"], at=NOW)


def test_one_may_be_added_again_the_day_she_left(world: Groups) -> None:
    amal = world.people["Amal"]
    services.end_membership(world.group.memberships.get(person=amal), by=amal, at=NOW)
    services.add_member(world.group, amal, by=world.people["Nora"], at=NOW)
    assert world.anew("Amal").member_of == {world.group.pk}


def test_who_coordinates_the_country_makes_groups_too(world: Groups) -> None:
    group = services.make_group("Country team", "country_team", world.country, by=world.people["Nora"], at=NOW)
    services.add_member(group, world.people["Nora"], by=world.people["Nora"], at=NOW)
    assert not Notice.objects.exists()
    with pytest.raises(Http404):
        services.make_group("Ours", "cohort", world.country, by=world.people["Dora"], at=NOW)
    with pytest.raises(Http404):
        services.add_member(group, world.people["Amal"], by=world.people["Dora"], at=NOW)
    with pytest.raises(GroupRefused, match="name"):
        services.make_group("  ", "cohort", world.country, by=world.people["Nora"], at=NOW)


def test_closing_a_group_ends_what_hung_on_it(world: Groups) -> None:
    waits = services.grant_role(
        world.people["Bela"], "trainer", "group", world.group.pk, by=world.people["Dora"], at=NOW
    )
    path = f"{world.page}close/"
    assert world.ask("Tina", path).status_code == 404
    assert "2 people are in it today" in world.said("Dora", path)
    assert world.ask("Dora", path, go="1").status_code == 302
    world.group.refresh_from_db()
    assert world.group.closed_on == TODAY
    waits.refresh_from_db()
    assert waits.until == TODAY
    assert [world.ask(name, world.page).status_code for name in ("Amal", "Tina", "Dora")] == [404, 404, 200]
    assert "Night duty" in world.said("Dora", f"{GROUPS}?closed=1")
    assert "Night duty" not in world.said("Dora", GROUPS)
    for again in (
        lambda: services.close_group(world.group, by=world.people["Dora"], at=NOW),
        lambda: services.add_member(world.group, world.people["Bela"], by=world.people["Dora"], at=NOW),
    ):
        with pytest.raises(GroupRefused, match="closed"):
            again()
    with pytest.raises(RoleRefused, match="closed"):
        services.grant_role(world.people["Amal"], "trainer", "group", world.group.pk, by=world.people["Nora"], at=NOW)


def test_a_group_gets_another_name(world: Groups) -> None:
    path = f"{world.page}rename/"
    for stranger in ("Amal", "Tina", "Mona", "Chiara"):
        assert world.ask(stranger, path, name="Ours").status_code == 404
    assert 'value="Night duty"' in world.said("Dora", path)
    make_group("Day shift", world.area)
    assert "already belongs" in world.ask("Dora", path, name=" day  SHIFT ").content.decode()
    assert world.ask("Dora", path, name=" Late  duty ").status_code == 302
    assert world.ask("Dora", path, name="late duty").status_code == 302, "its own name is not taken by itself"
    world.group.refresh_from_db()
    assert world.group.name == "late duty"
    assert Entry.objects.filter(verb="group renamed").count() == 2
    services.rename_group(world.group, "late duty", by=world.people["Dora"], at=NOW)
    assert Entry.objects.filter(verb="group renamed").count() == 2, "nothing changed"
    services.close_group(world.group, by=world.people["Dora"], at=NOW)
    with pytest.raises(GroupRefused, match="closed"):
        services.rename_group(world.group, "Ours", by=world.people["Dora"], at=NOW)
    assert path not in world.said("Dora", world.page)


def test_a_closed_group_opens_again_without_its_people(world: Groups) -> None:
    path = f"{world.page}reopen/"
    assert path not in world.said("Dora", world.page)
    assert "is open" in world.said("Dora", path)
    with pytest.raises(GroupRefused, match="open"):
        services.reopen_group(world.group, by=world.people["Dora"], at=NOW)
    services.close_group(world.group, by=world.people["Dora"], at=NOW)
    assert path in world.said("Dora", world.page)
    for stranger in ("Amal", "Tina", "Mona", "Chiara"):
        assert world.ask(stranger, path, go="1").status_code == 404
    assert world.ask("Dora", path, go="1").status_code == 302
    world.group.refresh_from_db()
    assert world.group.closed_on is None
    assert not Membership.held_on(TODAY).filter(group=world.group).exists()
    assert world.ask("Tina", world.page).status_code == 404
    assert Entry.objects.filter(verb="group reopened").count() == 1


def test_who_coordinates_the_country_sees_whom_she_added(world: Groups) -> None:
    nora, bela = world.people["Nora"], world.people["Bela"]
    assert "Amal" not in world.said("Nora", world.page).partition("<main")[2]
    held = services.add_member(world.group, bela, by=nora, at=NOW)
    page = world.said("Nora", world.page).partition("<main")[2]
    assert bela.name in page
    assert "Amal" not in page
    assert f"/people/person/{bela.public}/" not in page, "a page she may not open is no link"
    assert world.ask("Nora", f"{GROUPS}membership/{held.pk}/end/", go="1").status_code == 302
    assert bela.name not in world.said("Nora", world.page).partition("<main")[2]


def test_the_page_of_roles_offers_groups_and_names_them(world: Groups) -> None:
    give = f"/people/roles/give/{world.people['Bela'].public}/"
    page = world.said("Dora", give)
    assert ">Night duty, Area, Country</option>" in page
    assert "Day duty" not in page
    assert "For which group" not in world.said("Mona", give)
    assert (
        "one territory or one group"
        in world.ask("Dora", give, role="trainer", group=world.group.pk, territory=world.area.pk).content.decode()
    )
    assert "cannot be held there" in world.ask("Dora", give, role="manager", group=world.group.pk).content.decode()
    assert "not one of the available" in world.ask("Dora", give, role="trainer", group=world.other.pk).content.decode()
    assert world.ask("Dora", give, role="trainer", group=world.group.pk).status_code == 302
    given = Role.objects.get(person=world.people["Bela"])
    assert (given.scope_kind, given.scope_id, given.confirmed_by) == ("group", world.group.pk, None)
    assert world.ask("Bela", world.page).status_code == 404
    assert "Trainer, Night duty, Area, Country" in world.said("Nora", "/people/roles/")
    assert "Trainer, Night duty, Area, Country" in world.said("Dora", "/people/roles/")
    assert world.ask("Nora", f"/people/roles/{given.pk}/confirm/", go="1").status_code == 302
    assert world.ask("Bela", world.page).status_code == 200
    assert access.may(world.people["Dora"], "U", ROLES, given)
    assert not access.may(world.people["Mona"], "U", ROLES, given)


def test_a_role_for_a_group_that_is_not_there(world: Groups) -> None:
    with pytest.raises(RoleRefused, match="territory or group"):
        services.grant_role(world.people["Bela"], "trainer", "group", 4711, by=world.people["Nora"], at=NOW)
    stray = Role.objects.create(
        person=world.people["Bela"], role="trainer", scope_kind="group", scope_id=4711, since=TODAY
    )
    assert not access.may(world.people["Dora"], "U", ROLES, stray)


def refused(**wrong: Any) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        Group.objects.create(**wrong)
    return str(error.value)


def test_the_database_refuses_nonsense(world: Groups) -> None:
    sound = {"name": "Evening duty", "kind": "cohort", "territory": world.area}
    assert "group_named" in refused(**sound | {"name": ""})
    assert "group_kind_known" in refused(**sound | {"kind": "secret"})
    Group.objects.create(**sound)
    assert "group" in refused(**sound)
    Group.objects.create(**sound | {"territory": world.country})
    hers = {"group": world.group, "person": world.people["Bela"]}
    with pytest.raises(IntegrityError, match="membership_ends_after_it_starts"), transaction.atomic():
        Membership.objects.create(**hers, since=TODAY, until=TODAY - timedelta(days=1))
    Membership.objects.create(**hers, since=TODAY, until=TODAY)
    Membership.objects.create(**hers, since=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**hers, since=TODAY)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: Groups, rows: int, django_assert_num_queries: Any) -> None:
    for _n in range(rows):
        person = make_position(agency=world.agency).person
        services.add_member(world.group, person, by=None, at=NOW)
        extra = make_group(territory=world.area)
        services.add_member(extra, world.people["Amal"], by=None, at=NOW)
        grant_role(make_person(), "trainer", extra)
    for who, path, queries in (
        ("Amal", GROUPS, 5),
        ("Amal", world.page, 9),
        ("Tina", world.page, 9),
        ("Dora", world.page, 15),
        ("Dora", f"{world.page}?who=Person", 17),
        ("Dora", "/people/roles/", 8),
        ("Dora", f"/people/roles/give/{world.people['Bela'].public}/", 11),
    ):
        client = Client()
        client.force_login(world.people[who])
        client.get(path)
        with django_assert_num_queries(queries, info=f"{who} {path}"):
            assert client.get(path).status_code == 200
