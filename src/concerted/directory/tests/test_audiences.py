"""Audiences: who keeps which, that none reaches outside its scope, and what their pages show to whom."""

import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from concerted.directory import queries, rules
from concerted.directory.models import Audience, AudienceVersion, Person
from concerted.directory.services import AudienceRefused, audience_of, save_audience
from concerted.directory.tests.factories import (
    grant_role,
    make_agency,
    make_audience,
    make_person,
    make_position,
    make_profession,
    make_sector,
    make_territory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()
NURSES = {"all": [{"field": "profession", "in": ["nurse"]}]}


class World:
    """Amal and Bela nurse in one agency, Chiara in another; Mona manages, Dora coordinates their area, Nora all."""

    def __init__(self) -> None:
        self.country = make_territory("Country")
        self.area = make_territory("Area", self.country)
        self.health = make_sector("health")
        nurse = make_profession("nurse", sector=self.health)
        self.clinic = make_agency("Clinic", sector=self.health, territory=self.area)
        self.court = make_agency("Court", sector=self.health, territory=make_territory("Far", self.country))
        self.people: dict[str, Person] = {}
        for name, agency in (("Amal", self.clinic), ("Bela", self.clinic), ("Chiara", self.court)):
            self.people[name] = make_person(name)
            make_position(self.people[name], agency, nurse)
        for name, role, scope in (
            ("Mona", "manager", self.clinic),
            ("Cora", "manager", self.court),
            ("Dora", "local_coordinator", self.area),
            ("Nora", "national_coordinator", None),
            ("Adil", "auditor", None),
        ):
            self.people[name] = make_person(name)
            grant_role(self.people[name], role, scope)

    def ask(self, who: str, path: str, **data: Any) -> Any:
        client = Client()
        client.force_login(self.people[who])
        return client.post(path, data) if data else client.get(path)

    def kept_by(self, who: str, name: str = "Nurses", rule: Any = None, **more: Any) -> AudienceVersion:
        return save_audience(name, rule or NURSES, by=self.people[who], at=NOW, **more)


@pytest.fixture
def world() -> World:
    return World()


def names_in(version: AudienceVersion) -> list[str]:
    return sorted(held.person.name for held in queries.in_audience(version, TODAY))


def test_an_audience_never_leaves_its_makers_reach(world: World) -> None:
    assert names_in(world.kept_by("Mona")) == ["Amal", "Bela"]
    assert names_in(world.kept_by("Dora")) == ["Amal", "Bela"]
    assert names_in(world.kept_by("Nora")) == ["Amal", "Bela", "Chiara"]
    wide = {"any": [{"all": []}, {"field": "agency", "in": [world.court.pk]}]}
    assert names_in(world.kept_by("Mona", "All", wide)) == ["Amal", "Bela"]
    with pytest.raises(Http404):
        world.kept_by("Mona", "Theirs", scope=("agency", world.court.pk))
    with pytest.raises(Http404):
        world.kept_by("Dora", "Everybody", scope=("everywhere", None))
    with pytest.raises(Http404):
        world.kept_by("Amal", "Mine")


def test_the_next_wording_stays_inside_whoever_writes_it(world: World) -> None:
    audience = world.kept_by("Mona").audience
    assert names_in(world.kept_by("Nora", "Nurses", {"all": []}, audience=audience)) == ["Amal", "Bela"]
    with pytest.raises(Http404):
        world.kept_by("Cora", audience=audience)
    assert names_in(AudienceVersion.objects.get(audience=audience, no=1)) == ["Amal", "Bela"]


def test_two_agencies_may_use_the_same_name(world: World) -> None:
    assert world.kept_by("Mona").audience_id != world.kept_by("Cora").audience_id
    with pytest.raises(AudienceRefused, match="already there"):
        world.kept_by("Mona", rule={"all": []})


def test_who_holds_two_scopes_says_which(world: World) -> None:
    grant_role(world.people["Mona"], "manager", world.court)
    with pytest.raises(AudienceRefused, match="for which agency"):
        world.kept_by("Mona")
    assert names_in(world.kept_by("Mona", scope=("agency", world.court.pk))) == ["Chiara"]


def test_an_audience_made_out_of_sectors_stays_inside_too(world: World) -> None:
    facts: dict[str, Any] = {"from_day": TODAY, "at": NOW}
    everywhere = audience_of([world.health], by=None, **facts)
    local = audience_of([world.health], by=world.people["Dora"], **facts)
    assert (names_in(everywhere), names_in(local)) == (["Amal", "Bela", "Chiara"], ["Amal", "Bela"])
    assert audience_of([world.health], by=world.people["Dora"], **facts) == local


TICKS = st.dictionaries(
    st.sampled_from(rules.FIELDS), st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True), max_size=4
)


