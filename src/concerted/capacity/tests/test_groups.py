"""A group in numbers: people, not positions; no names; nothing for who does not train or coordinate it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from concerted.capacity import queries, services
from concerted.capacity.rules import Count
from concerted.capacity.tests.factories import achieve, make_credential, make_mandate
from concerted.capacity.tests.test_pages import TODAY, World, ask
from concerted.directory.models import Membership, Person
from concerted.directory.rules import FEWEST
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_audience,
    make_group,
    make_person,
    make_position,
    make_profession,
)

__all__ = ["ask"]
pytestmark = pytest.mark.django_db


class Groups(World):
    """Five people of two agencies in one group, under the mandate "core"; Tina trains the group."""

    def __init__(self) -> None:
        super().__init__()
        agencies = [self.agency] * 3 + [self.elsewhere] * 2
        self.people: list[Person] = []
        for number, agency in enumerate(agencies):
            self.people.append(make_person(f"Member {number}"))
            self.hold(self.people[-1], agency, make_profession("nurse"))
        self.group = make_group("Night duty", self.agency.territory, *self.people)
        self.tina = make_person("Tina")
        grant_role(self.tina, "trainer", self.group)
        self.path = f"/capacity/group/{self.group.public}/"

    def hold(self, person: Person, *args: Any) -> None:
        """A post counted at once, as services do it."""
        services.refresh_positions([make_position(person, *args).pk])


@pytest.fixture
def world() -> Groups:
    return Groups()


def counts(world: Groups) -> dict[str, Count]:
    return {named.code: count for named, count in queries.group_standing(world.group, TODAY).mandates}


def test_people_are_counted_once_each_and_no_stranger(world: Groups) -> None:
    assert counts(world)["core"].overdue == 5
    for person in world.people[:3]:
        achieve(person, world.credential, TODAY - timedelta(days=30))
    achieve(world.bela, world.credential, TODAY - timedelta(days=30))
    world.hold(world.people[0], world.elsewhere)
    make_mandate("core-again", credential=world.credential)
    assert counts(world) == {
        "core": Count(current=3, overdue=2),
        "core-again": Count(current=3, overdue=2),
    }


def test_the_post_that_asks_most_decides(world: Groups) -> None:
    other = make_agency(territory=world.agency.territory)
    for person in world.people:
        world.hold(person, other, make_profession("advisor"))
    advisors = make_audience({"field": "profession", "in": ["advisor"]})
    make_mandate("advise", audience=advisors, credential=make_credential("advise"))
    assert counts(world)["advise"] == Count(overdue=5)
    assert counts(world)["core"] == Count(overdue=5)


def test_a_group_of_few_shows_no_numbers(world: Groups, ask: Any) -> None:
    assert FEWEST == 5
    Membership.objects.filter(person=world.people[0]).update(until=TODAY)
    standing = queries.group_standing(world.group, TODAY)
    assert (standing.people, standing.too_few, standing.mandates) == (4, True, ())
    page = ask(world.dora, world.path).content.decode()
    assert "Numbers are shown from 5 people on" in page
    assert "<table" not in page
    assert queries.group_standing(world.group, TODAY - timedelta(days=1)).people == 5


def test_a_mandate_that_binds_few_of_them_shows_no_numbers(world: Groups, ask: Any) -> None:
    world.hold(world.people[0], world.agency, make_profession("advisor"))
    advisors = make_audience({"field": "profession", "in": ["advisor"]})
    make_mandate("advise", audience=advisors, credential=make_credential("advise"))
    standing = queries.group_standing(world.group, TODAY)
    assert [named.code for named, _count in standing.mandates] == ["core"]
    assert [named.code for named in standing.left_out] == ["advise"]
    page = ask(world.tina, world.path).content.decode()
    assert "fewer than 5 people of the group, so no numbers are shown: Advise" in " ".join(page.split())


def test_who_sees_the_numbers_and_that_no_name_is_among_them(world: Groups, ask: Any) -> None:
    chair = make_person("Cora")
    grant_role(chair, "local_coordinator", world.other_region)
    who = (world.tina, world.dora, world.nora, world.amal, world.mona, world.people[0], chair)
    seen = {person.name: ask(person, world.path).status_code for person in who}
    let_in = {"Tina", "Dora", "Nora"}
    assert seen == {person.name: 200 if person.name in let_in else 404 for person in who}
    page = ask(world.tina, world.path).content.decode()
    assert "5 people" in page
    assert "Core" in page
    assert not [person for person in world.people if person.name in page]
    other = make_group("Day duty", world.agency.territory, *world.people)
    assert ask(world.tina, f"/capacity/group/{other.public}/").status_code == 404


def test_the_way_to_the_numbers_is_on_the_page_of_the_group(world: Groups, ask: Any) -> None:
    page = f"/people/groups/{world.group.public}/"
    assert world.path in ask(world.tina, page).content.decode()
    assert world.path in ask(world.dora, page).content.decode()
    assert world.path not in ask(world.people[0], page).content.decode()


def test_an_agency_trainer_does_not_see_the_numbers_of_a_group(world: Groups, ask: Any) -> None:
    grant_role(world.bela, "trainer", world.agency)
    assert ask(world.bela, world.path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: Groups, rows: int, client: Client, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        person = make_position(agency=world.agency).person
        Membership.objects.create(group=world.group, person=person, since=TODAY)
        make_mandate(f"more-{number}")
    client.force_login(world.tina)
    client.get(world.path)
    with django_assert_num_queries(7):
        assert client.get(world.path).status_code == 200
