"""A plan begins from what the response knows: places, posts and whom a mandate still asks for."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerted.capacity.tests.factories import make_credential, make_mandate
from concerted.directory.models import Establishment, Population, Territory
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
from concerted.kit.tests.stored import changed, stored
from concerted.planning.models import OWN, KeptPlan
from concerted.planning.queries.own_plans import plan_kept
from concerted.planning.tests.test_plan_pages import shown, signed_in

pytestmark = pytest.mark.django_db
PATH = "/plans/from-here/"
YEAR = timezone.localdate().year


class Country:
    """Kestria with two parts: 12 advocates in each, nine held in the first and none in the second."""

    def __init__(self, parts: int = 2, held: int = 9) -> None:
        self.whole = make_territory("Kestria")
        self.women = make_sector("women")
        self.parts: list[Territory] = []
        for n in range(parts):
            part = make_territory(f"Part {n}", self.whole)
            self.parts.append(part)
            for sex, persons in (("persons", 200_000), ("women", 101_000)):
                Population.objects.create(territory=part, year=YEAR, sex=sex, persons=persons, source="Census")
            self.centre(part, 12, held if n == 0 else 0)
        self.dora, self.mona = make_person("Dora"), make_person("Mona")
        grant_role(self.dora, "national_coordinator")
        self.client = signed_in(self.dora)

    def centre(self, part: Territory, posts: int, held: int) -> None:
        agency = make_agency(sector=self.women, territory=part)
        advocate = make_profession("advocate", self.women)
        Establishment.objects.create(
            agency=agency, profession=advocate, territory=part, as_of=date(2020, 1, 1), posts=posts, source="Plan"
        )
        for _post in range(held):
            make_position(agency=agency, profession=advocate)

    def said(self, **changes: Any) -> dict[str, Any]:
        asked = {"base": "delegation", "whole": self.whole.pk, "on": timezone.localdate().isoformat()}
        return asked | changes

    def fields(self, **said: Any) -> dict[str, str]:
        """What the page has filled in."""
        html = shown(self.client, PATH, **self.said(**said))
        form = html[html.index('<form method="post" novalidate') :]
        found = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?>', form)
        values = {}
        for name in found:
            control = re.search(rf'<input[^>]*?name="{re.escape(name)}"[^>]*?>', form)
            assert control
            value = re.search(r'value="([^"]*)"', control[0])
            values[name] = value[1] if value else ""
        return values

    def keep(self, client: Client | None = None, **changes: Any) -> KeptPlan:
        said = self.fields() | {"title": "Ours", "do": "keep"} | changes
        answer = (client or self.client).post(PATH, said)
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return KeptPlan.objects.latest("pk")


def test_what_the_directory_knows_is_filled_in_and_nothing_is_saved() -> None:
    country = Country()
    before = stored()
    values = country.fields()
    first, second = (f"part-{n}-{part.pk}" for n, part in enumerate(country.parts))
    assert (values[f"{first}.people"], values[f"{first}.women"]) == ("200000", "101000")
    assert (values[f"advocacy.{first}.meant"], values[f"advocacy.{first}.filled"]) == ("12", "9")
    assert (values[f"advocacy.{second}.meant"], values[f"advocacy.{second}.filled"]) == ("12", "0")
    assert changed(before) == []


def test_a_kept_plan_has_the_posts_and_says_who_counted_them() -> None:
    country = Country()
    first = f"part-0-{country.parts[0].pk}"
    kept = country.keep(**{f"advocacy.{first}.filled": "7"})
    plan = plan_kept(kept)
    assert kept.base == OWN
    assert plan.services["advocacy"].staff.posts[first] == 12  # type: ignore[index]
    assert plan.services["advocacy"].staff.vacant[first] == 5  # type: ignore[index]
    assert plan.territories[first].source == f"Census ({YEAR})"
    source = plan.services["advocacy"].staff.source
    assert source
    assert "24 posts, 9 filled; changed by hand" in source
    assert not plan.funding
    html = shown(country.client, f"/plans/kept/{kept.public}/")
    assert "24 posts, 9 filled" in html
    assert "differently today" not in html
    assert "says otherwise" not in html


def test_looking_first_keeps_nothing() -> None:
    country = Country()
    before = stored()
    answer = country.client.post(PATH, country.fields() | {"title": "Ours", "do": "look"})
    assert "People to hire" in answer.content.decode()
    assert changed(before) == []


def test_a_fault_is_told_once_in_her_language_with_its_place() -> None:
    country = Country()
    first = next(name for name in country.fields() if name.endswith(".women")).removesuffix(".women")
    said = country.fields() | {"title": "Ours", "do": "keep", f"{first}.women": ""}
    country.client.cookies["django_language"] = "ar"
    html = country.client.post(PATH, said).content.decode()
    notes = re.findall(r'<div class="note gap fill">(.*?)</div>', html, re.S)
    assert len(notes) == 1
    assert "<b>Part 0</b>" in notes[0]
    assert "عدد النساء غير مكتوب" in notes[0]
    assert not KeptPlan.objects.exists()


def test_a_kept_plan_says_when_the_directory_says_otherwise() -> None:
    country = Country()
    kept = country.keep()
    for _post in range(2):
        make_position(agency=country.parts[0].agencies.get(), profession=make_profession("advocate"))  # type: ignore[attr-defined]
    html = shown(country.client, f"/plans/kept/{kept.public}/")
    assert "says otherwise" in html
    assert "filled 9 then, 11 today" in html


def test_values_of_a_kept_plan_stay_assumptions() -> None:
    country = Country()
    kept, first = country.keep(), f"part-0-{country.parts[0].pk}"
    path = f"/plans/example/kept-{kept.public}/"
    place = f"services.advocacy.staff.vacant.{first}"
    html = shown(country.client, path, **{"in": first})
    assert f'name="{place}"' in html
    said = {place: "1", "in": first, "title": "Other"}
    answer = country.client.post(f"{path}keep/", said)
    assert answer.status_code == 302, answer.content.decode()
    again = KeptPlan.objects.latest("pk")
    assert (again.file, again.inputs, again.changes) == (kept.file, kept.inputs, {place: 1.0})


def test_a_mandate_brings_the_hours_that_are_missing() -> None:
    country = Country()
    make_mandate("calm", make_audience({"field": "sector", "in": ["women"]}), make_credential("calm", 90), months=24)
    kept = country.keep()
    training = next(iter(plan_kept(kept).training.values()))
    assert (training.of, training.people, training.hours, training.refresher_hours) == ("advocacy", 9, 1.5, 0.75)
    assert training.source
    assert "not in place at 9 posts of 9" in training.source


def test_posts_of_an_agency_that_closed_and_posts_too_many_do_not_count() -> None:
    country = Country(held=14)
    country.centre(country.parts[0], 5, 1)
    closed = make_agency(sector=country.women, territory=country.parts[0], closed_on=timezone.localdate())
    profession = make_profession("advocate")
    Establishment.objects.create(
        agency=closed, profession=profession, territory=country.parts[0], as_of=date(2020, 1, 1), posts=9, source="x"
    )
    first = f"part-0-{country.parts[0].pk}"
    values = country.fields()
    assert (values[f"advocacy.{first}.meant"], values[f"advocacy.{first}.filled"]) == ("17", "13")


def test_more_filled_than_exist_and_a_day_to_come_are_told() -> None:
    country = Country()
    first = f"part-0-{country.parts[0].pk}"
    said = country.fields() | {"title": "Ours", "do": "keep", f"advocacy.{first}.filled": "13"}
    assert "More posts are filled than exist" in country.client.post(PATH, said).content.decode()
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "Choose today or a day before" in shown(country.client, PATH, **country.said(on=tomorrow))
    assert not KeptPlan.objects.exists()


def test_a_manager_plans_with_the_posts_of_her_own_agency() -> None:
    country = Country()
    agency = country.parts[0].agencies.get()  # type: ignore[attr-defined]
    other = country.parts[1].agencies.get()  # type: ignore[attr-defined]
    grant_role(country.mona, "manager", agency)
    country.client = signed_in(country.mona)
    values = country.fields(agency=agency.pk)
    second = f"part-1-{country.parts[1].pk}"
    assert values[f"advocacy.{second}.meant"] == "0"
    html = shown(country.client, PATH, **country.said(agency=other.pk))
    assert "Places and posts" not in html


def test_who_may_not_plan_finds_nothing() -> None:
    country = Country()
    kept = country.keep()
    amal, lina = make_person("Amal"), make_person("Lina")
    make_position(amal, country.parts[0].agencies.get())  # type: ignore[attr-defined]
    grant_role(lina, "local_coordinator", country.parts[0])
    for person in (amal, lina):
        assert signed_in(person).get(PATH, country.said()).status_code in (403, 404), person.name
        assert signed_in(person).get(f"/plans/example/kept-{kept.public}/").status_code in (403, 404), person.name
    assert country.client.get("/plans/example/kept-nothing/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(rows: int, django_assert_num_queries: Any) -> None:
    country = Country(parts=rows)
    kept = country.keep()
    for path, said, count in (
        (PATH, country.said(), 17),
        (f"/plans/kept/{kept.public}/", {}, 7),
        (f"/plans/example/kept-{kept.public}/", {}, 4),
    ):
        shown(country.client, path, **said)
        with django_assert_num_queries(count, info=path):
            shown(country.client, path, **said)


def test_a_plan_from_here_stands_beside_what_came() -> None:
    country = Country()
    kept = country.keep()
    assert "Ours" in shown(country.client, f"/plans/kept/{kept.public}/actual/")