@given(TICKS, TICKS)
def test_ticks_become_a_rule_and_come_back(wanted: Any, excepted: Any) -> None:
    rule = rules.from_ticks(wanted, excepted)
    inside = rules.within(rule, "agency", 77)
    assert rules.within(inside, "agency", 77) == inside
    assert rules.to_ticks(rules.without(inside, "agency", 77)) == (wanted, excepted)


def test_a_rule_that_says_more_than_ticks_is_not_shown_as_ticks() -> None:
    one = {"field": "sector", "in": ["health"]}
    assert rules.to_ticks(one) == ({"sector": ["health"]}, {})
    assert rules.to_ticks({"any": [one]}) is None
    assert rules.to_ticks({"all": [one, one]}) is None
    assert rules.to_ticks({"all": [{"not": {"all": [one]}}]}) is None


def test_who_opens_which_audience(world: World) -> None:
    hers = f"/people/audiences/{world.kept_by('Mona').audience_id}/"
    local = f"/people/audiences/{world.kept_by('Dora').audience_id}/"
    all_over = f"/people/audiences/{world.kept_by('Nora').audience_id}/"
    who = ("Amal", "Bela", "Chiara", "Mona", "Cora", "Dora", "Nora", "Adil")
    opened = {path: "".join(name[0] for name in who if world.ask(name, path).status_code == 200) for path in
              (hers, local, all_over, f"{hers}change/", f"{all_over}change/", "/people/audiences/new/")}  # fmt: skip
    assert list(opened.values()) == ["MDNA", "DNA", "NA", "MDN", "N", "MCDN"]
    listed = {name: world.ask(name, "/people/audiences/").content.decode().count("rowheader") for name in who[3:]}
    assert listed == {"Mona": 1, "Cora": 0, "Dora": 2, "Nora": 3, "Adil": 3}
    assert world.ask("Amal", "/people/audiences/").status_code == 404


def test_names_only_of_those_she_may_see(world: World) -> None:
    path = f"/people/audiences/{world.kept_by('Nora').audience_id}/"
    main = world.ask("Adil", path).content.decode().partition("<main")[2]
    assert "Reaches 3 people today, in 2 agencies." in main
    assert "Amal" not in main
    # Who coordinates the country sees the number, and by name only those who hold a role.
    assert "Amal" not in world.ask("Nora", path).content.decode().partition("<main")[2]
    grant_role(world.people["Amal"], "supervisor", world.clinic)
    assert "Amal" in world.ask("Nora", path).content.decode().partition("<main")[2]


def test_why_somebody_is_in_it(world: World) -> None:
    rule = {"all": [{"field": "profession", "in": ["nurse"]}, {"not": {"field": "agency", "in": [world.court.pk]}}]}
    path = f"/people/audiences/{world.kept_by('Nora', 'Nurses', rule).audience_id}/"
    assert "you may see" in world.ask("Nora", f"{path}?who=ama").content.decode()
    for name, agency in (("Amal", world.clinic), ("Chiara", world.court)):
        grant_role(world.people[name], "supervisor", agency)
    assert f"?person={world.people['Amal'].public}" in world.ask("Nora", f"{path}?who=ama").content.decode()
    inside = world.ask("Nora", f"{path}?person={world.people['Amal'].public}").content.decode()
    outside = world.ask("Nora", f"{path}?person={world.people['Chiara'].public}").content.decode()
    assert ("is in it" in inside, "is not in it" in outside) == (True, True)
    unseen = world.ask("Adil", f"{path}?person={world.people['Amal'].public}").content.decode()
    assert "is in it" not in unseen
    for odd in ("?person=x", "?who=%00", "?page=x"):
        assert world.ask("Nora", path + odd).status_code == 200


def test_make_one_without_script(world: World) -> None:
    path = "/people/audiences/new/?next=/people/"
    assert 'name="next" value="/people/"' in world.ask("Mona", path).content.decode()
    counted = world.ask("Mona", path, do="count", profession="nurse")
    assert "Reaches 2 people today" in counted.content.decode()
    assert not Audience.objects.exists()
    assert "Enter a name" not in counted.content.decode()
    sent = {"do": "save", "profession": "nurse", "name": "Nurses", "from_day": TODAY}
    assert world.ask("Mona", path, **sent, next="https://example.org/").headers["Location"].startswith("/people/aud")
    assert world.ask("Mona", path, **sent | {"name": "B"}, next="/people/").headers["Location"] == "/people/"
    assert names_in(AudienceVersion.objects.get(audience__name="Nurses")) == ["Amal", "Bela"]


def test_the_fragment_is_the_same_part_of_the_page(world: World) -> None:
    client = Client()
    client.force_login(world.people["Nora"])
    sent = {"do": "count", "profession": "nurse", "not_agency": world.court.pk}
    whole = client.post("/people/audiences/new/", sent).content.decode()
    part = client.post("/people/audiences/new/", sent, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div class="stack" id="count"')
    assert re.sub(r"\s+", " ", part).strip() in re.sub(r"\s+", " ", whole)
    assert "Reaches 2 people today" in part


def test_nobody_is_a_warning_with_a_way_on(world: World) -> None:
    sent = {"do": "save", "stage": "pre", "name": "Students", "from_day": TODAY}
    answer = world.ask("Mona", "/people/audiences/new/", **sent).content.decode()
    assert 'name="keep"' in answer
    assert not Audience.objects.exists()
    assert world.ask("Mona", "/people/audiences/new/", **sent, keep="on").status_code == 302
    assert Audience.objects.get().name == "Students"


def test_the_next_wording_starts_from_the_last(world: World) -> None:
    first = world.kept_by("Mona")
    path = f"/people/audiences/{first.audience_id}/change/"
    page = world.ask("Mona", path).content.decode()
    assert re.search(r'value="nurse"[^>]*checked', page)
    sent = {"do": "save", "sector": "health", "name": "Health", "from_day": TODAY}
    assert world.ask("Mona", path, **sent).status_code == 302
    assert [one.no for one in AudienceVersion.objects.filter(audience=first.audience)] == [2, 1]
    assert "Earlier wordings" in world.ask("Mona", f"/people/audiences/{first.audience_id}/").content.decode()
    odd = make_audience({"any": [{"field": "sector", "in": ["health"]}]}, "Odd").audience
    assert "more than this form can show" in world.ask("Nora", f"/people/audiences/{odd.pk}/change/").content.decode()


def test_places_of_the_same_name_are_told_apart_and_found_by_name(world: World) -> None:
    for region in ("North", "South"):
        parent = make_territory(region, world.country)
        make_territory("Mill", parent)
        for _n in range(25):
            make_territory(parent=parent)
    page = world.ask("Nora", "/people/audiences/new/").content.decode()
    assert "Mill" not in page
    found = world.ask("Nora", "/people/audiences/new/", do="find", find_territory="mill").content.decode()
    assert "Country, North, Mill" in found
    assert "Country, South, Mill" in found
    assert (
        "No name fits" in world.ask("Nora", "/people/audiences/new/", do="find", find_territory="zz").content.decode()
    )


def test_nobody_ticks_a_place_out_of_reach(world: World) -> None:
    sent = {"do": "save", "name": "Theirs", "from_day": TODAY, "agency": world.court.pk}
    assert "not one of the available choices" in world.ask("Mona", "/people/audiences/new/", **sent).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(world: World, rows: int, django_assert_num_queries: Any) -> None:
    grant_role(world.people["Amal"], "supervisor", world.clinic)
    audience = world.kept_by("Nora", "First").audience
    for number in range(rows):
        world.kept_by("Nora", f"More {number}")
        other = make_agency(territory=world.area)
        world.kept_by("Nora", "First", {"not": {"field": "agency", "in": [other.pk]}}, audience=audience)
        held = make_position(agency=other, profession=make_profession("nurse"))
        grant_role(held.person, "supervisor", other)
    client = Client()
    client.force_login(world.people["Nora"])
    for path, number in (
        ("/people/audiences/", 7),
        (f"/people/audiences/{audience.pk}/", 12),
        ("/people/audiences/new/", 11),
        (f"/people/audiences/{audience.pk}/change/", 13),
    ):
        client.get(path)
        with django_assert_num_queries(number, info=path):
            assert client.get(path).status_code == 200
